import { isOver, isUnknownStatus, unknownStatusText, type Job } from "./job";
import { NetworkError, RateLimitedError, ServiceError } from "../http/errors";
import { timeSpan } from "../format-duration";
import type { SegmentJobServices } from "./services";

/** How a wait ended: the job is over, has vanished, says what nobody understands, or is still at work when the time is up. */
export type Waited =
  | { readonly kind: "over"; readonly job: Job }
  | { readonly kind: "unknown"; readonly job: Job }
  | { readonly kind: "vanished"; readonly job: Job }
  | { readonly kind: "time-out"; readonly job: Job };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** One line of progress at most this often. */
const PROGRESS_MS = 30 * SECOND;

/** A service may be late with a new job, and one missing answer proves nothing. */
const MISSED_POLLS = 3;

/** A job may pass through a state that is new to us; one that stays in it may be over, and would be polled for hours. */
const UNKNOWN_MS = 5 * MINUTE;

/** Most jobs take minutes to hours; the first seconds tell a refusal. All pauses divide the longest, so waits poll together. */
const pauseAfter = (waited: number): number =>
  waited < 30 * SECOND ? 2 * SECOND : waited < 5 * MINUTE ? 10 * SECOND : 30 * SECOND;

/**
 * Polls a job until it is over. Faults of the service are waited out: the job goes on without us.
 *
 * @param timeoutMs measured from the call; the job itself goes on after it.
 * @throws Error when the engine that asked is gone: the next run waits for the job, and two would poll it.
 */
export async function waitFor(
  services: SegmentJobServices,
  sandbox: string,
  first: Job,
  timeoutMs: number,
): Promise<Waited> {
  const { clock, reader, say, warn, intents } = services;
  const began = clock.now();
  const name = `Segment job ${first.id}`;
  let job = first;
  let said = began;
  let missed = 0;
  let strangeSince: number | undefined;
  if (!isOver(job.status)) say(`${name}: ${job.status}, waiting for at most ${timeSpan(timeoutMs)}.`);
  while (!isOver(job.status)) {
    const waited = clock.now() - began;
    if (!isUnknownStatus(job.status)) strangeSince = undefined;
    else if (strangeSince === undefined) {
      strangeSince = clock.now();
      warn(unknownStatusText(job));
    } else if (clock.now() - strangeSince >= UNKNOWN_MS) return { kind: "unknown", job };
    if (waited >= timeoutMs) return { kind: strangeSince === undefined ? "time-out" : "unknown", job };
    const pause = pauseAfter(waited);
    // Up to the next common beat, so that all jobs that are waited for share one request.
    await clock.sleep(Math.min(pause - (clock.now() % pause), timeoutMs - waited));
    if (!(await intents.isHeard()))
      throw new Error(`${name} is not waited for any longer: the engine of this run is gone.`);
    const polled = await poll(() => reader.poll(sandbox, job.id));
    missed = polled ? 0 : missed + 1;
    if (missed >= MISSED_POLLS) return { kind: "vanished", job };
    if (polled && !(polled instanceof Error)) job = polled;
    if (clock.now() - said < PROGRESS_MS || isOver(job.status)) continue;
    said = clock.now();
    if (polled instanceof Error) say(`${polled.message} The wait for segment job ${job.id} goes on.`);
    else say(`${name}: ${job.status}, waited ${timeSpan(said - began)} of at most ${timeSpan(timeoutMs)}.`);
  }
  return { kind: "over", job };
}

/** @returns an error that may pass: the job goes on meanwhile. */
async function poll(find: () => Promise<Job | undefined>): Promise<Job | undefined | Error> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof NetworkError || error instanceof ServiceError || error instanceof RateLimitedError)
      return error;
    throw error;
  }
}
