import { findDuplicates } from "./duplicates";
import type { IsUnknown } from "./is-unknown";
import { nearestArgument } from "./misnamed-arguments";
import type { Mistake } from "./mistake";
import { describeValue } from "./describe-value";

/** Who a component can be shared with (shares page of the API, `shareToType`). */
export const SHARE_KINDS = ["user", "group", "all"] as const;
export type ShareKind = (typeof SHARE_KINDS)[number];

/** A share of a segment, all values known. */
export interface ShareInputs {
  readonly to: ShareKind;
  readonly id?: string;
  readonly access?: string;
}

const SHARE_FIELDS = ["to", "id", "access"];

/** What a schema cannot tell of tags and shares: what is there twice, and what does not go together. */
export function metadataMistakes(tags: unknown, shares: unknown, isUnknown: IsUnknown): Mistake[] {
  return [...findDuplicates("tags", toList(tags), isUnknown), ...shareMistakes(toList(shares), isUnknown)];
}

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function shareMistakes(shares: readonly unknown[], isUnknown: IsUnknown): Mistake[] {
  const shareIdentity = (share: unknown) => {
    if (typeof share !== "object" || share === null) return undefined;
    const { to, id } = toFields(share, isUnknown);
    if (isUnknown(to) || isUnknown(id)) return undefined;
    return { key: JSON.stringify([to, id]), shown: to === "all" ? "all" : `the ${String(to)} ${JSON.stringify(id)}` };
  };
  return [
    ...shares.flatMap((share, i) => checkShare(toFields(share, isUnknown), `shares[${i}]`, isUnknown)),
    ...findDuplicates("shares", shares, isUnknown, shareIdentity),
  ];
}

function checkShare(share: Readonly<Record<string, unknown>>, path: string, isUnknown: IsUnknown): Mistake[] {
  const { to, id } = share;
  const mistakes = Object.keys(share)
    .filter((name) => !SHARE_FIELDS.includes(name))
    .map((name) => ({ path: `${path}.${name}`, message: unknownField(name) }));
  if (isUnknown(to) || isUnknown(id)) return mistakes;
  const hasId = id !== undefined && id !== null;
  if (to === "all" && hasId)
    mistakes.push({
      path: `${path}.id`,
      message: `found ${describeValue(id)}, but to: "all" means everybody; remove the ID`,
    });
  if ((to === "user" || to === "group") && !hasId)
    mistakes.push({ path: `${path}.id`, message: `found nothing, expected the ID of the ${to} to share with` });
  return mistakes;
}

function unknownField(name: string): string {
  const suggestion = nearestArgument(name, SHARE_FIELDS);
  const hint =
    suggestion === undefined ? `a share has ${SHARE_FIELDS.join(", ")}` : `did you mean ${JSON.stringify(suggestion)}?`;
  return `there is no such field; ${hint}`;
}

function toFields(share: unknown, isUnknown: IsUnknown): Readonly<Record<string, unknown>> {
  return typeof share === "object" && share !== null && !isUnknown(share) ? (share as Record<string, unknown>) : {};
}
