export * from "../definition/builder";
export {
  Environment,
  rebind,
  type EnvironmentArgs,
  type EnvironmentKind,
  type EnvironmentOptions,
} from "./environment";
export {
  Segment,
  type SegmentArgs,
  type SegmentCompatibility,
  type SegmentId,
  type SegmentOwner,
  type SegmentShare,
  type SegmentShareArgs,
} from "./segment";
export { Audience, type AudienceArgs } from "./audience";
export { SegmentJob, type AudienceId, type SegmentJobArgs, type SegmentJobError } from "./segment-job";
export type { SegmentJobMetrics, SegmentJobTime } from "../model/segment-job-metrics";
export * from "./lookup";
export type { SegmentJobStatus } from "../model/job-status";
export type { Locale } from "../model/locale";
