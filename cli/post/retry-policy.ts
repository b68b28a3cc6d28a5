import { isRateLimit, isOutcomeUnknown, type Failure } from "./comment-service-error";

/** How often one request is sent again. */
const MAX_RETRIES = 3;
/** A job is not held up for longer than this, over all requests. */
const MAX_TOTAL_WAIT_MS = 120_000;
/** Where the service does not say. https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const RATE_LIMIT_MS = 60_000;
const BASE_WAIT_MS = 1_000;
/** A shorter wait needs no word. */
const LOG_FROM_MS = 5_000;

export interface Clock {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** How long the failures of one run of the command are put up with. */
export interface RetryPolicy {
  /**
   * Waits as long as the failure asks for.
   *
   * @param tries how often the request was sent, this one included
   * @returns whether it is to be sent again; false at once, where that would take too often or too long
   */
  readonly waitBeforeRetry: (failure: Failure, tries: number) => Promise<boolean>;
}

export function createRetryPolicy({ now, sleep }: Clock, log: (line: string) => void): RetryPolicy {
  const deadline = now() + MAX_TOTAL_WAIT_MS;
  return {
    waitBeforeRetry: async (failure, tries) => {
      const wait = tries > MAX_RETRIES ? undefined : retryWait(failure, tries, now());
      if (wait === undefined || now() + wait > deadline) return false;
      if (wait >= LOG_FROM_MS) log(`pulumi-cja: waiting ${Math.ceil(wait / 1000)} s: ${describeReason(failure)}`);
      await sleep(wait);
      return true;
    },
  };
}

/** Milliseconds until a request may be sent again; undefined where that would help nothing. */
export function retryWait(failure: Failure, tries: number, now: number): number | undefined {
  const requestedWait = parseRequestedWait(failure, now);
  if (isRateLimit(failure)) return requestedWait ?? RATE_LIMIT_MS;
  return isOutcomeUnknown(failure) ? (requestedWait ?? BASE_WAIT_MS * 2 ** (tries - 1)) : undefined;
}

/** What the service asks for: seconds, a date, or the moment in which its window ends. */
export function parseRequestedWait({ headers }: Failure, now: number): number | undefined {
  const retryAfter = headers["retry-after"]?.trim();
  if (retryAfter !== undefined && /^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  if (retryAfter !== undefined && Number.isFinite(Date.parse(retryAfter)))
    return Math.max(0, Date.parse(retryAfter) - now);
  const reset = headers["x-ratelimit-remaining"] === "0" ? headers["x-ratelimit-reset"] : undefined;
  return reset !== undefined && /^\d+$/.test(reset) ? Math.max(0, Number(reset) * 1000 - now) : undefined;
}

const describeReason = (failure: Failure): string =>
  isRateLimit(failure) ? "the rate limit of the service" : `${failure.status ?? "no answer"} of the service`;
