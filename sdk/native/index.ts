export * from "../index";
export { Segment, SegmentJob } from "./resources";
export { Provider, type ProviderArgs } from "./provider";
