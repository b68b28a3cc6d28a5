import type { Person } from "../people";
import type { Store } from "../store";

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

/** Whom a share is for. */
export type ShareTarget = Pick<Share, "toType" | "toId" | "toImsId">;

/** How a request names somebody: by number, by number in text, or by IMS ID. */
export type TargetId = number | string;

/** The target that a request names; IDs that belong to nobody here are kept as they were given. */
export function targetOf(store: Store, toType: Share["toType"], id: TargetId | undefined): ShareTarget {
  if (toType === "all" || id === undefined) return { toType: "all", toId: null, toImsId: null };
  const number = typeof id === "number" || /^\d+$/.test(id) ? Number(id) : null;
  const person =
    toType === "user" ? store.people.find((each) => each.id === number || each.imsUserId === id) : undefined;
  return { toType, toId: person?.id ?? number, toImsId: person?.imsUserId ?? String(id) };
}

/** A share for this target: the component's present one, or a new one. */
export function shareFor(
  store: Store,
  present: readonly Share[],
  target: ShareTarget,
  accessLevel: string | null,
  fromId: number,
): Share {
  const known = present.find((share) => share.toType === target.toType && share.toImsId === target.toImsId);
  if (known !== undefined) return { ...known, accessLevel };
  return { ...target, id: 11_684_000 + store.nextNumber(), fromId, accessLevel };
}

/** Whether one of the shares is for this person, or for everybody. */
export function isSharedWith(person: Person, shares: readonly Share[]): boolean {
  return shares.some(({ toType, toId }) => toType === "all" || (toType === "user" && toId === person.id));
}
