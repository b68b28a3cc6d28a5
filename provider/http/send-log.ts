import type { Clock } from "./clock";
import { deepest, type RateWindow, waitForWindows } from "./sliding-window";

/** Whether one more request may be sent now. */
export type Admission =
  /** It may, and counts as sent. `release` is called when it has ended. */
  | { readonly granted: true; readonly release?: () => void }
  /** It may not: ask again after `wait` milliseconds (more than 0). */
  | { readonly granted: false; readonly wait: number };

/** The memory of what was sent lately, which decides on the next request. Kept in process, or in a file for a host. */
export interface SendLog {
  /** Counts one request as sent now, if the windows and a pause allow it. */
  admit(): Admission | Promise<Admission>;
  /** Admits nothing before this time (milliseconds since the epoch). A later pause wins over an earlier one. */
  pauseUntil(time: number): void;
}

/** A send log of this process alone. Each admission costs the same, however many requests the windows hold. */
export function createSendLog(windows: readonly RateWindow[], clock: Clock): SendLog {
  const kept = deepest(windows);
  let sends: number[] = [];
  let pausedUntil = -Infinity;
  return {
    admit() {
      const now = clock.now();
      const wait = Math.max(pausedUntil - now, waitForWindows(sends, windows, now));
      if (wait > 0) return { granted: false, wait };
      sends.push(now);
      if (sends.length >= 2 * kept) sends = sends.slice(-kept);
      return { granted: true };
    },
    pauseUntil(time) {
      pausedUntil = Math.max(pausedUntil, time);
    },
  };
}
