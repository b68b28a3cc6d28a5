import type { Allowance } from "./budgets";
import type { Clock } from "../clock";
import { type Admission, notAhead, type SendLog, soonOver, TRAVEL_MS } from "./send-log";
import { deepest, waitForWindows } from "./sliding-window";

/** A send log that also tells what it has let through. */
export interface ShareSendLog extends SendLog {
  /** From when on its own requests count. */
  readonly sent: readonly number[];
}

/** How often a place in flight is asked for again. */
const POLL_MS = 50;

/**
 * A send log of this process alone that keeps to its share of what several runners may send together: each request counts as
 * if every runner had sent one.
 *
 * @param allowance of all runners together
 * @param runners how many there are, this one included
 * @param earlier from when on the latest requests of all runners count, as far as that is known; oldest first
 */
export function createShareSendLog(
  { windows, maxConcurrent }: Allowance,
  runners: number,
  earlier: readonly number[],
  clock: Clock,
): ShareSendLog {
  const places = Math.max(1, Math.floor(maxConcurrent / runners));
  const roomy = windows.map(({ requests, ms }) => ({ requests: Math.max(1, requests - runners + 1), ms }));
  const kept = Math.max(deepest(windows), runners);
  const sent: number[] = [];
  let sends = [...earlier];
  let inFlight = 0;
  let pausedUntil = -Infinity;
  return {
    sent,
    admit(): Admission {
      const now = clock.now();
      sends = notAhead(sends, now);
      pausedUntil = soonOver(pausedUntil, now);
      const wait = Math.max(pausedUntil - now, waitForWindows(sends, roomy, now));
      if (wait > 0) return { granted: false, wait };
      if (inFlight >= places) return { granted: false, wait: POLL_MS };
      inFlight += 1;
      const latest = now + TRAVEL_MS;
      sent.push(latest);
      sends = [...sends, ...Array<number>(runners).fill(latest)].slice(-kept);
      return { granted: true, release: () => void (inFlight -= 1) };
    },
    pauseUntil: (time) => void (pausedUntil = Math.max(pausedUntil, time)),
  };
}
