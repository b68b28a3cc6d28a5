import * as language from "../../../../definition";
import { describe as sentence, equal, parse } from "../../../../definition";
import { GRAMMAR } from "../../../../definition/grammar/grammar";
import { around, exists, MOBILE, page, PAGE_EXISTS, REVENUE, sequenceOf, step, withAt } from "../samples";
import { and, exclude, hits, home, or, ROWS, steps, total, without } from "./rows";

test.each(ROWS)("%s: %j", (_, json, expected) => {
  expect(sentence(json)).toBe(expected);
});

test("every function of the language has a sentence, and no two have the same", () => {
  expect([...new Set(ROWS.map(([func]) => func))].sort()).toEqual(Object.keys(GRAMMAR).sort());
  const sentences = new Map(ROWS.map(([, json]) => [sentence(json), json]));
  for (const [, json] of ROWS) expect(equal(sentences.get(sentence(json)), json)).toBe(true);
});

test("the documents' own definitions", () => {
  expect(sentence(MOBILE)).toBe('Events where mobiledevicetype exists (labelled "Mobile Device Type exists")');
  expect(sentence(REVENUE)).toBe(
    'Sessions where the metric revenue lies in the range from 500 up (labelled "Revenue greater than 500")',
  );
  expect(sentence(PAGE_EXISTS)).toBe('Events where page exists (labelled "Page")');
});

test("an analyst's sentence", () => {
  const within = { func: "time-restriction", limit: "within", count: "3", unit: "day" };
  const buyers = and({ func: "streq-in", list: ["Cart", "Checkout"], val: page }, { func: "ge", num: 2, val: total });
  const json = around({ func: "sequence", stream: [hits(home), within, hits(buyers)] }, "visitors");
  const names = { "variables/page": "Page", "metrics/orders": "Orders" };
  expect(sentence(json, { names })).toBe(
    [
      "Persons where these steps happen in order:",
      '  first, Events where Page is "Home"',
      "  then, within 3 days, Events where all of:",
      '    - Page is one of "Cart", "Checkout"',
      "    - Orders is at least 2",
    ].join("\n"),
  );
});

test("lists in lists", () => {
  expect(sentence(around(or(and(exists, or(home, without(exists))), home)))).toBe(
    [
      "Sessions where any of:",
      "  - all of:",
      "    - page exists",
      "    - any of:",
      '      - page is "Home"',
      "      - it is not true that page exists",
      '  - page is "Home"',
    ].join("\n"),
  );
});

describe("the same sentence", () => {
  test.each([
    ["the guide's spelling", MOBILE, withAt({ ...MOBILE, func: "segment" }, ["container", "func"], "container")],
    ["an absent version", withAt(PAGE_EXISTS, ["version"], undefined), PAGE_EXISTS],
    ["a null version", { ...PAGE_EXISTS, version: null }, PAGE_EXISTS],
    ["an and in an and", around(and(exists, and(home, exists))), around(and(exists, home, exists))],
    ["an and of one", around(and(or(and(exists)))), around(exists)],
    ["an and in an or of one in an and", around(and(or(and(exists, home)), home)), around(and(exists, home, home))],
    ["an empty description", around({ ...exists, description: "" }), around(exists)],
    ["a null description", around(hits(exists, { description: null })), around(hits(exists))],
    [
      "a null bound",
      around({ func: "range", low: 1, high: null, val: page }),
      around({ func: "range", low: 1, val: page }),
    ],
    ["a null model", around({ ...exists, val: { ...page, "allocation-model": null } }), around(exists)],
    ["a null context of a sequence", around({ func: "sequence", stream: [step], context: null }), sequenceOf(step)],
    ["null IDs", around({ func: "segment-ref", id: null, segmentId: null }), around({ func: "segment-ref" })],
    [
      "a null of a restriction",
      sequenceOf({ func: "time-restriction", limit: "after", count: 1, unit: "day", container: null }, step),
      sequenceOf({ func: "time-restriction", limit: "after", count: 1, unit: "day" }, step),
    ],
    [
      "a null attribute",
      sequenceOf({ func: "dimension-restriction", limit: "after", count: "1", attribute: null }, step),
      sequenceOf({ func: "dimension-restriction", limit: "after", count: 1 }, step),
    ],
    [
      "a null container",
      sequenceOf({ func: "container-restriction", limit: "after", count: 1, container: null }, step),
      sequenceOf({ func: "container-restriction", limit: "after", count: 1 }, step),
    ],
    [
      "keys of an unknown function",
      around({ func: "unheard-of", a: 1, b: { c: 1, d: 2 } }),
      around({ b: { d: 2, c: 1 }, func: "unheard-of", a: 1 }),
    ],
  ])("%s", (_, a, b) => {
    expect(equal(a, b)).toBe(true);
    expect(sentence(a)).toBe(sentence(b));
  });
});

