import { compile, evaluate, EvaluationError, type EvaluateOptions } from "../../../../definition";
import { around, exists, step } from "../samples";

/** The mistakes that an evaluation is refused with. */
function mistakesOf(definition: unknown, options: EvaluateOptions = {}): string[] {
  try {
    compile(definition, options);
  } catch (error) {
    if (error instanceof EvaluationError) return error.mistakes.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

const ref = (id: string) => ({ func: "segment-ref", id });
const range = { func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "june" } };
const metricAttr = { func: "attr", name: "metrics/orders" };

type Row = readonly [what: string, pred: object, options: EvaluateOptions, mistake: string];

const ROWS: readonly Row[] = [
  ["a new function", { func: "looks-like", val: 1 }, {}, 'container.pred.func: found "looks-like"'],
  [
    "a new step",
    { func: "sequence", stream: [step, { func: "loop-back" }] },
    {},
    'container.pred.stream[1].func: found "loop-back"',
  ],
  ["a new operand", { func: "exists", val: { func: "lookup" } }, {}, 'container.pred.val.func: found "lookup"'],
  [
    "a new model",
    { func: "exists", val: { ...exists.val, "allocation-model": { func: "half-life" } } },
    {},
    'container.pred.val.allocation-model.func: found "half-life"',
  ],
  [
    "a new context",
    { func: "container", context: "accounts", pred: exists },
    {},
    'container.pred.context: found "accounts"',
  ],
  [
    "a metric without its total",
    { func: "gt", num: 1, val: metricAttr },
    {},
    'container.pred.val.name: found "metrics/orders"',
  ],
  [
    "a regular expression",
    { func: "matches-regex", regex: "(", val: exists.val },
    {},
    "container.pred.regex: found an invalid",
  ],
  [
    "half a month",
    {
      func: "sequence",
      stream: [step, { func: "time-restriction", limit: "within", count: 0.5, unit: "month" }, step],
    },
    {},
    "container.pred.stream[1].count: found 0.5",
  ],
  [
    "changes of nothing",
    { func: "sequence", stream: [step, { func: "dimension-restriction", limit: "within", count: 1 }, step] },
    {},
    "container.pred.stream[1].attribute: missing",
  ],
  ["a date range that is not there", range, {}, 'container.pred.interval-value.id: found "june"'],
  [
    "a date range that is none",
    range,
    { dateRanges: () => "June" },
    'container.pred.interval-value.id: found the date range "June"',
  ],
  [
    "a rolling date range without the time",
    range,
    { dateRanges: () => "td-1d/td" },
    "container.pred.interval-value.id: found the rolling",
  ],
  ["a segment that is not there", ref("a"), {}, 'container.pred: found "a"'],
  ["a segment without a name", { func: "segment-ref" }, {}, "container.pred: names no segment"],
  [
    "a segment with two names",
    { func: "segment-ref", id: "a", segmentId: "b" },
    {},
    "container.pred: names two segments",
  ],
  [
    "a segment in itself",
    ref("a"),
    { segments: () => around(ref("a")) },
    'segment "a": container.pred: the segment "a" refers to itself',
  ],
  [
    "a mistake in another segment",
    ref("a"),
    { segments: () => around({ func: "looks-like" }) },
    'segment "a": container.pred.func: found "looks-like"',
  ],
  ["a time zone", exists, { timeZone: "Mars/Olympus" }, ': found the time zone "Mars/Olympus"'],
  [
    "a time zone in which months are counted",
    {
      func: "container",
      context: "visitors",
      pred: {
        func: "sequence",
        stream: [
          { func: "container", context: "hits", pred: exists },
          { func: "time-restriction", limit: "within", count: 1, unit: "month" },
          { func: "container", context: "hits", pred: exists },
        ],
      },
    },
    { timeZone: "Mars/Olympus" },
    ': found the time zone "Mars/Olympus"',
  ],
  [
    "a time zone in which a date range is read",
    { func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "5f" } },
    { timeZone: "Mars/Olympus", now: new Date(0), dateRanges: () => "td-1d/td" },
    ': found the time zone "Mars/Olympus"',
  ],
];

test.each(ROWS)("%s", (_, pred, options, mistake) => {
  const found = mistakesOf(around(pred), options);
  expect(found).toEqual([expect.stringContaining(mistake)]);
});

test("all mistakes are told at once, those of parse, too", () => {
  expect(mistakesOf(around({ func: "and", preds: [{ func: "looks-like" }, ref("a"), ref("a")] }))).toHaveLength(3);
  expect(mistakesOf({ func: "segment" }).length).toBeGreaterThan(1);
});

test("segments that refer to others many times cost little", () => {
  const segments = (id: string) =>
    around(id === "0" ? exists : { func: "and", preds: Array(3).fill(ref(String(Number(id) - 1))) });
  const events = [{ person: "p", session: "s", time: 0, values: { "variables/page": "a" } }];
  expect(evaluate(around(ref("60")), events, { segments }).persons).toEqual(["p"]);
  const mistakes = mistakesOf(around(ref("500")), { segments });
  expect(mistakes.length).toBeLessThan(10);
  expect(mistakes.join("\n")).toContain("more than 100 segments refer to each other in a row");
});

test("events are refused by their index", () => {
  const wrong = [
    { person: "p", session: "s", time: "2026-01-01", values: {} },
    { person: "p", session: "s", time: "yesterday", values: {} },
    { session: "s", time: NaN, values: {} },
    { person: "p", session: "s", time: 0, values: null },
    { person: "p", session: "s", time: 0, values: {}, persisted: null },
    null,
  ];
  expect(() => evaluate(around(exists), wrong as never)).toThrow(
    /events\[1\]\.time: found "yesterday".*\n.*events\[2\]\.person: found nothing.*\n.*events\[2\]\.time[^]*events\[3\]\.values: found null[^]*events\[4\]\.persisted: found null[^]*events\[5\]: found no event/,
  );
});

test("a message of very many mistakes ends", () => {
  const wrong = Array.from({ length: 1_000 }, () => ({ person: "p", session: "s", time: "x", values: {} }));
  expect(() => evaluate(around(exists), wrong)).toThrow("and 980 more mistakes");
});
