import { JOB_STATUSES } from "../../model/job-status";
import type { SegmentJobMetrics } from "../../model/segment-job-metrics";

export { isOver, isUnknownStatus, JOB_STATUSES, REMOVED } from "../../model/job-status";
export type { SegmentJobMetrics, SegmentJobTime } from "../../model/segment-job-metrics";

/** A segment job as the service tells it. `status` is kept as text: a state that is new to us is no reason to fail. */
export interface Job {
  readonly id: string;
  readonly status: string;
  /** `["*"]` for a job over all audiences, and where the service spells a long list so. */
  readonly segmentIds: readonly string[];
  readonly orgId?: string;
  readonly sandboxName?: string;
  readonly source?: string;
  readonly schemaName?: string;
  readonly batchId?: string;
  readonly requestId?: string;
  readonly metrics?: SegmentJobMetrics;
  readonly errors?: readonly JobError[];
  /** Milliseconds since 1970. */
  readonly creationTime?: number;
  readonly updateTime?: number;
}

export interface JobError {
  readonly code?: string;
  readonly msg?: string;
}

/** What to run: a list of audiences, or all of a schema. */
export type JobScope = { readonly segmentIds: readonly string[] } | { readonly schemaName: string };

export const unknownStatusText = ({ id, status }: Pick<Job, "id" | "status">): string =>
  `Segment job ${id} has the status ${JSON.stringify(status)}, which this version of pulumi-cja does not know (it knows ${JOB_STATUSES.join(", ")}), so it cannot tell whether the job is over. Check the job in Experience Platform, or update pulumi-cja.`;
