import { setTimeout as delay } from "node:timers/promises";

/** Time, as everything here sees it: injected, so that tests of waiting are exact and instant. */
export interface Clock {
  /** Milliseconds since the epoch. Wall-clock time, since processes on one host compare theirs through files. */
  now(): number;
  /** Resolves after `ms` milliseconds, or when the signal is given: what nobody waits for any more keeps the process alive. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, { ...(signal && { signal }) }).catch((error: unknown) => {
      if (signal?.aborted !== true) throw error;
    });
  },
};

/** A number in [0, 1), like `Math.random`; injected for jitter that tests can foresee. */
export type Random = () => number;
