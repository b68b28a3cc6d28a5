import { isOver, isUnknownStatus, unknownStatusText, type Job } from "./job";
import { NetworkError, RateLimitedError, ServiceError } from "../http/errors";
import { formatDuration } from "../format-duration";
import type { SegmentJobServices } from "./services";

/** How a wait ended: the job is over, has vanished, says what nobody understands, or is still at work when the time is up. */
export type WaitResult =
  | { readonly kind: "over"; readonly job: Job }
  | { readonly kind: "unknown"; readonly job: Job }
  | { readonly kind: "vanished"; readonly job: Job }
  | { readonly kind: "time-out"; readonly job: Job };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** One line of progress at most this often. */
const PROGRESS_MS = 30 * SECOND;

/** A service may be late with a new job, and one missing answer proves nothing. */
const MAX_MISSED_POLLS = 3;

/** A job may pass through a state that is new to us; one that stays in it may be over, and would be polled for hours. */
const UNKNOWN_STATUS_MS = 5 * MINUTE;

/** Most jobs take minutes to hours; the first seconds tell a refusal. All pauses divide the longest, so waits poll together. */
const pauseAfter = (elapsed: number): number =>
  elapsed < 30 * SECOND ? 2 * SECOND : elapsed < 5 * MINUTE ? 10 * SECOND : 30 * SECOND;

/**
 * Polls a job until it is over. Faults of the service are waited out: the job goes on without us.
 *
 * @param timeoutMs measured from the call; the job itself goes on after it.
 * @throws Error when the engine that asked is gone: the next run waits for the job, and two would poll it.
 */
export async function waitForJob(
  services: SegmentJobServices,
  sandbox: string,
  initialJob: Job,
  timeoutMs: number,
): Promise<WaitResult> {
  const { clock, reader, info, warn, intents } = services;
  const startedAt = clock.now();
  const label = `Segment job ${initialJob.id}`;
  let job = initialJob;
  let reportedAt = startedAt;
  let missedPolls = 0;
  let unknownSince: number | undefined;
  if (!isOver(job.status)) info(`${label}: ${job.status}, waiting for at most ${formatDuration(timeoutMs)}.`);
  while (!isOver(job.status)) {
    const elapsed = clock.now() - startedAt;
    if (!isUnknownStatus(job.status)) unknownSince = undefined;
    else if (unknownSince === undefined) {
      unknownSince = clock.now();
      warn(unknownStatusText(job));
    } else if (clock.now() - unknownSince >= UNKNOWN_STATUS_MS) return { kind: "unknown", job };
    if (elapsed >= timeoutMs) return { kind: unknownSince === undefined ? "time-out" : "unknown", job };
    const pause = pauseAfter(elapsed);
    // Up to the next common beat, so that all jobs that are waited for share one request.
    await clock.sleep(Math.min(pause - (clock.now() % pause), timeoutMs - elapsed));
    if (!(await intents.engineIsAlive()))
      throw new Error(`Stopped waiting for segment job ${initialJob.id}: the engine of this run has ended.`);
    const polledJob = await pollOrError(() => reader.poll(sandbox, job.id));
    missedPolls = polledJob ? 0 : missedPolls + 1;
    if (missedPolls >= MAX_MISSED_POLLS) return { kind: "vanished", job };
    if (polledJob && !(polledJob instanceof Error)) job = polledJob;
    if (clock.now() - reportedAt < PROGRESS_MS || isOver(job.status)) continue;
    reportedAt = clock.now();
    if (polledJob instanceof Error) info(`${polledJob.message} Still waiting for segment job ${job.id}.`);
    else
      info(
        `${label}: ${job.status}, waited ${formatDuration(reportedAt - startedAt)} of at most ${formatDuration(timeoutMs)}.`,
      );
  }
  return { kind: "over", job };
}

/** @returns an error that may pass: the job goes on meanwhile. */
async function pollOrError(find: () => Promise<Job | undefined>): Promise<Job | undefined | Error> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof NetworkError || error instanceof ServiceError || error instanceof RateLimitedError)
      return error;
    throw error;
  }
}