describe("what the language does not know", () => {
  test.each<readonly [string, unknown, string]>([
    [
      "a function",
      around({ func: "unheard-of", b: [1, "x"], a: null }),
      'Sessions where unknown {"a":null,"b":[1,"x"],"func":"unheard-of"}',
    ],
    [
      "an entry of an and, which then stays as it is",
      around(and(and(exists, { func: "unheard-of" }), and({ func: "unheard-of" }))),
      'Sessions where all of:\n  - all of:\n    - page exists\n    - unknown {"func":"unheard-of"}\n  - all of:\n    - unknown {"func":"unheard-of"}',
    ],
    [
      "a step",
      sequenceOf({ func: "unheard-of" }, exclude, step),
      steps('first, unknown {"func":"unheard-of"}', "but never after that, Events where page exists"),
    ],
    [
      "a step of a group",
      around({ func: "sequence-and", checkpoints: [{ func: "unheard-of" }] }),
      'Sessions where all of these steps, in any order:\n  - unknown {"func":"unheard-of"}',
    ],
    [
      "an operand",
      around({ ...exists, val: { func: "unheard-of" } }),
      'Sessions where unknown {"func":"unheard-of"} exists',
    ],
    [
      "an operand of a total",
      around({ func: "eq", num: 1, val: { func: "total", evt: { func: "unheard-of" } } }),
      'Sessions where the sum of unknown {"func":"unheard-of"} equals 1',
    ],
    [
      "an operand compared with a number",
      around({ func: "eq", num: 1, val: { func: "unheard-of" } }),
      'Sessions where unknown {"func":"unheard-of"} equals 1',
    ],
    [
      "an interval",
      around({ func: "datetime-within", "interval-value": { func: "unheard-of" } }),
      'Sessions where the date range unknown {"func":"unheard-of"} applies',
    ],
    [
      "a model",
      around({ ...exists, val: { ...page, "allocation-model": { func: "allocation-linear" } } }),
      'Sessions where page (counting by {"func":"allocation-linear"}) exists',
    ],
    [
      "a model's field",
      around({ ...exists, val: { ...page, "allocation-model": { func: "allocation-instance", x: 1 } } }),
      'Sessions where page (counting by {"func":"allocation-instance","x":1}) exists',
    ],
    [
      "a version",
      { ...PAGE_EXISTS, version: [2, 0, 10] },
      'With version 2.0.10: Events where page exists (labelled "Page")',
    ],
    [
      "a field of the definition",
      { ...PAGE_EXISTS, version: [1, 1, 0], x: { y: 1 } },
      'With version 1.1.0, also "x": {"y":1}: Events where page exists (labelled "Page")',
    ],
    [
      "fields of a container",
      around(hits(exists, { description: "a", x: null, y: "b" })),
      'Sessions with Events (labelled "a"; also "x": null; also "y": "b") where page exists',
    ],
    ["a field of a leaf", around({ ...exists, x: 1 }), 'Sessions where page exists (also "x": 1)'],
    [
      "a field of an and",
      around({ ...and(exists), description: "" }),
      'Sessions where all of (also "description": ""):\n  - page exists',
    ],
    [
      "a field of a without",
      around({ ...without(hits(exists)), x: 1 }),
      'Sessions where it is not true (also "x": 1) that Events where page exists',
    ],
    ["a field of a not", around({ func: "not", pred: exists, x: 1 }), 'Sessions where not (also "x": 1): page exists'],
    [
      "a field of a sequence",
      around({ func: "sequence", stream: [step], x: 1 }),
      'Sessions where these steps happen in order (also "x": 1):\n  first, Events where page exists',
    ],
    [
      "a field of a group",
      around({ func: "sequence-or", checkpoints: [step], x: 1 }),
      'Sessions where at least one of these steps (also "x": 1):\n  - Events where page exists',
    ],
    [
      "fields of restrictions",
      sequenceOf({ ...exclude, x: 1 }, { func: "time-restriction", limit: "after", count: 1, unit: "day", y: 2 }, step),
      steps('never, also "x": 1, after 1 day, also "y": 2, Events where page exists'),
    ],
    [
      "a field of a total",
      around({ func: "eq", num: 1, val: { ...total, x: 1 } }),
      'Sessions where the sum (also "x": 1) of orders equals 1',
    ],
    [
      "a field of a distinct count",
      around({ func: "eq", num: 1, val: { func: "total-distinct", field: page, x: 1 } }),
      'Sessions where the number (also "x": 1) of different values of page equals 1',
    ],
    ["a field of an attr", around({ ...exists, val: { ...page, x: 1 } }), 'Sessions where page (also "x": 1) exists'],
    [
      "a context",
      sequenceOf(hits(exists, { context: "event" })),
      steps('first, Events (written as "event") where page exists'),
    ],
    [
      "a sequence's context",
      around({ func: "sequence", context: "session", stream: [step] }),
      'Sessions where these steps happen in order within one Session (written as "session"):\n  first, Events where page exists',
    ],
    [
      "a restriction's containers",
      sequenceOf(
        { func: "time-restriction", limit: "after", count: 1, unit: "day", container: "person" },
        { func: "container-restriction", limit: "within", count: 2, container: "event" },
        step,
      ),
      steps(
        'first, after 1 day counted on Persons (written as "person"), within 2 events (written as "event"), Events where page exists',
      ),
    ],
  ])("%s", (_, json, expected) => {
    expect(parse(json).errors).toEqual([]);
    expect(sentence(json)).toBe(expected);
  });
});

