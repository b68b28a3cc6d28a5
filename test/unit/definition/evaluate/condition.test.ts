import type { EvaluateOptions, SampleEvent, Values } from "../../../../definition";
import { container, hit, is, page, selected, visit, visits } from "./events";

const list = { "variables/page": ["a", "b"] };
const nothing = { "variables/other": "x" };
const text = (func: string, str: string): object => ({ func, str, val: page });
const texts = (func: string, ...list: readonly string[]): object => ({ func, list, val: page });
const number = (func: string, num: number, val: object = page): object => ({ func, num, val });
const without = (pred: object): object => ({ func: "without", pred });
const glob = (func: string, glob: string): object => ({ func, glob, val: page });
const exists = { func: "exists", val: page };
const event = (name: string): object => ({ func: "event", name: `metrics/${name}` });
const total = (name: string): object => ({ func: "total", evt: event(name) });
const distinct = { func: "total-distinct", field: page };

type Row = readonly [what: string, pred: object, values: readonly (string | Values)[], selected: string];

/** Conditions on events, and the indexes of the events that satisfy them. */
const ON_EVENTS: readonly Row[] = [
  ["streq minds case", text("streq", "Home"), ["Home", "home", "Home "], "0"],
  [
    "streq compares numbers and booleans as text",
    text("streq", "1"),
    [{ "variables/page": 1 }, { "variables/page": true }],
    "0",
  ],
  ["streq of an empty text", text("streq", ""), ["", nothing, { "variables/page": null }], "0"],
  [
    "not-streq asks for another value, or for none",
    text("not-streq", "a"),
    ["a", "b", list, nothing, { "variables/page": [] }],
    "1 2 3 4",
  ],
  ["without streq asks that none is the value", without(is("a")), ["a", "b", list, nothing], "1 3"],
  ["strlt compares code units", text("strlt", "a"), ["B", "a", "b"], "0"],
  ["strge", text("strge", "a"), ["B", "a", "b"], "1 2"],
  ["contains minds case", text("contains", "om"), ["Home", "HOME"], "0"],
  ["starts-with", text("starts-with", "Ho"), ["Home", "home", "xHo"], "0"],
  ["not-ends-with", text("not-ends-with", "me"), ["Home", "Cart", nothing], "1 2"],
  ["streq-in", texts("streq-in", "a", "b"), ["a", "b", "c", "A"], "0 1"],
  ["contains-all-of in one value", texts("contains-all-of", "a", "b"), ["ba", list, "a"], "0"],
  ["contains-any-of", texts("contains-any-of", "a", "b"), ["xa", "b", "c"], "0 1"],
  ["not-contains-all-of", texts("not-contains-all-of", "a", "b"), ["ab", "a", nothing], "1 2"],
  ["a pattern is of the whole value", glob("matches", "a*e"), ["ae", "abcde", "xae", "aex"], "0 1"],
  ["a pattern without a star", glob("matches", "ae"), ["ae", "aee"], "0"],
  ["a star in a pattern", glob("matches", "My \\* p*"), ["My * product", "My cool product"], "0"],
  ["pieces of a pattern do not overlap", glob("matches", "ab*ba"), ["aba", "abba"], "1"],
  ["the last pieces do not overlap, either", glob("matches", "a*b*b"), ["ab", "abb"], "1"],
  ["visits occur on each event", { func: "event-exists", evt: event("visits") }, [{}, { "metrics/visits": 0 }], "0"],
  ["several pieces", glob("not-matches", "*a*b*"), ["xaxbx", "ba", "a\nb"], "1"],
  ["a regular expression is found anywhere", { func: "matches-regex", regex: "a.c", val: page }, ["xabcx", "ac"], "0"],
  [
    "eq of texts that are numbers",
    number("eq", 10),
    ["10", " 1e1 ", "0xa", "ten", "", { "variables/page": 10 }, { "variables/page": true }],
    "0 1 5",
  ],
  ["not-eq of what is no number", number("not-eq", 10), ["10", "ten", nothing], "1 2"],
  ["lt and no number", number("lt", 1), ["0", "", "x", "-1"], "0 3"],
  ["eq-in", { func: "eq-in", list: [1, 2], val: page }, ["1", "2", "3"], "0 1"],
  ["a range has its bounds", { func: "range", low: 1, high: 2, val: page }, ["0.9", "1", "2", "2.1"], "1 2"],
  ["exists", exists, ["a", "", nothing, { "variables/page": null }, { "variables/page": [] }], "0 1"],
  ["not-exists", { func: "not-exists", val: page }, ["a", nothing, { "variables/page": [] }], "1 2"],
  [
    "event-exists",
    { func: "event-exists", evt: event("m") },
    [{ "metrics/m": 2 }, { "metrics/m": 0 }, { "metrics/m": [1, -1] }, { "metrics/m": "x" }, {}],
    "0",
  ],
  [
    "not-event-exists",
    { func: "not-event-exists", evt: event("m") },
    [{ "metrics/m": true }, { "metrics/m": 0 }, {}],
    "1 2",
  ],
  ["a total of one event", number("ge", 3, total("m")), [{ "metrics/m": ["1", 1, true] }, { "metrics/m": "2" }], "0"],
  [
    "occurrences",
    number("eq", 1, total("occurrences")),
    [{}, { "metrics/occurrences": 2 }, { "metrics/occurrences": null }],
    "0 2",
  ],
  ["without a value there are no distinct ones", number("eq", 0, distinct), ["a", nothing, list], "1"],
];

