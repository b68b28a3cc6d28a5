import type { Clock } from "../clock";
import { RATE_LIMIT_DEADLINE_MS } from "./rate-limits";
import { maxRequestsIn, type RateWindow, waitForWindows } from "./sliding-window";

/** Whether one more request may be sent now. */
export type Admission =
  /** It may, and counts as sent. `release` is called when it has been answered, or will not be any more. */
  | { readonly granted: true; readonly release: () => void }
  /** It may not: ask again after `wait` milliseconds (more than 0), or when a request has been answered. */
  | { readonly granted: false; readonly wait: number };

/** The memory of what was sent lately, which decides on the next request. Kept in process, or in a file for a host. */
export interface SendLog {
  /** Counts one request as sent now, if the windows and a pause allow it. */
  admit(): Admission | Promise<Admission>;
  /** Admits nothing before this time (milliseconds since the epoch). A later pause wins over an earlier one. */
  pauseUntil(time: number): void;
}

/**
 * The service counts a request when it arrives, and nobody can tell when that is: after it was sent and before it is answered. So
 * it counts from its answer on, and one that is not answered counts from so many milliseconds after it was sent. A window
 * that is taken longer by this at most keeps 95 % of a minute's requests; with the usual answer in 0.3 s it is 99 %.
 */
export const TRAVEL_MS = 2_500;

/** A send log of this process alone. Each admission costs the same, however many requests the windows hold. */
export function createSendLog(windows: readonly RateWindow[], clock: Clock): SendLog {
  const maxKept = maxRequestsIn(windows);
  let times: number[] = [];
  let pausedUntil = -Infinity;
  return {
    admit() {
      const now = clock.now();
      times = clampToClock(times, now);
      pausedUntil = clampPause(pausedUntil, now);
      const wait = Math.max(pausedUntil - now, waitForWindows(times, windows, now));
      if (wait > 0) return { granted: false, wait };
      const countsFrom = now + TRAVEL_MS;
      times.push(countsFrom);
      if (times.length >= 2 * maxKept) times = times.slice(-maxKept);
      return { granted: true, release: () => countFromAnswer(times, countsFrom, clock.now()) };
    },
    pauseUntil(time) {
      pausedUntil = Math.max(pausedUntil, time);
    },
  };
}

/** Nothing counts from later on than it can: where it does, the clock was set back, and nobody shall wait until it is there again. */
export function clampToClock(times: number[], now: number): number[] {
  const latestPossible = now + TRAVEL_MS;
  return (times.at(-1) ?? -Infinity) <= latestPossible ? times : times.map((time) => Math.min(time, latestPossible));
}

/** No pause is longer than a request is repeated after 429. */
export function clampPause(pausedUntil: number, now: number): number {
  return Math.min(pausedUntil, now + RATE_LIMIT_DEADLINE_MS);
}

/** Lets a request count from its answer on, if that came earlier than had to be feared. Keeps the order. */
export function countFromAnswer(times: number[], countsFrom: number, answeredAt: number): void {
  const index = times.lastIndexOf(countsFrom);
  if (index === -1 || answeredAt >= countsFrom) return;
  times.splice(index, 1);
  let insertAt = index;
  while (insertAt > 0 && (times[insertAt - 1] ?? -Infinity) > answeredAt) insertAt -= 1;
  times.splice(insertAt, 0, answeredAt);
}
