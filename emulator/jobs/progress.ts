import type { JobRecord, JobStatus } from "./job";

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
