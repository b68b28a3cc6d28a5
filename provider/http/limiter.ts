import type { Clock } from "./clock";
import { createSendLog, type Admission, type SendLog } from "./send-log";
import { drainTime, type RateWindow } from "./sliding-window";

export interface LimiterOptions {
  /** All hold at the same time. */
  readonly windows: readonly RateWindow[];
  /** Requests in flight at a time. */
  readonly maxConcurrent: number;
  /**
   * Milliseconds by which every window is taken longer: requests are counted when they are sent, the service counts when
   * they arrive, and one that had to connect first arrives later than one that did not. Default 500, under 1 % of a minute.
   */
  readonly marginMs?: number;
  /** Told at most every 30 s while requests wait for a window and the last will wait longer than 5 s. */
  readonly onWait?: (seconds: number, queued: number) => void;
}

/** Lets requests go when the limits allow, in the order in which they came. */
export interface Limiter {
  /**
   * Runs the task as soon as it may and answers what it answers.
   *
   * @param options.ahead a task that has waited before (a repeated request) goes first
   * @example const answer = await limiter.schedule(() => post(body));
   */
  schedule<T>(task: () => Promise<T>, options?: { ahead?: boolean }): Promise<T>;
  /** Holds everyone back until this time (milliseconds since the epoch): the service has said 429. */
  pauseUntil(time: number): void;
}

const MARGIN_MS = 500;
const TELL_FROM_MS = 5_000;
const TELL_EVERY_MS = 30_000;

/** The windows as the limiter keeps them: longer by the margin. A shared send log is made with these. */
export function withMargin(windows: readonly RateWindow[], marginMs = MARGIN_MS): RateWindow[] {
  return windows.map(({ requests, ms }) => ({ requests, ms: ms + marginMs }));
}

interface Waiting {
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
  const ahead: Waiting[] = [];
  const queue: Waiting[] = [];
  let inFlight = 0;
  let pumping = false;
  let told = -Infinity;

  const queued = () => ahead.length + queue.length;

  function tell(wait: number): void {
    const time = drainTime(queued(), options.windows, wait);
    if (time <= TELL_FROM_MS || clock.now() - told < TELL_EVERY_MS) return;
    told = clock.now();
    options.onWait?.(Math.ceil(time / 1000), queued());
  }

  function start(admission: Admission & { granted: true }): void {
    const next = ahead.shift() ?? queue.shift();
    inFlight += 1;
    next?.start(() => {
      inFlight -= 1;
      admission.release?.();
      void pump();
    });
  }

  /** One at a time: sends what may go, sleeps while a window is full, and ends when nothing is left to decide. */
  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    while (queued() > 0 && inFlight < options.maxConcurrent) {
      try {
        const asked = log.admit();
        const admission = asked instanceof Promise ? await asked : asked;
        if (admission.granted) start(admission);
        else {
          tell(admission.wait);
          await clock.sleep(admission.wait);
        }
      } catch (error) {
        // A log that fails must not leave everyone waiting for ever: the first in the queue gets the error.
        (ahead.shift() ?? queue.shift())?.fail(error);
      }
    }
    if (queued() === 0) told = -Infinity;
    pumping = false;
  }

  return {
    schedule<T>(task: () => Promise<T>, { ahead: first = false }: { ahead?: boolean } = {}) {
      return new Promise<T>((resolve, reject) => {
        (first ? ahead : queue).push({
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
    pauseUntil: (time) => log.pauseUntil(time),
  };
}
