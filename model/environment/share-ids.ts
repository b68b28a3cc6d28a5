import type { Kind } from "./kinds";

/** An ID in a resource's arguments, with its place: `shares[0].id`. In a text, `line 1, column 5` of it. */
export type IdAtPath = readonly [path: string, kind: Kind, id: unknown, place?: string];

/** The kind of ID that a share has; undefined where it has none, as with everybody, or where we do not know whom it is for. */
export function kindOfShare(to: unknown): Kind | undefined {
  if (to === "user") return "users";
  return to === "group" ? "groups" : undefined;
}

/** The IDs of all with whom a segment is shared. Outputs of other resources are not known yet, and left out. */
export function findShareIds(shares: unknown): IdAtPath[] {
  if (!Array.isArray(shares)) return [];
  return shares.flatMap((share: unknown, index): IdAtPath[] => {
    if (typeof share !== "object" || share === null) return [];
    const { to, id } = share as { readonly to?: unknown; readonly id?: unknown };
    const kind = kindOfShare(to);
    return kind === undefined ? [] : [[`shares[${index}].id`, kind, id]];
  });
}
