import type { Clock } from "./http/clock";

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