describe("what is no definition", () => {
  test.each<readonly [string, unknown, string | RegExp]>([
    ["a text", "x", 'Not a definition: unknown "x"'],
    ["nothing", null, "Not a definition: unknown null"],
    ["a list", [1, { b: 1, a: 2 }], 'Not a definition: unknown [1,{"a":2,"b":1}]'],
    ["a condition alone", exists, "Not a definition: page exists"],
    ["conditions alone", and(exists, home), 'Not a definition: all of:\n  - page exists\n  - page is "Home"'],
    ["a container alone", hits(exists), "Not a definition: Events where page exists"],
    [
      "a definition without a function",
      { container: hits(exists) },
      /^Not a definition: unknown \{"container":\{"context":"hits",/,
    ],
    [
      "a container that is none",
      { func: "segment", container: 5 },
      'Not a definition: no context (as a "segment"; also "container": 5) where nothing',
    ],
    ["a version that is none", { ...PAGE_EXISTS, version: "1,0,0" }, /^With version "1,0,0": Events/],
    [
      "a version of parts that are none",
      { ...PAGE_EXISTS, version: [1.5, 0, -2] },
      /^With version \[1.5,0,-2\]: Events/,
    ],
    ["a missing condition", around(undefined), "Sessions where nothing"],
    ["a condition that is none", around("x"), 'Sessions where unknown "x"'],
    ["a missing context", withAt(around(exists), ["container", "context"], undefined), "no context where page exists"],
    ["no context", around({ func: "container", pred: exists }), "Sessions with no context where page exists"],
    ["another context", around(exists, "sessions"), 'context "sessions" where page exists'],
    ["a context that is no text", around(exists, 5 as never), "context 5 where page exists"],
    [
      "a label that is no text",
      around({ ...exists, description: 5 }),
      'Sessions where page exists (also "description": 5)',
    ],
    ["a value of another type", around({ ...home, str: 5 }), /^Sessions where unknown \{"func":"streq","str":5,/],
    [
      "a number as text",
      around({ func: "eq", num: "5", val: page }),
      /^Sessions where unknown \{"func":"eq","num":"5",/,
    ],
    ["a missing value", around({ func: "streq", val: page }), /^Sessions where unknown \{"func":"streq","val":/],
    [
      "a list of another type",
      around({ func: "eq-in", list: [1, "2"], val: page }),
      /^Sessions where unknown \{"func":"eq-in"/,
    ],
    ["an empty list", around({ func: "eq-in", list: [], val: page }), /^Sessions where unknown \{"func":"eq-in"/],
    ["no list", around({ func: "eq-in", list: 5, val: page }), /^Sessions where unknown \{"func":"eq-in"/],
    ["no entries", around(and()), 'Sessions where unknown {"func":"and","preds":[]}'],
    ["entries that are none", around({ func: "and", preds: exists }), /^Sessions where unknown \{"func":"and"/],
    ["no steps", sequenceOf(), 'Sessions where unknown {"func":"sequence","stream":[]}'],
    [
      "steps that are none",
      around({ func: "sequence", stream: 5 }),
      'Sessions where unknown {"func":"sequence","stream":5}',
    ],
    [
      "no steps of a group",
      around({ func: "sequence-or", checkpoints: [] }),
      /^Sessions where unknown \{"checkpoints":\[\]/,
    ],
    ["no group", around({ func: "sequence-or" }), 'Sessions where unknown {"func":"sequence-or"}'],
    [
      "a bound that is none",
      around({ func: "range", low: "1", val: page }),
      /^Sessions where unknown \{"func":"range"/,
    ],
    [
      "a bound above that is none",
      around({ func: "range", high: "1", val: page }),
      /^Sessions where unknown \{"func":"range"/,
    ],
    [
      "a segment's ID that is none",
      around({ func: "segment-ref", id: 5 }),
      'Sessions where unknown {"func":"segment-ref","id":5}',
    ],
    ["a missing operand", around({ func: "exists" }), "Sessions where nothing exists"],
    ["an operand that is none", around({ ...exists, val: "page" }), 'Sessions where unknown "page" exists'],
    [
      "a metric for a dimension",
      around({ ...exists, val: { func: "event", name: "metrics/x" } }),
      /^Sessions where unknown \{.*\} exists$/,
    ],
    ["a dimension for a metric", around({ func: "event-exists", evt: page }), /^Sessions where unknown \{.*\} occurs$/],
    [
      "a name without a prefix",
      around({ ...exists, val: { func: "attr", name: "page" } }),
      /^Sessions where unknown \{.*\} exists$/,
    ],
    [
      "a name of nothing",
      around({ ...exists, val: { func: "attr", name: "variables/" } }),
      /^Sessions where unknown \{.*\} exists$/,
    ],
    ["an operand for a condition", around(page), 'Sessions where unknown {"func":"attr","name":"variables/page"}'],
    ["a restriction for a condition", around(exclude), 'Sessions where unknown {"func":"exclude-next-checkpoint"}'],
    [
      "a sequence's context that is none",
      around({ func: "sequence-prefix", stream: [step], context: null }),
      /in order within the context null:/,
    ],
    ["a prefix without a context", around({ func: "sequence-prefix", stream: [step] }), /counts, in order:/],
    [
      "restrictions that are none",
      sequenceOf(
        { func: "time-restriction", limit: "during", count: 1, unit: "day" },
        { func: "time-restriction", limit: "after", count: null, unit: "day" },
        { func: "time-restriction", limit: "after", count: 1, unit: "days" },
        { func: "time-restriction", limit: "after", count: 1, unit: "day", container: 5 },
        { func: "container-restriction", limit: "after", count: 1, container: 5 },
        step,
      ),
      /first, unknown \{.*"during".*\}, unknown \{.*null.*\}, unknown \{.*"days"\}, unknown \{"container":5,.*\}, unknown \{"container":5,.*\}, Events/,
    ],
    [
      "an interval without an ID",
      around({ func: "datetime-within", "interval-value": { func: "datetime-interval-ref" } }),
      /the date range unknown \{.*\} applies/,
    ],
    [
      "an interval of another function",
      around({ func: "datetime-within", "interval-value": { func: "x", id: "y" } }),
      /the date range unknown \{.*\} applies/,
    ],
    ["no interval", around({ func: "datetime-within" }), "Sessions where the date range nothing applies"],
    [
      "only an exclusion",
      sequenceOf(step, exclude),
      steps("first, Events where page exists", "and at the end, but never after that"),
    ],
  ])("%s", (_, json, expected) => {
    if (typeof expected === "string") expect(sentence(json)).toBe(expected);
    else expect(sentence(json)).toMatch(expected);
  });
});

test("the levels of data in the words of the API, wherever they are told", () => {
  const { dimension, explainChange, hits, segment, sequenceIn, visitors, visits, within } = language;
  const step = hits(dimension("page").is("Home"));
  const distances = [within(5, "hits"), within(2, "visits"), within(1, "day", { container: "hits" })];
  const steps = distances.flatMap((distance) => [distance, step]);
  const definition = segment(visitors(sequenceIn("visits", step, ...steps)));
  const said = sentence(definition, { levels: "api" });
  expect(said).toMatch(/^Visitors where these steps happen in order within one Visit:\n {2}first, Hits where/);
  expect(said).toMatch(/within 5 hits,[^]*within 2 visits,[^]*within 1 day counted on Hits,/);
  expect(sentence(definition, { levels: "cja" })).toBe(sentence(definition));
  const changes = explainChange(segment(hits(step)), segment(visits(step)), { levels: "api" });
  expect(changes).toMatchObject([
    {
      before: expect.stringMatching(/^Hits with Hits/) as string,
      after: expect.stringMatching(/^Visits with/) as string,
    },
  ]);
});
