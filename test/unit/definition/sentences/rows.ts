import { around, exists, orders, page, sequenceOf, step } from "../samples";

/** A row of the grammar: the function, a definition with it, and the sentence. */
export type Row = readonly [func: string, json: unknown, sentence: string];

export const home = { func: "streq", str: "Home", val: page };
export const total = { func: "total", evt: orders };
export const hits = (pred: unknown, fields = {}) => ({ func: "container", context: "hits", pred, ...fields });
export const and = (...preds: unknown[]) => ({ func: "and", preds });
export const or = (...preds: unknown[]) => ({ func: "or", preds });
export const without = (pred: unknown) => ({ func: "without", pred });
export const exclude = { func: "exclude-next-checkpoint" };
export const steps = (...lines: readonly string[]) =>
  ["Sessions where these steps happen in order:", ...lines.map((line) => `  ${line}`)].join("\n");

const text = (func: string) => around({ func, str: "Home", val: page });
const texts = (func: string) => around({ func, list: ["Cart", "Checkout"], val: page });
const number = (func: string) => around({ func, num: 2, val: total });
const numbers = (func: string) => around({ func, list: [1, 2.5], val: total });
const then = (restriction: unknown) => sequenceOf(step, restriction, hits(home));
const restricted = (words: string) =>
  steps("first, Events where page exists", `then, ${words}, Events where page is "Home"`);
const time = { func: "time-restriction", limit: "within", count: 3, unit: "day" };
const counting = (model: unknown) => around({ ...exists, val: { ...page, "allocation-model": model } });

/** Leaves: https://developer.adobe.com/analytics-apis/docs/2.0/guides/endpoints/segments/definition/ */
const LEAVES: readonly Row[] = [
  ["streq", text("streq"), 'Sessions where page is "Home"'],
  ["not-streq", text("not-streq"), 'Sessions where page is not "Home"'],
  ["strlt", text("strlt"), 'Sessions where page comes before "Home"'],
  ["strgt", text("strgt"), 'Sessions where page comes after "Home"'],
  ["strle", text("strle"), 'Sessions where page is or comes before "Home"'],
  ["strge", text("strge"), 'Sessions where page is or comes after "Home"'],
  ["contains", text("contains"), 'Sessions where page contains "Home"'],
  ["not-contains", text("not-contains"), 'Sessions where page does not contain "Home"'],
  ["starts-with", text("starts-with"), 'Sessions where page starts with "Home"'],
  ["not-starts-with", text("not-starts-with"), 'Sessions where page does not start with "Home"'],
  ["ends-with", text("ends-with"), 'Sessions where page ends with "Home"'],
  ["not-ends-with", text("not-ends-with"), 'Sessions where page does not end with "Home"'],
  ["streq-in", texts("streq-in"), 'Sessions where page is one of "Cart", "Checkout"'],
  ["not-streq-in", texts("not-streq-in"), 'Sessions where page is none of "Cart", "Checkout"'],
  ["contains-any-of", texts("contains-any-of"), 'Sessions where page contains any of "Cart", "Checkout"'],
  ["contains-all-of", texts("contains-all-of"), 'Sessions where page contains all of "Cart", "Checkout"'],
  [
    "not-contains-any-of",
    texts("not-contains-any-of"),
    'Sessions where page does not contain any of "Cart", "Checkout"',
  ],
  [
    "not-contains-all-of",
    texts("not-contains-all-of"),
    'Sessions where page does not contain all of "Cart", "Checkout"',
  ],
  ["matches", around({ func: "matches", glob: "a*", val: page }), 'Sessions where page matches the pattern "a*"'],
  [
    "not-matches",
    around({ func: "not-matches", glob: "a\\*", val: page }),
    'Sessions where page does not match the pattern "a\\\\*"',
  ],
  [
    "matches-regex",
    around({ func: "matches-regex", regex: "^a$", val: page }),
    'Sessions where page matches the regular expression "^a$"',
  ],
  ["eq", number("eq"), "Sessions where orders equals 2"],
  ["not-eq", number("not-eq"), "Sessions where orders does not equal 2"],
  ["gt", number("gt"), "Sessions where orders is greater than 2"],
  ["lt", number("lt"), "Sessions where orders is less than 2"],
  ["ge", number("ge"), "Sessions where orders is at least 2"],
  ["le", number("le"), "Sessions where orders is at most 2"],
  ["eq-any-of", numbers("eq-any-of"), "Sessions where orders equals any of 1, 2.5"],
  ["not-eq-any-of", numbers("not-eq-any-of"), "Sessions where orders does not equal any of 1, 2.5"],
  ["eq-in", numbers("eq-in"), "Sessions where orders is one of 1, 2.5"],
  ["not-eq-in", numbers("not-eq-in"), "Sessions where orders is none of 1, 2.5"],
  ["exists", around(exists), "Sessions where page exists"],
  ["not-exists", around({ ...exists, func: "not-exists" }), "Sessions where page does not exist"],
  ["event-exists", around({ func: "event-exists", evt: orders }), "Sessions where orders occurs"],
  ["not-event-exists", around({ func: "not-event-exists", evt: orders }), "Sessions where orders does not occur"],
  [
    "range",
    around({ func: "range", low: 1, high: 5, val: total }),
    "Sessions where orders lies in the range from 1 to 5",
  ],
  [
    "range",
    around({ func: "range", low: 500, high: null, val: { func: "attr", name: "metrics/revenue" } }),
    "Sessions where the metric revenue lies in the range from 500 up",
  ],
  ["range", around({ func: "range", high: -1.5, val: total }), "Sessions where orders lies in the range to -1.5"],
  ["range", around({ func: "range", val: total }), "Sessions where orders lies in a range without bounds"],
  [
    "datetime-within",
    around({ func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "r1" } }),
    "Sessions where the date range r1 applies",
  ],
  ["segment-ref", around({ func: "segment-ref", id: "s1" }), "Sessions where the segment s1 applies"],
  [
    "segment-ref",
    around({ func: "segment-ref", segmentId: "s1" }),
    "Sessions where an unnamed segment with segmentId s1 applies",
  ],
  [
    "segment-ref",
    around({ func: "segment-ref", id: "s1", segmentId: "s2", description: "x" }),
    'Sessions where the segment s1 with segmentId s2 applies (labelled "x")',
  ],
  ["segment-ref", around({ func: "segment-ref" }), "Sessions where an unnamed segment applies"],
];

