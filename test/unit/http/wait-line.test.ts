import { allowancesOf } from "../../../provider/http/budgets";
import { waitLine } from "../../../provider/http/wait-line";

const { cja, ims } = allowancesOf({ requestsPerMinute: 60, maxConcurrent: 6 });

test.each<[string, number, [string, number][]]>([
  ["312 requests left (CJA writes), about 5 min 20 s: 60 are allowed a minute", 320_000, [["CJA writes", 312]]],
  ["1 request left (jobs), about 36 s: 60 are allowed a minute", 36_000, [["jobs", 1]]],
  [
    "9 requests left (8 CJA writes, 1 CJA reads), about 7 s: 60 are allowed a minute",
    7_000,
    [
      ["CJA writes", 8],
      ["CJA reads", 1],
    ],
  ],
])("%s", (line, ms, queued) => {
  expect(waitLine({ ms, queued: new Map(queued) }, cja)).toBe(line);
});

test("the published limits", () => {
  expect(cja).toEqual({
    windows: [
      { requests: 60, ms: 60_000 },
      { requests: 12, ms: 6_000 },
    ],
    maxConcurrent: 6,
  });
  expect(allowancesOf({ requestsPerMinute: 600, maxConcurrent: 6 }).platform.windows[1]).toEqual({
    requests: 120,
    ms: 6_000,
  });
  expect(ims.maxConcurrent).toBe(1);
});
