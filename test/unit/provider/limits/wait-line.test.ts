import { rateLimitsOf } from "../../../../provider/limits/rate-limits";
import { formatWait } from "../../../../provider/limits/limiter";

const { cja, ims } = rateLimitsOf({ requestsPerMinute: 60, maxConcurrent: 6 });

test.each<[string, number, [string, number][]]>([
  [
    "Waiting about 5 min 20 s for Adobe's limit of 60 requests a minute; 312 requests are queued (CJA writes).",
    320_000,
    [["CJA writes", 312]],
  ],
  ["Waiting about 36 s for Adobe's limit of 60 requests a minute; 1 request is queued (jobs).", 36_000, [["jobs", 1]]],
  [
    "Waiting about 7 s for Adobe's limit of 60 requests a minute; 9 requests are queued (8 CJA writes, 1 CJA reads).",
    7_000,
    [
      ["CJA writes", 8],
      ["CJA reads", 1],
    ],
  ],
])("%s", (line, ms, queued) => {
  expect(formatWait({ ms, queued: new Map(queued) }, cja)).toBe(line);
});

test("the published limits", () => {
  expect(cja).toEqual({
    windows: [
      { requests: 60, ms: 60_000 },
      { requests: 12, ms: 6_000 },
    ],
    maxConcurrent: 6,
  });
  expect(rateLimitsOf({ requestsPerMinute: 600, maxConcurrent: 6 }).platform.windows[1]).toEqual({
    requests: 120,
    ms: 6_000,
  });
  expect(ims.maxConcurrent).toBe(1);
});