/** Containers and booleans: section 2. */
const CONDITIONS: readonly Row[] = [
  ["container", around(exists, "hits"), "Events where page exists"],
  ["container", around(exists, "visitors"), "Persons where page exists"],
  ["container", around(hits(exists)), "Sessions with Events where page exists"],
  [
    "container",
    around(hits(exists, { description: "Any page" })),
    'Sessions with Events (labelled "Any page") where page exists',
  ],
  ["container", around(exists, "session"), 'Sessions (written as "session") where page exists'],
  ["segment", around({ ...hits(exists), func: "segment" }), 'Sessions with Events (as a "segment") where page exists'],
  ["and", around(and(exists, home)), 'Sessions where all of:\n  - page exists\n  - page is "Home"'],
  ["or", around(or(exists, home)), 'Sessions where any of:\n  - page exists\n  - page is "Home"'],
  ["without", around(without(exists)), "Sessions where it is not true that page exists"],
  ["without", around(without(hits(exists))), "Sessions where there are no Events where page exists"],
  [
    "without",
    around(without(and(exists, home))),
    'Sessions where it is not true that all of:\n  - page exists\n  - page is "Home"',
  ],
  ["not", around({ func: "not", pred: exists }), "Sessions where not: page exists"],
];

/** Operands and their models: sections 3 and 7. */
const OPERANDS: readonly Row[] = [
  ["attr", around({ func: "eq", num: 5, val: page }), "Sessions where the value of page equals 5"],
  [
    "attr",
    around({ ...exists, val: { func: "attr", name: "variables/web.webPageDetails.name", description: "Page" } }),
    'Sessions where web.webPageDetails.name (labelled "Page") exists',
  ],
  [
    "attr",
    around({ ...exists, val: { func: "attr", name: "metrics/orders" } }),
    "Sessions where the metric orders exists",
  ],
  [
    "event",
    around({ func: "event-exists", evt: { ...orders, description: "Sales" } }),
    'Sessions where orders (labelled "Sales") occurs',
  ],
  ["total", around({ func: "ge", num: 2, val: total }), "Sessions where orders is at least 2"],
  [
    "total-distinct",
    around({ func: "gt", num: 1e21, val: { func: "total-distinct", field: page } }),
    "Sessions where the number of different values of page is greater than 1e+21",
  ],
  ["allocation-instance", counting({ func: "allocation-instance" }), "Sessions where page (counting instances) exists"],
  [
    "allocation-dedupedInstance",
    counting({ func: "allocation-dedupedInstance", context: "visitors" }),
    "Sessions where page (counting once per Person) exists",
  ],
  [
    "allocation-dedupedInstance",
    counting({ func: "allocation-dedupedInstance", context: "sessions" }),
    "Sessions where page (counting once per Session) exists",
  ],
  [
    "datetime-interval-ref",
    around({
      func: "datetime-within",
      "interval-value": { func: "datetime-interval-ref", id: "r 1", description: "May" },
    }),
    'Sessions where the date range r 1 (labelled "May") applies',
  ],
];

