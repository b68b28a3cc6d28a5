import type { RateLimit } from "./rate-limits";
import type { Clock } from "../clock";
import { type Admission, clampToClock, type SendLog, clampPause, TRAVEL_MS } from "./send-log";
import { maxRequestsIn, waitForWindows } from "./sliding-window";

/** A send log that also tells what it has let through. */
export interface PortionSendLog extends SendLog {
  /** From when on its own requests count. */
  readonly sent: readonly number[];
}

/** How often a place in flight is asked for again. */
const POLL_MS = 50;

/**
 * A send log of this process alone that keeps to its share of what several runners may send together: each request counts as
 * if every runner had sent one.
 *
 * @param rateLimit of all runners together
 * @param runners how many there are, this one included
 * @param earlier from when on the latest requests of all runners count, as far as that is known; oldest first
 */
export function createPortionSendLog(
  { windows, maxConcurrent }: RateLimit,
  runners: number,
  earlier: readonly number[],
  clock: Clock,
): PortionSendLog {
  const maxInFlight = Math.max(1, Math.floor(maxConcurrent / runners));
  const ownWindows = windows.map(({ requests, ms }) => ({ requests: Math.max(1, requests - runners + 1), ms }));
  const maxKept = Math.max(maxRequestsIn(windows), runners);
  const sent: number[] = [];
  let sends = [...earlier];
  let inFlight = 0;
  let pausedUntil = -Infinity;
  return {
    sent,
    admit(): Admission {
      const now = clock.now();
      sends = clampToClock(sends, now);
      pausedUntil = clampPause(pausedUntil, now);
      const wait = Math.max(pausedUntil - now, waitForWindows(sends, ownWindows, now));
      if (wait > 0) return { granted: false, wait };
      if (inFlight >= maxInFlight) return { granted: false, wait: POLL_MS };
      inFlight += 1;
      const countsFrom = now + TRAVEL_MS;
      sent.push(countsFrom);
      sends = [...sends, ...Array<number>(runners).fill(countsFrom)].slice(-maxKept);
      return { granted: true, release: () => void (inFlight -= 1) };
    },
    pauseUntil: (time) => void (pausedUntil = Math.max(pausedUntil, time)),
  };
}
