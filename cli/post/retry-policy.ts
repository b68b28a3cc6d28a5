import { isRateLimit, isUnknown, type Failure } from "./comment-service-error";

/** How often one request is sent again. */
const MOST_REPEATS = 3;
/** A job is not held up for longer than this, over all requests. */
const MOST_MS = 120_000;
/** Where the service does not say. https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const RATE_LIMIT_MS = 60_000;
const FIRST_MS = 1_000;
/** A shorter wait needs no word. */
const WORTH_SAYING_MS = 5_000;

export interface Clock {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** How long the failures of one run of the command are put up with. */
export interface Patience {
  /**
   * Waits as long as the failure asks for.
   *
   * @param tries how often the request was sent, this one included
   * @returns whether it is to be sent again; false at once, where that would take too often or too long
   */
  readonly outlast: (failure: Failure, tries: number) => Promise<boolean>;
}

export function patience({ now, sleep }: Clock, say: (line: string) => void): Patience {
  const end = now() + MOST_MS;
  return {
    outlast: async (failure, tries) => {
      const wait = tries > MOST_REPEATS ? undefined : waitAfter(failure, tries, now());
      if (wait === undefined || now() + wait > end) return false;
      if (wait >= WORTH_SAYING_MS) say(`pulumi-cja: waiting ${Math.ceil(wait / 1000)} s: ${reasonOf(failure)}`);
      await sleep(wait);
      return true;
    },
  };
}

/** Milliseconds until a request may be sent again; undefined where that would help nothing. */
export function waitAfter(failure: Failure, tries: number, now: number): number | undefined {
  const asked = askedWait(failure, now);
  if (isRateLimit(failure)) return asked ?? RATE_LIMIT_MS;
  return isUnknown(failure) ? (asked ?? FIRST_MS * 2 ** (tries - 1)) : undefined;
}

/** What the service asks for: seconds, a date, or the moment in which its window ends. */
export function askedWait({ headers }: Failure, now: number): number | undefined {
  const after = headers["retry-after"]?.trim();
  if (after !== undefined && /^\d+$/.test(after)) return Number(after) * 1000;
  if (after !== undefined && Number.isFinite(Date.parse(after))) return Math.max(0, Date.parse(after) - now);
  const reset = headers["x-ratelimit-remaining"] === "0" ? headers["x-ratelimit-reset"] : undefined;
  return reset !== undefined && /^\d+$/.test(reset) ? Math.max(0, Number(reset) * 1000 - now) : undefined;
}

const reasonOf = (failure: Failure): string =>
  isRateLimit(failure) ? "the service limits the rate of requests" : `${failure.status ?? "no answer"} of the service`;
