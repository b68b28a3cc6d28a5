import type { Store } from "../store";
import type { Share } from "./share";

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
