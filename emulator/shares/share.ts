import type { Person } from "../people";

export const shareTargetTypes = ["user", "group", "all"] as const;

/** One grant of a component to a person, a group or everybody. It is kept with its component. */
export interface Share {
  readonly id: number;
  readonly toType: (typeof shareTargetTypes)[number];
  /** Number of the person or group; null when only the other ID is known, and for everybody. */
  readonly toId: number | null;
  /** IMS ID of the person or group; null for everybody. */
  readonly toImsId: string | null;
  /** Number of the person who shares. */
  readonly fromId: number;
  readonly accessLevel: string | null;
}

/** Whether one of the shares is for this person, or for everybody. */
export function isSharedWith(person: Person, shares: readonly Share[]): boolean {
  return shares.some(({ toType, toId }) => toType === "all" || (toType === "user" && toId === person.id));
}
