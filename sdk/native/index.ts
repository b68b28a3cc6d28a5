export * from "../index";
export { Audience, Segment, SegmentJob } from "./resources";
export { Provider, type ProviderArgs } from "./provider";
