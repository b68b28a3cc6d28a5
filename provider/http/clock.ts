import { setTimeout as delay } from "node:timers/promises";

/** Time, as everything here sees it: injected, so that tests of waiting are exact and instant. */
export interface Clock {
  /** Milliseconds since the epoch. Wall-clock time, since processes on one host compare theirs through files. */
  now(): number;
  /** Resolves after `ms` milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms) => {
    await delay(ms);
  },
};

/** A number in [0, 1), like `Math.random`; injected for jitter that tests can foresee. */
export type Random = () => number;
