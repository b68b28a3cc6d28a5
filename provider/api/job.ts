import type { SegmentJobMetrics } from "./job-metrics";

export type { SegmentJobMetrics, SegmentJobTime } from "./job-metrics";

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

/** `REMOVED`, our word for a job that the service does not know any more, is not among them: it may have been late. */
const OVER = new Set(["CANCELLED", "FAILED", "SUCCEEDED"]);

/** Whether a job will not change any more. A state that we do not know counts as active: it is polled on, up to the time-out. */
export const isOver = (status: string): boolean => OVER.has(status);
