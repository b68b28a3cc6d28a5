import type * as pulumi from "@pulumi/pulumi";
import type { SegmentJobError } from "../segment-job";
import type { SegmentJobStatus } from "../../model/job-status";
import type { SegmentJobMetrics } from "../../model/segment-job-metrics";
import type { OutputArgs } from "../output-args";
import { lookup, lookupOutput } from "./lookup";

/** Which job. */
export interface GetSegmentJobArgs {
  /** The job's ID. */
  id: string;
  /** The job's sandbox. Default: the setting `cja:sandbox`, else `prod`. */
  sandbox?: string | undefined;
}

/** The same as `GetSegmentJobArgs` with values that may be known later. */
export interface GetSegmentJobOutputArgs extends OutputArgs<GetSegmentJobArgs> {}

/** A job that exists. Its fields have the names of the outputs of `SegmentJob`. */
export interface GetSegmentJobResult {
  /** The ID. */
  readonly id: string;
  /** `NEW`, `QUEUED`, `PROCESSING`, `CANCELLING`, `CANCELLED`, `FAILED` or `SUCCEEDED`. */
  readonly status: string;
  /** The audiences of the run; absent with `allSegments`. */
  readonly segmentIds?: string[];
  /** Whether all audiences were run. */
  readonly allSegments?: boolean;
  /** The XDM schema of the audiences. */
  readonly schemaName?: string;
  /** The organisation that the job ran in. */
  readonly orgId?: string;
  /** The sandbox of the run. */
  readonly sandboxName?: string;
  /** `api` for an on-demand run, `scheduler` for a scheduled one. */
  readonly source?: string;
  /** The service's figures: `totalTime`, `totalProfiles`, `segmentedProfileCounter` and others. */
  readonly metrics?: SegmentJobMetrics;
  /** Why a job failed. */
  readonly errors?: SegmentJobError[];
  /** The ID of the batch that the run writes. */
  readonly batchId?: string;
  /** The ID of the request that started the run. */
  readonly requestId?: string;
  /** When it was created, in milliseconds since 1970. */
  readonly creationTime?: number;
  /** When it last changed, in milliseconds since 1970. */
  readonly updateTime?: number;
}

/**
 * Reads a segment job as it is now, whoever started it. Lookups of one sandbox at the same time share a request for each
 * hundred jobs.
 *
 * Runs in previews; equal lookups, errors and mocks (`cja:index:getSegmentJob`) are as for `getSegment`.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const { status } = await cja.getSegmentJob({ id: "b31aed3d-b3b1-4613-98c6-7d3846e8d48f", sandbox: "dev" });
 *   return { status };
 * };
 * ```
 *
 * Document: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-jobs
 */
export function getSegmentJob(args: GetSegmentJobArgs): Promise<GetSegmentJobResult> {
  return lookup("getSegmentJob", args);
}

/**
 * The same as `getSegmentJob`, with arguments that may be outputs of resources: see `getSegmentOutput`.
 *
 * @example
 * ```ts
 * export const metrics = cja.getSegmentJobOutput({ id: nightly.id }).metrics;
 * ```
 */
export function getSegmentJobOutput(args: pulumi.Input<GetSegmentJobOutputArgs>): pulumi.Output<GetSegmentJobResult> {
  return lookupOutput("getSegmentJob", args);
}

/** Which jobs: those that match everything given. */
export interface FindSegmentJobsArgs {
  /** The sandbox to look in. Default: the setting `cja:sandbox`, else `prod`. */
  sandbox?: string | undefined;
  /** Only jobs with this status. */
  status?: SegmentJobStatus | undefined;
  /** The order, as `attribute:desc` or `attribute:asc`. Default: `creationTime:desc`, the newest first. */
  sort?: string | undefined;
  /** Filters, as `path==value`, or `array~key==value` for an entry of a list: `["source==api", "segments~segmentId==7863c010-…"]`. All must match; values are compared exactly. */
  properties?: string[] | undefined;
  /** The most to return, from 1. Default: all, which in an old sandbox may be thousands. */
  limit?: number | undefined;
}

/** The same as `FindSegmentJobsArgs` with values that may be known later. */
export interface FindSegmentJobsOutputArgs extends OutputArgs<FindSegmentJobsArgs> {}

/** What was found. */
export interface FindSegmentJobsResult {
  /** In the given order; empty if there are none. */
  readonly jobs: GetSegmentJobResult[];
}

/**
 * Lists the segment jobs of a sandbox, whoever started them: a request for each hundred.
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
 * The same as `findSegmentJobs`, with arguments that may be outputs of resources: see `getSegmentOutput`.
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
