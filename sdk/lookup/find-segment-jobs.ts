import type * as pulumi from "@pulumi/pulumi";
import type { SegmentJobStatus } from "../../model/job-status";
import type { GetSegmentJobResult } from "./get-segment-job";
import { lookup, lookupOutput } from "./lookup";

/** Which jobs: those for which all that is given holds. */
export interface FindSegmentJobsArgs {
  /** The sandbox to look in. Default: the setting `cja:sandbox`, else `prod`. */
  sandbox?: string | undefined;
  /** Only jobs in this state. */
  status?: SegmentJobStatus | undefined;
  /** The order, as `attribute:desc` or `attribute:asc`. Default: `creationTime:desc`, the newest first. */
  sort?: string | undefined;
  /** Filters, as `path==value`, or `array~key==value` for what an entry of a list has: `["source==api", "segments~segmentId==7863c010-…"]`. All have to hold; values are compared exactly. */
  properties?: string[] | undefined;
  /** At most so many, from 1. Default: all, which in an old sandbox may be thousands. */
  limit?: number | undefined;
}

/** As `FindSegmentJobsArgs`, with values that may be known later. */
export interface FindSegmentJobsOutputArgs {
  /** The sandbox to look in. Default: the setting `cja:sandbox`, else `prod`. */
  sandbox?: pulumi.Input<string | undefined>;
  /** Only jobs in this state. */
  status?: pulumi.Input<SegmentJobStatus | undefined>;
  /** The order, as `attribute:desc` or `attribute:asc`. Default: `creationTime:desc`, the newest first. */
  sort?: pulumi.Input<string | undefined>;
  /** Filters, as `path==value` or `array~key==value`. All have to hold; values are compared exactly. */
  properties?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** At most so many, from 1. Default: all, which in an old sandbox may be thousands. */
  limit?: pulumi.Input<number | undefined>;
}

/** What was found. */
export interface FindSegmentJobsResult {
  /** In the order that was asked for; empty where there are none. */
  readonly jobs: GetSegmentJobResult[];
}

/**
 * Lists the segment jobs of a sandbox, whoever has started them: a request for each hundred.
 *
 * Runs in previews; equal lookups, errors and mocks (`cja:index:findSegmentJobs`, answering `{ jobs: [] }`) are as for
 * `getSegment`. Finding none is no error.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const { jobs } = await cja.findSegmentJobs({ status: "FAILED", properties: ["source==scheduler"], limit: 5 });
 *   if (jobs.length > 0) pulumi.log.warn(`The schedule failed: ${jobs.map(({ id }) => id).join(", ")}`);
 * };
 * ```
 *
 * Document: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-jobs
 */
export function findSegmentJobs(args: FindSegmentJobsArgs = {}): Promise<FindSegmentJobsResult> {
  return lookup("findSegmentJobs", args);
}

/**
 * As `findSegmentJobs`, with arguments that may be outputs of resources: see `getSegmentOutput`.
 *
 * @example
 * ```ts
 * const runs = cja.findSegmentJobsOutput({ properties: [pulumi.interpolate`segments~segmentId==${audience.id}`], limit: 10 });
 * ```
 */
export function findSegmentJobsOutput(
  args: pulumi.Input<FindSegmentJobsOutputArgs> = {},
): pulumi.Output<FindSegmentJobsResult> {
  return lookupOutput("findSegmentJobs", args);
}
