import type { Answer, Place } from "../place";
import { statement, type Statement } from "../statement";

const perMinute = "limits > Requests per minute: 60 requests per minute per organization";
const concurrent = "limits > Concurrent requests: Maximum 6 concurrent requests per organization";
const path = "/segments";

/** The limits of the guide alone, without the FAQ's burst limit, which would be met first. */
async function guideLimits(place: Place): Promise<void> {
  await place.control("PUT", "/limits", { burst: 1000 });
}

/** Requests one after the other; how many of them were answered with 200. */
async function succeeding(place: Place, count: number): Promise<number> {
  let succeeded = 0;
  for (let each = 0; each < count; each += 1) succeeded += (await place.ask({ path })).status === 200 ? 1 : 0;
  return succeeded;
}

/**
 * Requests that are all in flight together. The service holds the first ones until they are given up here, so that the
 * next one meets them whatever the machine's speed.
 *
 * @returns the first answer that comes
 */
async function together(place: Place, held: number): Promise<Answer> {
  await place.control("POST", "/faults", { hang: true, times: held });
  const giveUp = new AbortController();
  const asks = Array.from({ length: held + 1 }, () => place.ask({ path, signal: giveUp.signal }));
  const settled = Promise.allSettled(asks);
  const first = await Promise.race(asks);
  giveUp.abort();
  await settled;
  return first;
}

/** Asks until the service has noticed that nothing is in flight any more; a refused request is not counted. */
async function untilFree(place: Place): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) if ((await place.ask({ path })).status === 200) return;
  throw new Error("the service is busy for ever");
}

export const limitStatements: readonly Statement[] = [
  statement({
    of: [perMinute, "errors > 429 Too Many Requests"],
    says: "60 pass, the next one is refused, and a minute later requests pass again",
    place: { limits: true },
    given: async (place) => {
      await guideLimits(place);
      return succeeding(place, 60);
    },
    ask: { path },
    answer: async ({ status }, { place, given }) => {
      expect(given).toBe(60);
      expect(status).toBe(429);
      await place.advance(60_000);
      expect((await place.ask({ path })).status).toBe(200);
    },
  }),
  statement({
    of: perMinute,
    says: "the minute is counted from the requests, not from the clock's minute",
    place: { limits: true },
    given: async (place) => {
      await guideLimits(place);
      await succeeding(place, 30);
      await place.advance(40_000);
      await succeeding(place, 30);
      await place.advance(15_000);
    },
    ask: { path },
    answer: async ({ status }, { place }) => {
      expect(status).toBe(429);
      await place.advance(5_000);
      expect((await place.ask({ path })).status).toBe(200);
    },
  }),
  statement({
    of: [concurrent, "errors > 429 Too Many Requests"],
    says: "a seventh request beside six is refused",
    place: { limits: true },
    given: async (place) => {
      const seventh = await together(place, 6);
      await untilFree(place);
      return seventh;
    },
    ask: { path },
    answer: ({ status }, { given }) => {
      expect(given.status).toBe(429);
      expect(status).toBe(200);
    },
  }),
  statement({
    of: concurrent,
    says: "a sixth request beside five passes",
    place: { limits: true },
    given: (place) => together(place, 5),
    ask: { path },
    answer: (_answer, { given }) => expect(given.status).toBe(200),
  }),
];
