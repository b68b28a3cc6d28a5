/** By what the engine knows the resources: as dynamic ones of Node programs, and as those of the plugin. The tokens stand in state. */
export const TYPE_TOKENS = {
  Segment: { dynamic: "pulumi-nodejs:dynamic/cja:Segment", native: "cja:index:Segment" },
  SegmentJob: { dynamic: "pulumi-nodejs:dynamic/cja:SegmentJob", native: "cja:index:SegmentJob" },
} as const;

export type ResourceKind = keyof typeof TYPE_TOKENS;
