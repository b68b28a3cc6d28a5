/** By what the engine knows the resources: as dynamic ones of Node programs, and as those of the plugin. The tokens stand in state. */
export const TYPE_TOKENS = {
  Segment: { dynamic: "pulumi-nodejs:dynamic/cja:Segment", native: "cja:index:Segment" },
  SegmentJob: { dynamic: "pulumi-nodejs:dynamic/cja:SegmentJob", native: "cja:index:SegmentJob" },
} as const;

export type ResourceKind = keyof typeof TYPE_TOKENS;

const KINDS = Object.keys(TYPE_TOKENS) as ResourceKind[];

/** The kind of resource that a token names, by whichever door it runs; undefined for what is none of ours. */
export const resourceKind = (token: string): ResourceKind | undefined =>
  KINDS.find((kind) => TYPE_TOKENS[kind].dynamic === token || TYPE_TOKENS[kind].native === token);
