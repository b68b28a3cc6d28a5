import type { Clock, Random } from "./clock";
import { CjaError, OutcomeUnknownError, UnexpectedAnswerError } from "./http/errors";
import { DEADLINE_MS, retryDelay, UNREADABLE_TRIES } from "./http/retry";

/** A fresh write may be missing in a listing for a moment, and one empty listing proves nothing. */
const AT_LEAST_MS = 7_000;
const PAUSES_MS = [2_000, 5_000, 10_000] as const;

/**
 * Looks for what a request has made whose answer never came. The service may still be at work on it for as long as anybody
 * would have waited for the answer, so only then is "not there" an answer.
 *
 * @param startedAt when the request was sent.
 * @param answerMs how long an answer may take: the setting `cja:requestTimeout`.
 * @param look told whether it is the last one.
 * @returns undefined when it was surely not carried out.
 */
export async function settle<T>(
  clock: Clock,
  startedAt: number,
  answerMs: number,
  look: (last: boolean) => Promise<T | undefined>,
): Promise<T | undefined> {
  const until = Math.max(startedAt + answerMs, clock.now() + AT_LEAST_MS);
  for (let tries = 0; ; tries += 1) {
    const left = until - clock.now();
    const found = await look(left <= 0);
    if (found !== undefined || left <= 0) return found;
    await clock.sleep(Math.min(left, PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? left));
  }
}

/** A request that must not make two, and how what it has made is found. */
export interface Making<T> {
  /** As an error names it: `create segment "Mobile"`. */
  readonly operation: string;
  /** @returns undefined where it was made, and one that looked for what it had lost has found this one first. */
  readonly send: () => Promise<T | undefined>;
  /**
   * @param unknown what `send` has failed with.
   * @param last whether it is the last look before it is sent again.
   */
  readonly look: (unknown: OutcomeUnknownError | undefined, last: boolean) => Promise<T | undefined>;
  /** Told before the first look. */
  readonly onDoubt: (unknown: OutcomeUnknownError) => void;
  /** Whether it is still worth sending again; always, unless given. */
  readonly isWanted?: () => Promise<boolean>;
}

/** So often another one may take what was made before there is an error: each time one more was sent. */
const MOST_TAKEN = 3;

export interface MakingServices {
  readonly clock: Clock;
  readonly random: Random;
  /** As for `settle`. */
  readonly answerMs: number;
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
export async function makeOnce<T>({ clock, random, answerMs }: MakingServices, making: Making<T>): Promise<T> {
  // The time in the limiter's queue is not spent: it says nothing about the service.
  let spent = 0;
  let taken = 0;
  for (let tries = 1; ; tries += 1) {
    const tried = await making.send().then(
      (made) => ({ made }),
      (error: unknown) => {
        if (error instanceof OutcomeUnknownError) return { error };
        throw error;
      },
    );
    if ("made" in tried) {
      // What the other one has lost is there for us, if it was made.
      const own = tried.made ?? (await making.look(undefined, true));
      if (own !== undefined) return own;
      taken += 1;
      if (taken === MOST_TAKEN) throw allTaken(making.operation);
      continue;
    }
    const { error } = tried;
    if (tries === 1) making.onDoubt(error);
    const failedAt = clock.now();
    const { at, answered } = error.sent ?? { at: failedAt, answered: false };
    const found = await settle(clock, at, answered ? 0 : answerMs, (last) => making.look(error, last));
    if (found !== undefined) return found;
    const elapsed = spent + failedAt - at;
    const pause = pauseAfter(error, tries, elapsed, random);
    const looked = clock.now() - failedAt;
    if (pause === undefined || elapsed + looked >= DEADLINE_MS) throw error;
    await clock.sleep(Math.max(0, pause - looked));
    if (making.isWanted && !(await making.isWanted())) throw error;
    spent = elapsed + Math.max(pause, looked);
  }
}

function allTaken(operation: string): CjaError {
  return new CjaError({
    operation,
    method: "",
    path: "",
    happened: `other runs that had lost the same have taken over each of the ${MOST_TAKEN} that were made`,
    advice: "Run pulumi up again when the other runs are over.",
  });
}

/** How long to wait after a failure; undefined where a read would not be tried again either. */
function pauseAfter({ cause, status, sent }: OutcomeUnknownError, tries: number, elapsed: number, random: Random) {
  const question = { attempt: tries, elapsed, retryAfter: sent?.retryAfter, deadline: DEADLINE_MS };
  if (!(cause instanceof UnexpectedAnswerError)) return retryDelay({ ...question, status }, random);
  return tries < UNREADABLE_TRIES ? retryDelay(question, random) : undefined;
}
