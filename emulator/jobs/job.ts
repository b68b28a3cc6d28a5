/** The states that the jobs guide names. */
export const jobStatuses = ["NEW", "QUEUED", "PROCESSING", "SUCCEEDED", "FAILED", "CANCELLING", "CANCELLED"] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** How long a job stays in each state, in milliseconds of the emulator's clock. */
export interface JobTiming {
  /** As NEW. Default 500. */
  readonly newMs: number;
  /** As QUEUED. Default 500. */
  readonly queuedMs: number;
  /** As PROCESSING. Default 3000. */
  readonly processingMs: number;
  /** As CANCELLING, from the DELETE on. Default 500. */
  readonly cancellingMs: number;
}

/** What a failed job tells of itself. */
export interface JobError {
  /** As `"8.0000018E7"`. */
  readonly code: string;
  readonly msg: string;
  readonly callStack?: string | undefined;
}

/** How a job runs and ends. */
export interface JobOutcome {
  readonly status: "SUCCEEDED" | "FAILED";
  /** Shown by a job that has failed. */
  readonly errors: readonly JobError[];
  readonly timing: JobTiming;
}

/** About four seconds in all. */
export const quickTiming: JobTiming = { newMs: 500, queuedMs: 500, processingMs: 3000, cancellingMs: 500 };

/** A segment job as the service keeps it. Its status is not kept: it follows from the clock (`progressOf`). */
export interface JobRecord {
  readonly id: string;
  readonly sandbox: string;
  readonly source: "api" | "scheduler";
  /** ["*"] for all segments. */
  readonly segmentIds: readonly string[];
  readonly schemaName: string;
  readonly requestId: string;
  /** The nightly schedule's; null for a job of the API. */
  readonly schedule: { readonly scheduleId: string; readonly runId: string } | null;
  readonly computeJobId: number;
  /** ms since 1970, as the two below. */
  readonly created: number;
  readonly outcome: JobOutcome;
  readonly cancelRequested: number | null;
  /** A status that a test has set: it stands until it is changed. */
  readonly fixed: { readonly status: JobStatus; readonly at: number } | null;
}

export type JobFields = Pick<JobRecord, "sandbox" | "source" | "segmentIds" | "outcome"> & Partial<JobRecord>;

/** Where a job is at a moment. Times are ms since 1970. */
export interface Progress {
  readonly status: JobStatus;
  /** When the present status began. */
  readonly since: number;
  /** When it began to compute; undefined before. */
  readonly computeStart?: number;
  /** When it was over; undefined before. */
  readonly end?: number;
}

/** The state machine: NEW, QUEUED, PROCESSING, then how it ends; or CANCELLING and CANCELLED after a DELETE. */
export function progressOf(job: JobRecord, now: number): Progress {
  const queuedAt = job.created + job.outcome.timing.newMs;
  const computeStart = queuedAt + job.outcome.timing.queuedMs;
  const end = computeStart + job.outcome.timing.processingMs;
  if (job.fixed) return fixedProgress(job.created, job.fixed);
  if (job.cancelRequested !== null) {
    const cancelled = job.cancelRequested + job.outcome.timing.cancellingMs;
    return now >= cancelled
      ? { status: "CANCELLED", since: cancelled, end: cancelled }
      : { status: "CANCELLING", since: job.cancelRequested };
  }
  if (now < queuedAt) return { status: "NEW", since: job.created };
  if (now < computeStart) return { status: "QUEUED", since: queuedAt };
  if (now < end) return { status: "PROCESSING", since: computeStart, computeStart };
  return { status: job.outcome.status, since: end, computeStart, end };
}

function fixedProgress(created: number, { status, at }: { status: JobStatus; at: number }): Progress {
  if (isOver(status)) return { status, since: at, computeStart: created, end: at };
  return { status, since: at, ...(status === "PROCESSING" && { computeStart: at }) };
}

export function isOver(status: JobStatus): boolean {
  return status === "SUCCEEDED" || status === "FAILED" || status === "CANCELLED";
}
