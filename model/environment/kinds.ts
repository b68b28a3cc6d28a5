/**
 * What differs between environments, and has a logical name. Values are the IDs of the one environment; dimensions and metrics
 * as they stand in definitions, with or without `variables/` and `metrics/`. Sandboxes, merge policies and schemas have names of their own
 * at Adobe in place of IDs.
 */
export const KINDS = [
  "dataViews",
  "dimensions",
  "metrics",
  "dateRanges",
  "audiences",
  "sandboxes",
  "mergePolicies",
  "schemas",
  "users",
  "groups",
] as const;
export type Kind = (typeof KINDS)[number];

/** `dataView`, `mergePolicy`: what one of a kind is called, in code as well. */
export const singularOf = (kind: Kind): string => kind.replace(/ies$/, "y").replace(/(x)es$|s$/, "$1");

/** Logical name → ID, for each kind. */
export type IdMaps = Readonly<Record<Kind, ReadonlyMap<string, string>>>;

const PREFIXES: Readonly<Partial<Record<Kind, string>>> = { dimensions: "variables/", metrics: "metrics/" };

/** An ID as definitions have it. */
export function withPrefix(kind: Kind, id: string): string {
  const prefix = PREFIXES[kind] ?? "";
  return id.startsWith(prefix) ? id : `${prefix}${id}`;
}
