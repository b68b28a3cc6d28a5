import type { IsUnknown } from "./is-unknown";
import { nearestArgument } from "./misnamed-arguments";
import type { Mistake } from "./mistake";
import { show } from "./describe-value";

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
  return [...repeated("tags", listOf(tags), isUnknown, tagName), ...shareMistakes(listOf(shares), isUnknown)];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const tagName = (tag: unknown) => (typeof tag === "string" ? { key: tag, shown: show(tag) } : undefined);

function shareMistakes(shares: readonly unknown[], isUnknown: IsUnknown): Mistake[] {
  const whose = (share: unknown) => {
    if (typeof share !== "object" || share === null) return undefined;
    const { to, id } = fieldsOf(share, isUnknown);
    if (isUnknown(to) || isUnknown(id)) return undefined;
    return { key: JSON.stringify([to, id]), shown: to === "all" ? "all" : `the ${String(to)} ${JSON.stringify(id)}` };
  };
  return [
    ...shares.flatMap((share, i) => oneShare(fieldsOf(share, isUnknown), `shares[${i}]`, isUnknown)),
    ...repeated("shares", shares, isUnknown, whose),
  ];
}

function oneShare(share: Readonly<Record<string, unknown>>, path: string, isUnknown: IsUnknown): Mistake[] {
  const { to, id } = share;
  const mistakes = Object.keys(share)
    .filter((name) => !SHARE_FIELDS.includes(name))
    .map((name) => ({ path: `${path}.${name}`, message: noSuchField(name) }));
  if (isUnknown(to) || isUnknown(id)) return mistakes;
  const given = id !== undefined && id !== null;
  if (to === "all" && given)
    mistakes.push({ path: `${path}.id`, message: `found ${show(id)}, but to: "all" is everybody; take the ID out` });
  if ((to === "user" || to === "group") && !given)
    mistakes.push({ path: `${path}.id`, message: `found nothing, expected the ID of the ${to} to share with` });
  return mistakes;
}

function noSuchField(name: string): string {
  const nearest = nearestArgument(name, SHARE_FIELDS);
  const way =
    nearest === undefined ? `a share has ${SHARE_FIELDS.join(", ")}` : `did you mean ${JSON.stringify(nearest)}?`;
  return `there is no such field; ${way}`;
}

function fieldsOf(share: unknown, isUnknown: IsUnknown): Readonly<Record<string, unknown>> {
  return typeof share === "object" && share !== null && !isUnknown(share) ? (share as Record<string, unknown>) : {};
}

function repeated(
  list: string,
  items: readonly unknown[],
  isUnknown: IsUnknown,
  identity: (item: unknown) => { readonly key: string; readonly shown: string } | undefined,
): Mistake[] {
  const first = new Map<string, number>();
  return items.flatMap((item, i) => {
    const found = isUnknown(item) ? undefined : identity(item);
    if (!found) return [];
    const before = first.get(found.key);
    if (before === undefined) first.set(found.key, i);
    return before === undefined
      ? []
      : [
          {
            path: `${list}[${i}]`,
            message: `found ${found.shown} a second time (also at ${list}[${before}]); give each once`,
          },
        ];
  });
}
