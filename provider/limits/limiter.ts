import type { RateLimit } from "./rate-limits";
import type { Clock } from "../clock";
import { formatDuration } from "../format-duration";
import { FairQueue } from "./fair-queue";
import { createSendLog, type Admission, type SendLog } from "./send-log";
import { drainTime, type RateWindow } from "./sliding-window";

export interface LimiterOptions extends RateLimit {
  /**
   * Milliseconds by which every window is taken longer, since clocks and timers are not exact. Default 50.
   */
  readonly marginMs?: number;
  /** Called at most every 30 s while requests wait for a window and the last one will wait longer than 5 s. */
  readonly onWait?: (wait: WaitReport) => void;
}

/** How many wait, and for about how long. */
export interface WaitReport {
  /** Milliseconds until the last of them is sent. */
  readonly ms: number;
  /** How many of each budget. */
  readonly queued: ReadonlyMap<string, number>;
}

export interface ScheduleOptions {
  /** Its budget: those of one budget go in the order in which they came, several budgets take turns. */
  readonly budget?: string | undefined;
  /** It has waited before (a repeated request) and goes first. */
  readonly isRetry?: boolean;
}

/** Lets requests go when the limits allow. */
export interface Limiter {
  /**
   * Runs the task as soon as it may and answers what it answers.
   *
   * @example const answer = await limiter.schedule(() => post(body), { budget: "CJA writes" });
   */
  schedule<T>(task: () => Promise<T>, options?: ScheduleOptions): Promise<T>;
  /** Holds everyone back until this time (milliseconds since the epoch): the service has said 429. */
  pauseUntil(time: number): void;
}

const MARGIN_MS = 50;
const REPORT_FROM_MS = 5_000;
const REPORT_EVERY_MS = 30_000;

/** The windows as the limiter keeps them: longer by the margin. A shared send log is made with these. */
export function withMargin(windows: readonly RateWindow[], marginMs = MARGIN_MS): RateWindow[] {
  return windows.map(({ requests, ms }) => ({ requests, ms: ms + marginMs }));
}

interface QueuedTask {
  start(release: () => void): void;
  fail(error: unknown): void;
}

/**
 * A limiter for all requests to one service. It allows a burst inside the windows, never more than any of them, and
 * sends as soon as all of them allow.
 *
 * @param log where sends are counted: by default in this process; a shared one counts for all processes of the host
 * @example
 * const limiter = createLimiter({ windows: [{ requests: 60, ms: 60_000 }], maxConcurrent: 6 }, systemClock);
 */
export function createLimiter(
  options: LimiterOptions,
  clock: Clock,
  log: SendLog = createSendLog(withMargin(options.windows, options.marginMs), clock),
): Limiter {
  const retries = new FairQueue<QueuedTask>();
  const queue = new FairQueue<QueuedTask>();
  let inFlight = 0;
  let pumping = false;
  let reportedAt = -Infinity;
  let pausedUntil = -Infinity;
  let wake: () => void = () => undefined;

  const queued = () => retries.size + queue.size;

  function reportWait(wait: number): void {
    const time = drainTime(queued(), options.windows, wait);
    // Who was told to wait by the service has said so.
    if (time <= REPORT_FROM_MS || clock.now() - reportedAt < REPORT_EVERY_MS || clock.now() < pausedUntil) return;
    reportedAt = clock.now();
    const counts = new Map(queue.counts());
    for (const [budget, count] of retries.counts()) counts.set(budget, count + (counts.get(budget) ?? 0));
    options.onWait?.({ ms: time, queued: counts });
  }

  function start(admission: Admission & { granted: true }): void {
    const next = retries.shift() ?? queue.shift();
    inFlight += 1;
    next?.start(() => {
      inFlight -= 1;
      admission.release();
      wake();
      void pump();
    });
  }

  /** One at a time: sends what may go, sleeps while a window is full, and ends when nothing is left to decide. */
  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    while (queued() > 0 && inFlight < options.maxConcurrent) {
      try {
        const decision = log.admit();
        const admission = decision instanceof Promise ? await decision : decision;
        if (admission.granted) start(admission);
        else {
          reportWait(admission.wait);
          // An answer may show that a window is free sooner.
          const woken = new AbortController();
          const answered = new Promise<void>((resolve) => (wake = resolve));
          await Promise.race([clock.sleep(admission.wait, woken.signal), answered]);
          woken.abort();
        }
      } catch (error) {
        // A log that fails must not leave everyone waiting for ever: the first in the queue gets the error.
        (retries.shift() ?? queue.shift())?.fail(error);
      }
    }
    pumping = false;
  }

  return {
    schedule<T>(task: () => Promise<T>, { budget = "requests", isRetry: first = false }: ScheduleOptions = {}) {
      return new Promise<T>((resolve, reject) => {
        (first ? retries : queue).push(budget, {
          start: (release) => {
            const running = Promise.resolve().then(task);
            running.then(resolve, reject);
            running.then(release, release);
          },
          fail: reject,
        });
        void pump();
      });
    },
    pauseUntil(time) {
      pausedUntil = Math.max(pausedUntil, time);
      log.pauseUntil(time);
    },
  };
}

/**
 * The line that is logged while requests wait for a limit.
 *
 * @example formatWait({ ms: 320_000, queued: new Map([["CJA writes", 312]]) }, rateLimit)
 * // "Waiting about 5 min 20 s for Adobe's limit of 60 requests a minute; 312 requests are queued (CJA writes)."
 */
export function formatWait({ ms, queued }: WaitReport, { windows }: RateLimit): string {
  const total = [...queued.values()].reduce((sum, count) => sum + count, 0);
  const budgets = [...queued].map(([budget, count]) => (queued.size === 1 ? budget : `${count} ${budget}`)).join(", ");
  const perMinute = windows.find((window) => window.ms === 60_000)?.requests;
  const limit = perMinute === undefined ? "Adobe's limit" : `Adobe's limit of ${perMinute} requests a minute`;
  return `Waiting about ${formatDuration(ms)} for ${limit}; ${total} ${total === 1 ? "request is" : "requests are"} queued (${budgets}).`;
}
