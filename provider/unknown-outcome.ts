import type { Clock, Random } from "./clock";
import { CjaError, OutcomeUnknownError, UnexpectedAnswerError } from "./http/errors";
import { DEADLINE_MS, retryDelay, UNREADABLE_TRIES } from "./http/retry";

/** A fresh write may be missing in a listing for a moment, and one empty listing proves nothing. */
const MIN_SEARCH_MS = 7_000;
const SEARCH_PAUSES_MS = [2_000, 5_000, 10_000] as const;

/**
 * Looks for what a request has made whose answer never came. The service may still be at work on it for as long as anybody
 * would have waited for the answer, so only then is "not there" an answer.
 *
 * @param startedAt when the request was sent.
 * @param requestTimeoutMs how long an answer may take: the setting `cja:requestTimeout`.
 * @param look told whether it is the last one.
 * @returns undefined when it was surely not carried out.
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

/** A request that must not make two, and how what it has made is found. */
export interface NonRepeatableRequest<T> {
  /** As an error names it: `create segment "Mobile"`. */
  readonly operation: string;
  /** @returns undefined where it was made, and one that looked for what it had lost has found this one first. */
  readonly send: () => Promise<T | undefined>;
  /**
   * @param unknown what `send` has failed with.
   * @param isLast whether it is the last look before it is sent again.
   */
  readonly findResult: (unknown: OutcomeUnknownError | undefined, isLast: boolean) => Promise<T | undefined>;
  /** Told before the first look. */
  readonly onUnknownOutcome: (unknown: OutcomeUnknownError) => void;
  /** Whether it is still worth sending again; always, unless given. */
  readonly isStillNeeded?: () => Promise<boolean>;
}

/** So often another one may take what was made before there is an error: each time one more was sent. */
const MAX_TAKEN_BY_OTHERS = 3;

export interface UnknownOutcomeServices {
  readonly clock: Clock;
  readonly random: Random;
  /** As for `settle`. */
  readonly requestTimeoutMs: number;
}

/**
 * Makes something, and never two. After each failure that leaves it open whether it was made, it is looked for, and only sent
 * again when it is not there: as often as a read would be, within the same two minutes.
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
      (created) => ({ made: created }),
      (error: unknown) => {
        if (error instanceof OutcomeUnknownError) return { error };
        throw error;
      },
    );
    if ("made" in result) {
      // What the other one has lost is there for us, if it was made.
      const created = result.made ?? (await request.findResult(undefined, true));
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
    happened: `other runs that had lost the same have taken over each of the ${MAX_TAKEN_BY_OTHERS} that were made`,
    advice: "Run pulumi up again when the other runs are over.",
  });
}

/** How long to wait after a failure; undefined where a read would not be tried again either. */
function retryPause({ cause, status, sent }: OutcomeUnknownError, tries: number, elapsedMs: number, random: Random) {
  const attempt = { attempt: tries, elapsedMs: elapsedMs, retryAfter: sent?.retryAfter, deadline: DEADLINE_MS };
  if (!(cause instanceof UnexpectedAnswerError)) return retryDelay({ ...attempt, status }, random);
  return tries < UNREADABLE_TRIES ? retryDelay(attempt, random) : undefined;
}