/** Sequences: section 5. */
const SEQUENCES: readonly Row[] = [
  [
    "sequence",
    sequenceOf(step, hits(home)),
    steps("first, Events where page exists", 'then, Events where page is "Home"'),
  ],
  [
    "sequence",
    around({ func: "sequence", context: "visits", stream: [step] }, "visitors"),
    "Persons where these steps happen in order within one Session:\n  first, Events where page exists",
  ],
  [
    "sequence-prefix",
    around({ func: "sequence-prefix", context: "visitors", stream: [step] }, "hits"),
    "Events where only what comes after these steps counts, in order within one Person:\n  first, Events where page exists",
  ],
  [
    "sequence-suffix",
    around({ func: "sequence-suffix", context: "hits", stream: [step] }, "hits"),
    "Events where only what comes before these steps counts, in order within one Event:\n  first, Events where page exists",
  ],
  [
    "sequence-and",
    sequenceOf({ func: "sequence-and", checkpoints: [step, hits(home)] }),
    steps(
      "first, all of these steps, in any order:",
      "  - Events where page exists",
      '  - Events where page is "Home"',
    ),
  ],
  [
    "sequence-or",
    around({ func: "sequence-or", checkpoints: [step] }),
    "Sessions where at least one of these steps:\n  - Events where page exists",
  ],
  ["time-restriction", then(time), restricted("within 3 days")],
  ["time-restriction", then({ ...time, limit: "after", count: "1", unit: "hour" }), restricted("after 1 hour")],
  ["time-restriction", then({ ...time, limit: "before", unit: "month" }), restricted("before 3 months")],
  ["time-restriction", then({ ...time, container: "hits" }), restricted("within 3 days counted on Events")],
  ["time-restriction", then({ ...time, count: "03" }), restricted('within "03" days')],
  [
    "container-restriction",
    then({ func: "container-restriction", limit: "within", count: 5, container: "hits" }),
    restricted("within 5 events"),
  ],
  [
    "container-restriction",
    then({ func: "container-restriction", limit: "after", count: 1, container: "visits" }),
    restricted("after 1 session"),
  ],
  [
    "container-restriction",
    then({ func: "container-restriction", limit: "after", count: 2 }),
    restricted("after 2 containers"),
  ],
  [
    "dimension-restriction",
    then({ func: "dimension-restriction", limit: "within", count: 2, attribute: page }),
    restricted("within 2 values of page"),
  ],
  [
    "dimension-restriction",
    then({ func: "dimension-restriction", limit: "within", count: 1 }),
    restricted("within 1 value"),
  ],
  [
    "exclude-next-checkpoint",
    sequenceOf(step, exclude, hits(home), step),
    steps(
      "first, Events where page exists",
      'but never in between, Events where page is "Home"',
      "then, Events where page exists",
    ),
  ],
  [
    "exclude-next-checkpoint",
    sequenceOf(step, exclude, hits(home)),
    steps("first, Events where page exists", 'but never after that, Events where page is "Home"'),
  ],
  [
    "exclude-next-checkpoint",
    sequenceOf(exclude, hits(home), step),
    steps('never before the next step, Events where page is "Home"', "first, Events where page exists"),
  ],
  ["exclude-next-checkpoint", sequenceOf(exclude, hits(home)), steps('never, Events where page is "Home"')],
  [
    "exclude-next-checkpoint",
    sequenceOf(step, time, exclude, hits(home), exclude, time, step, step),
    steps(
      "first, Events where page exists",
      'within 3 days, but never in between, Events where page is "Home"',
      "but never in between, within 3 days, Events where page exists",
      "then, Events where page exists",
    ),
  ],
  [
    "time-restriction",
    sequenceOf(step, time, { ...time, limit: "after", unit: "hour" }),
    steps("first, Events where page exists", "and at the end, within 3 days, after 3 hours"),
  ],
  ["time-restriction", sequenceOf(time, step), steps("first, within 3 days, Events where page exists")],
];

/** Every function of the language. */
export const ROWS: readonly Row[] = [...LEAVES, ...CONDITIONS, ...OPERANDS, ...SEQUENCES];