test.each(ON_EVENTS)("events: %s", (_, pred, values, found) => {
  expect(selected(pred, "hits", visit(...values))).toBe(found);
});

const twoVisits = visits(["a", "b"], ["a", "c"]);
const sold = visits([{ "metrics/m": 2 }, { "metrics/m": 3 }], [{ "metrics/m": 4 }]);

/** Conditions on wider units: the events 0 and 1 are of the first session, 2 and 3 of the second. */
const ON_UNITS: readonly (readonly [
  what: string,
  pred: object,
  context: string,
  events: readonly SampleEvent[],
  found: string,
])[] = [
  ["one of a session's events", is("b"), "visits", twoVisits, "0 1"],
  ["one of a person's events", is("b"), "visitors", twoVisits, "0 1 2 3"],
  [
    "conditions of a session on different events",
    { func: "and", preds: [is("a"), is("b")] },
    "visits",
    twoVisits,
    "0 1",
  ],
  ["conditions of one event", container("hits", { func: "and", preds: [is("a"), is("b")] }), "visits", twoVisits, ""],
  [
    "conditions of one session",
    container("visits", { func: "and", preds: [is("b"), is("c")] }),
    "visitors",
    twoVisits,
    "",
  ],
  ["one of them", { func: "or", preds: [is("b"), is("x")] }, "visits", twoVisits, "0 1"],
  [
    "not a value in sessions is another one",
    { func: "not-streq", str: "b", val: page },
    "visits",
    twoVisits,
    "0 1 2 3",
  ],
  ["without a value in sessions", without(is("b")), "visits", twoVisits, "2 3"],
  ["not, too", { func: "not", pred: is("b") }, "visits", twoVisits, "2 3"],
  ["a narrower container", hit("b"), "visits", twoVisits, "0 1"],
  ["a wider container is the whole unit around", container("visits", is("b")), "hits", twoVisits, "0 1"],
  [
    "a wider container around each event",
    { func: "and", preds: [is("a"), container("visits", is("c"))] },
    "hits",
    twoVisits,
    "2",
  ],
  ["the person around", container("visitors", is("c")), "hits", twoVisits, "0 1 2 3"],
  [
    "containers of any order",
    container("visitors", container("visits", container("hits", is("c")))),
    "visits",
    twoVisits,
    "0 1 2 3",
  ],
  ["the total of a session", number("ge", 5, total("m")), "visits", sold, "0 1"],
  ["the total of a person", number("eq", 9, total("m")), "visitors", sold, "0 1 2"],
  [
    "a range of a metric is its total",
    { func: "range", low: 5, val: { func: "attr", name: "metrics/m" } },
    "visits",
    sold,
    "0 1",
  ],
  ["not-eq of a total", number("not-eq", 5, total("m")), "visits", sold, "2"],
  ["distinct values", number("eq", 3, distinct), "visitors", twoVisits, "0 1 2 3"],
  ["visits of a person", number("eq", 2, total("visits")), "visitors", twoVisits, "0 1 2 3"],
  ["visits of a session", number("eq", 1, total("visits")), "visits", twoVisits, "0 1 2 3"],
  ["visitors", number("eq", 1, total("visitors")), "visitors", twoVisits, "0 1 2 3"],
  [
    "visits that are given",
    number("eq", 7, total("visits")),
    "visitors",
    visits([{ "metrics/visits": 7 }, {}], [{}]),
    "0 1 2",
  ],
  ["the words of the UI", container("session", container("event", is("b"))), "person", twoVisits, "0 1 2 3"],
];

