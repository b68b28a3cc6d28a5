import { fc } from "../../../properties";
import { DEADLINE_MS, isRetried, parseRetryAfter, retryDelay } from "../../../../provider/http/retry";

const middle = () => 0.5;

describe("retryDelay", () => {
  test.each([
    ["the first fault waits a part of half a second", { attempt: 1 }, 250],
    ["it doubles", { attempt: 4 }, 2_000],
    ["up to 20 s", { attempt: 12 }, 10_000],
    ["a 5xx is a fault", { attempt: 1, status: 503 }, 250],
    ["a 429 waits longer, and at least half of it", { attempt: 1, status: 429 }, 1_500],
    ["a 429 goes up to 30 s", { attempt: 12, status: 429 }, 22_500],
    ["the service's own time counts, with a little spread", { attempt: 5, status: 429, retryAfter: 7_000 }, 7_250],
    ["also of a 503", { attempt: 1, status: 503, retryAfter: 3_000 }, 3_250],
    ["Retry-After: 0 is no invitation to hammer", { attempt: 1, status: 429, retryAfter: 0 }, 1_500],
    ["what says no for good is not repeated", { attempt: 1, status: 400 }, undefined],
    ["a time beyond the deadline is not waited for", { attempt: 1, status: 429, retryAfter: 121_000 }, undefined],
    ["nor anything when the time is over", { attempt: 3, elapsedMs: 119_900 }, undefined],
  ])("%s", (_, question, expected) => {
    expect(retryDelay({ elapsedMs: 0, deadline: DEADLINE_MS, ...question }, middle)).toBe(expected);
  });

  const status = fc.option(fc.constantFrom(408, 425, 429, 500, 502, 503, 504), { nil: undefined });
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test("never past the deadline, and it gives up in the end", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400_000 }),
        fc.infiniteStream(
          fc.record({
            status,
            random,
            took: fc.integer({ min: 1, max: 70_000 }),
            retryAfter: fc.option(fc.integer({ min: 0, max: 500_000 }), { nil: undefined }),
          }),
        ),
        (deadline, faults) => {
          let elapsedMs = 0;
          let attempt = 0;
          for (const fault of faults) {
            attempt += 1;
            elapsedMs += fault.took;
            const delay = retryDelay(
              { attempt, elapsedMs, deadline, status: fault.status, retryAfter: fault.retryAfter },
              () => fault.random,
            );
            if (delay === undefined) break;
            expect(delay).toBeGreaterThanOrEqual(0);
            elapsedMs += delay;
            expect(elapsedMs).toBeLessThanOrEqual(deadline);
          }
        },
      ),
    );
  });

  test("never sooner than the service asks, nor longer than the cap", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        status,
        random,
        fc.integer({ min: 0, max: 10 ** 9 }),
        (attempt, code, chance, retryAfter) => {
          const delay = retryDelay(
            { attempt, elapsedMs: 0, status: code, retryAfter, deadline: Infinity },
            () => chance,
          );
          expect(delay).toBeGreaterThanOrEqual(retryAfter);
          expect(delay).toBeLessThanOrEqual(retryAfter > 0 ? retryAfter + 500 : code === 429 ? 30_000 : 20_000);
        },
      ),
    );
  });
});

test("exactly the statuses that may pass by themselves are repeated", () => {
  const all = Array.from({ length: 500 }, (_, index) => index + 100);
  expect(all.filter(isRetried)).toEqual([408, 425, 429, 500, 502, 503, 504]);
});

describe("parseRetryAfter", () => {
  const now = Date.parse("Wed, 21 Oct 2026 07:28:00 GMT");
  test.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["1.5", 1_500],
    ["Wed, 21 Oct 2026 07:28:09 GMT", 9_000],
    ["Wed, 21 Oct 2026 07:00:00 GMT", 0],
    ["soon", undefined],
    ["-5", undefined],
    ["5 apples", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%p is %p", (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});
