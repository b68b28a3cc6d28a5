/** The kinds of resources. Whatever there is one of for each kind is named after it. */
export const RESOURCE_KINDS = ["Segment", "SegmentJob", "Audience"] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** A value for each kind. */
export const forEachKind = <T>(valueOf: (kind: ResourceKind) => T) =>
  Object.fromEntries(RESOURCE_KINDS.map((kind) => [kind, valueOf(kind)])) as Readonly<Record<ResourceKind, T>>;

/** By what the engine knows the resources: as dynamic ones of Node programs, and as those of the plugin. The tokens stand in state. */
export const TYPE_TOKENS = forEachKind((kind) => ({
  dynamic: `pulumi-nodejs:dynamic/cja:${kind}`,
  native: `cja:index:${kind}`,
}));

/** The kind of resource that a token names, by whichever door it runs; undefined for what is none of ours. */
export const resourceKind = (token: string): ResourceKind | undefined =>
  RESOURCE_KINDS.find((kind) => TYPE_TOKENS[kind].dynamic === token || TYPE_TOKENS[kind].native === token);

/** What provider/index.ts calls the provider of a kind: `segmentJob`. The name stands in state. */
export const providerName = <Kind extends ResourceKind>(kind: Kind) =>
  `${kind.charAt(0).toLowerCase()}${kind.slice(1)}` as Uncapitalize<Kind>;
