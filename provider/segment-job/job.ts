import type { SegmentJobMetrics } from "./metrics";

export type { SegmentJobMetrics, SegmentJobTime } from "./metrics";

/** The states of a segment job (segment jobs guide, query parameter `status`). */
export const JOB_STATUSES = ["NEW", "QUEUED", "PROCESSING", "CANCELLING", "CANCELLED", "FAILED", "SUCCEEDED"] as const;

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

/** Our word for a job that the service does not know any more. It is not over: the service may have been late. */
const REMOVED = "REMOVED";
const OVER = new Set(["CANCELLED", "FAILED", "SUCCEEDED"]);

/** Whether a job will not change any more. A state that we do not know counts as active: it may still be cancelled. */
export const isOver = (status: string): boolean => OVER.has(status);

/** Whether a state is one that no document tells: nobody knows whether such a job is still at work. */
export const isUnknownStatus = (status: string): boolean =>
  status !== REMOVED && !JOB_STATUSES.some((known) => known === status);

export const unknownStatusText = ({ id, status }: Pick<Job, "id" | "status">): string =>
  `Segment job ${id} has the status ${JSON.stringify(status)}, which this version of pulumi-cja does not know (known are ${JOB_STATUSES.join(", ")}): whether it is over is not known either.`;
