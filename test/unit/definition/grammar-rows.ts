/** A definition of every row of the grammar that Adobe documents or its UI writes, beside one that breaks it. */
import { around, exists, orders, page, sequenceOf, step } from "./samples";

type Keys = Record<string, unknown>;

const total = { func: "total", evt: orders };
const prefix = (name: string, fields: Keys): Keys => ({ func: name, ...fields });
const one = (str: string) =>
  [str, { str: "x", val: page }, { str: 5, val: page }, "str", /the number 5, write the string "5"/] as const;
const many = (func: string) =>
  [
    func,
    { list: ["x"], val: page },
    { list: "x", val: page },
    "list",
    /the string "x", write a list: \["x"\]/,
  ] as const;
const num = (func: string) =>
  [func, { num: 5, val: total }, { num: "5", val: total }, "num", /found the string "5", write the number 5$/] as const;
const nums = (func: string) =>
  [func, { list: [1, 2], val: page }, { list: [1, "2"], val: page }, "list[1]", /write the number 2/] as const;

/** func, what is right, what is wrong, the path of the mistake below the node, and the message. */
type Row = readonly [func: string, right: Keys, wrong: Keys, path: string, message: RegExp];

// Section 2, 4 and 5: what stands in `pred`.
const PREDICATES: readonly Row[] = [
  [
    "container",
    { context: "hits", pred: exists },
    { context: "hit", pred: exists },
    "context",
    /allowed are "hits", "visits", "visitors"/,
  ],
  [
    "container",
    { context: "visitors", description: "Came back", pred: step },
    { context: "visitors", description: 5, pred: step },
    "description",
    /the number 5, write the string "5"/,
  ],
  ["and", { preds: [exists, step] }, { preds: [] }, "preds", /empty list/],
  ["or", { preds: [exists, step] }, { preds: exists }, "preds", /found an object, put it into a list/],
  ["without", { pred: step }, { pred: [exists] }, "pred", /found a list, .* "and", "preds"/],
  ["not", { pred: exists }, {}, "pred", /missing, add "pred"/],
  one("streq"),
  one("not-streq"),
  one("strlt"),
  one("strgt"),
  one("strle"),
  one("strge"),
  one("contains"),
  one("not-contains"),
  one("starts-with"),
  one("not-starts-with"),
  one("ends-with"),
  one("not-ends-with"),
  many("streq-in"),
  many("not-streq-in"),
  many("contains-any-of"),
  many("contains-all-of"),
  many("not-contains-any-of"),
  many("not-contains-all-of"),
  ["matches", { glob: "a*\\*", val: page }, { val: page }, "glob", /missing, add "glob": "…"/],
  ["not-matches", { glob: "", val: page }, { glob: null, val: page }, "glob", /found null, write a string/],
  ["matches-regex", { regex: "^a", val: page }, { regex: ["^a"], val: page }, "regex", /found a list, write a string/],
  num("eq"),
  num("not-eq"),
  num("gt"),
  num("lt"),
  num("ge"),
  num("le"),
  nums("eq-any-of"),
  nums("not-eq-any-of"),
  nums("eq-in"),
  nums("not-eq-in"),
  ["exists", { val: page }, { val: orders }, "val", /"event-exists"/],
  ["not-exists", { val: page }, {}, "val", /missing, add "val": \{"func": "attr"/],
  ["event-exists", { evt: orders }, { val: orders }, "val", /did you mean "evt"/],
  ["not-event-exists", { evt: orders }, { evt: page }, "evt", /"attr" cannot stand here/],
  [
    "range",
    { val: { ...page, name: "metrics/revenue" }, low: 5, high: null },
    { val: page, low: null },
    "",
    /no bound/,
  ],
  [
    "contains-any-of",
    { list: ["x", "y"], val: page, description: "Either" },
    { list: ["x"], val: page, description: ["Either"] },
    "description",
    /found a list/,
  ],
  [
    "event-exists",
    { evt: { ...orders, description: "Orders" } },
    { evt: { ...orders, name: "variables/orders" } },
    "evt.name",
    /"metrics\//,
  ],
  ["range", { val: page, high: 5 }, { val: page, high: "5" }, "high", /write the number 5/],
  [
    "datetime-within",
    { "interval-value": { func: "datetime-interval-ref", id: "5f" } },
    { "interval-value": "5f" },
    "interval-value",
    /found the string "5f", write an object such as \{"func": "datetime-interval-ref"/,
  ],
  ["sequence", { stream: [step, step] }, { stream: [] }, "stream", /empty list/],
  [
    "sequence",
    { stream: [step], context: "visits" },
    { stream: [step], context: 1 },
    "context",
    /the number 1, allowed/,
  ],
  ["sequence-prefix", { stream: [step], context: "visits" }, { stream: [step] }, "context", /missing, add "context"/],
  ["sequence-suffix", { stream: [step], context: "hits" }, { context: "hits" }, "stream", /missing, add "stream"/],
  ["sequence-and", { checkpoints: [step, step] }, { checkpoints: [exists] }, "checkpoints[0]", /into a container/],
  ["sequence-or", { checkpoints: [step, step] }, { checkpoints: "x" }, "checkpoints", /write a list of objects/],
];

// Section 5: what stands between the steps.
const within = { limit: "within", count: 1 };
const MODIFIERS: readonly Row[] = [
  ["time-restriction", { ...within, unit: "day" }, { ...within, unit: "days" }, "unit", /found "days", use "day"/],
  [
    "time-restriction",
    { ...within, count: "1", unit: "day" },
    { ...within, count: "one", unit: "day" },
    "count",
    /"one"/,
  ],
  [
    "time-restriction",
    { ...within, unit: "day", container: "hits" },
    { limit: "in", count: 1, unit: "day" },
    "limit",
    /"after"/,
  ],
  [
    "container-restriction",
    { ...within, container: "hits" },
    { ...within, container: "visitors" },
    "container",
    /"visits"/,
  ],
  ["container-restriction", within, { ...within, container: 3 }, "container", /the number 3/],
  ["dimension-restriction", within, { ...within, attribute: 3 }, "attribute", /the number 3/],
  [
    "container-restriction",
    { ...within, container: "visits" },
    { ...within, container: step },
    "container",
    /an object/,
  ],
  [
    "dimension-restriction",
    { ...within, attribute: page },
    { ...within, attribute: "variables/page" },
    "attribute",
    /the string/,
  ],
  ["dimension-restriction", { ...within, attribute: page }, { limit: "after", attribute: page }, "count", /missing/],
  ["exclude-next-checkpoint", { pred: undefined }, { pred: Number.NaN }, "pred", /NaN/],
];

// Section 3 and 7: what a comparison looks at.
const OPERANDS: readonly Row[] = [
  ["attr", { name: "variables/campaign.1" }, { name: "page" }, "name", /found "page", write "variables\/page"/],
  ["attr", { name: "variables/a", description: "A" }, { name: "variables/" }, "name", /such as "variables\/…"/],
  [
    "attr",
    { name: "variables/a", "allocation-model": null },
    { name: "variables/a", "allocation-model": "x" },
    "allocation-model",
    /the string "x"/,
  ],
  ["total", { evt: orders }, { evt: { func: "event", name: "orders" } }, "evt.name", /write "metrics\/orders"/],
  ["total", { evt: { ...orders, description: "O" } }, { evt: { func: "event" } }, "evt.name", /missing/],
  ["total-distinct", { field: page }, { attribute: page }, "attribute", /did you mean "field"/],
];
const MODELS: readonly Row[] = [
  ["allocation-instance", {}, { x: Number.NaN }, "x", /NaN/],
  [
    "allocation-dedupedInstance",
    { context: "sessions" },
    { context: "visits" },
    "context",
    /found "visits", use "sessions"/,
  ],
  ["allocation-dedupedInstance", { context: "visitors" }, { context: "person" }, "context", /use "visitors"/],
];

export const GRAMMAR_ROWS = [
  ...PREDICATES.map((row) => ({ row, at: "container.pred", wrap: (node: Keys) => around(node) })),
  ...MODIFIERS.map((row) => ({
    row,
    at: "container.pred.stream[1]",
    wrap: (node: Keys) => sequenceOf(step, node, step),
  })),
  ...OPERANDS.map((row) => ({
    row,
    at: "container.pred.val",
    wrap: (node: Keys) => around({ func: "gt", num: 1, val: node }),
  })),
  ...MODELS.map((row) => ({
    row,
    at: "container.pred.val.allocation-model",
    wrap: (node: Keys) => around({ func: "exists", val: { ...page, "allocation-model": node } }),
  })),
].map(({ row: [func, right, wrong, path, message], at, wrap }) => ({
  func,
  right: wrap(prefix(func, right)),
  wrong: wrap(prefix(func, wrong)),
  path: path === "" ? at : `${at}.${path}`,
  message,
}));
