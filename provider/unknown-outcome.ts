import type { Clock, Random } from "./clock";
import { CjaError, OutcomeUnknownError, UnexpectedAnswerError } from "./http/errors";
import { DEADLINE_MS, retryDelay, UNREADABLE_TRIES } from "./http/retry";

/** A fresh write may be missing in a listing for a moment, and one empty listing proves nothing. */
const MIN_SEARCH_MS = 7_000;
const SEARCH_PAUSES_MS = [2_000, 5_000, 10_000] as const;

/**
 * Looks for the result of a request whose answer never came. The service may go on working on the request as long as the time-out
 * lasts, so only after that does "not found" mean that it was not carried out.
 *
 * @param startedAt when the request was sent.
 * @param requestTimeoutMs how long an answer may take: the setting `cja:requestTimeout`.
 * @param look gets whether this is the last search.
 * @returns undefined when the request was certainly not carried out.
 */
export async function findResultOfLostRequest<T>(
  clock: Clock,
  startedAt: number,
  requestTimeoutMs: number,
  look: (isLast: boolean) => Promise<T | undefined>,
): Promise<T | undefined> {
  const until = Math.max(startedAt + requestTimeoutMs, clock.now() + MIN_SEARCH_MS);
  for (let tries = 0; ; tries += 1) {
    const remaining = until - clock.now();
    const found = await look(remaining <= 0);
    if (found !== undefined || remaining <= 0) return found;
    await clock.sleep(Math.min(remaining, SEARCH_PAUSES_MS[Math.min(tries, SEARCH_PAUSES_MS.length - 1)] ?? remaining));
  }
}

/** A request that must not create anything twice, and the way to find its result. */
export interface NonRepeatableRequest<T> {
  /** As an error names it: `create segment "Mobile"`. */
  readonly operation: string;
  /** @returns undefined where the service created it, but another request claimed it first. */
  readonly send: () => Promise<T | undefined>;
  /**
   * @param unknown the error of `send`.
   * @param isLast whether this is the last search before the request is sent again.
   */
  readonly findResult: (unknown: OutcomeUnknownError | undefined, isLast: boolean) => Promise<T | undefined>;
  /** Called before the first search. */
  readonly onUnknownOutcome: (unknown: OutcomeUnknownError) => void;
  /** Whether the request should still be sent again. Default: always. */
  readonly isStillNeeded?: () => Promise<boolean>;
}

/** How often other requests may claim the result before this one fails: each time one more request was sent. */
const MAX_TAKEN_BY_OTHERS = 3;

export interface UnknownOutcomeServices {
  readonly clock: Clock;
  readonly random: Random;
  /** As for `findResultOfLostRequest`. */
  readonly requestTimeoutMs: number;
}

/**
 * Sends a request that must not have its effect twice. After each failure that leaves the outcome open it looks for the result, and
 * sends the request again only when there is none: as often as a read would be repeated, within the same two minutes.
 *
 * A service that has answered, if only with a 500, is done with the request: then it is looked for as long as a fresh write may
 * be missing in a listing. Where no answer came it may still be at work, and is looked for as long as an answer may take.
 *
 * @throws OutcomeUnknownError when the time is up; the next run has to look once more.
 */
export async function sendWithoutDuplicates<T>(
  { clock, random, requestTimeoutMs }: UnknownOutcomeServices,
  request: NonRepeatableRequest<T>,
): Promise<T> {
  // The time in the limiter's queue is not spent: it says nothing about the service.
  let elapsedBefore = 0;
  let takenByOthers = 0;
  for (let tries = 1; ; tries += 1) {
    const result = await request.send().then(
      (created) => ({ created }),
      (error: unknown) => {
        if (error instanceof OutcomeUnknownError) return { error };
        throw error;
      },
    );
    if ("created" in result) {
      // The other request's own result is there for us, if the service created it.
      const created = result.created ?? (await request.findResult(undefined, true));
      if (created !== undefined) return created;
      takenByOthers += 1;
      if (takenByOthers === MAX_TAKEN_BY_OTHERS) throw allTakenError(request.operation);
      continue;
    }
    const { error } = result;
    if (tries === 1) request.onUnknownOutcome(error);
    const failedAt = clock.now();
    const { at, answered } = error.sent ?? { at: failedAt, answered: false };
    const found = await findResultOfLostRequest(clock, at, answered ? 0 : requestTimeoutMs, (isLast) =>
      request.findResult(error, isLast),
    );
    if (found !== undefined) return found;
    const elapsed = elapsedBefore + failedAt - at;
    const pause = retryPause(error, tries, elapsed, random);
    const searchedFor = clock.now() - failedAt;
    if (pause === undefined || elapsed + searchedFor >= DEADLINE_MS) throw error;
    await clock.sleep(Math.max(0, pause - searchedFor));
    if (request.isStillNeeded && !(await request.isStillNeeded())) throw error;
    elapsedBefore = elapsed + Math.max(pause, searchedFor);
  }
}

function allTakenError(operation: string): CjaError {
  return new CjaError({
    operation,
    method: "",
    path: "",
    happened: `other runs, which were looking for a lost one of their own, took over all ${MAX_TAKEN_BY_OTHERS} that this run created`,
    advice: "Run pulumi up again when the other runs have ended.",
  });
}

/** How long to wait after a failure; undefined where a read would not be tried again either. */
function retryPause({ cause, status, sent }: OutcomeUnknownError, tries: number, elapsedMs: number, random: Random) {
  const attempt = { attempt: tries, elapsedMs, retryAfter: sent?.retryAfter, deadline: DEADLINE_MS };
  if (!(cause instanceof UnexpectedAnswerError)) return retryDelay({ ...attempt, status }, random);
  return tries < UNREADABLE_TRIES ? retryDelay(attempt, random) : undefined;
}