test.each(ON_UNITS)("units: %s", (_, pred, context, events, found) => {
  expect(selected(pred, context, events)).toBe(found);
});

const model = (func: string, context?: string): object => ({
  ...page,
  "allocation-model": { func, ...(context === undefined ? {} : { context }) },
});

// The table of https://experienceleague.adobe.com/en/docs/analytics-platform/using/cja-components/cja-segments/seg-builder#attribution
const attributed = (sessions: readonly string[]): SampleEvent[] =>
  ["Women", "Men", "Women", undefined, "Checkout", "Women", "Home"].map((set, index) => ({
    person: "p",
    session: sessions[index] ?? "s1",
    time: index,
    ...(set === undefined
      ? { values: {}, persisted: { "variables/page": "Women" } }
      : { values: { "variables/page": set } }),
  }));

test.each([
  ["repeating", page, "0 2 3 5"],
  ["instances", model("allocation-instance"), "0 2 5"],
  ["instances that do not repeat", model("allocation-dedupedInstance", "visitors"), "0 2 5"],
] as const)("allocation as Adobe shows it: %s", (_, val, found) => {
  expect(selected(is("Women", val), "hits", attributed([]))).toBe(found);
});

const repeated = visits(["a", nothing, "a"], [{ "variables/page": ["b", "a"] }, "b", "a"]);

test.each([
  ["of the person", "visitors", "0 5"],
  ["of the session", "sessions", "0 3 5"],
])("a value that is set again is no new instance %s", (_, context, found) => {
  expect(selected(is("a", model("allocation-dedupedInstance", context)), "hits", repeated)).toBe(found);
});

test("what is set again is not counted, either", () => {
  const instances = { func: "total-distinct", field: model("allocation-dedupedInstance", "visitors") };
  expect(selected(number("eq", 0, instances), "hits", visit("a", "a", "b"))).toBe("1");
});

const range = { func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "june" } };

test("a date range has its start and not its end, in the time zone", () => {
  const times = [
    "2026-05-31T21:59:59.999Z",
    "2026-05-31T22:00:00Z",
    "2026-06-30T21:59:59.999Z",
    "2026-06-30T22:00:00Z",
  ];
  const events = times.map((time) => ({ person: "p", session: "s", time, values: {} }));
  const options: EvaluateOptions = {
    timeZone: "Europe/Berlin",
    dateRanges: (id) => (id === "june" ? "2026-06-01T00:00:00.000/2026-07-01T00:00:00.000" : undefined),
  };
  expect(selected(range, "hits", events, options)).toBe("1 2");
});

test("another segment is its outermost container", () => {
  const segments = (id: string): unknown => ({
    func: "segment",
    version: [1, 0, 0],
    container: id === "inner" ? container("visits", is("b")) : container("hits", { func: "segment-ref", id: "inner" }),
  });
  const reference = { func: "segment-ref", segmentId: "outer" };
  expect(selected(reference, "hits", twoVisits, { segments })).toBe("0 1");
  expect(selected({ func: "and", preds: [reference, is("b")] }, "visits", twoVisits, { segments })).toBe("0 1");
});
