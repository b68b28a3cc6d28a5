import { parse } from "../../../definition";
import { around, exists, MOBILE, orders, page, PAGE_EXISTS, sequenceOf, step } from "./samples";

const errorsOf = (json: unknown) => parse(json).errors.map(({ path, message }) => `${path}: ${message}`);
const warningsOf = (json: unknown) => parse(json).warnings.map(({ path, message }) => `${path}: ${message}`);
const { container } = PAGE_EXISTS;
const version = [1, 0, 0];

describe("the root", () => {
  test.each([
    ["null", null, [/^: found null, write \{"func": "segment"/]],
    ["a list", [PAGE_EXISTS], [/^: found a list, write/]],
    ["JSON as text", JSON.stringify(PAGE_EXISTS), [/^: found the string .*, pass the object itself/]],
    ["a number", 5, [/^: found the number 5/]],
    ["nothing in it", {}, [/^func: missing/, /^version: missing/, /^container: missing/]],
    ["no container", { func: "segment", version }, [/^container: missing, add "container"/]],
    ["a whole segment", { name: "x", definition: PAGE_EXISTS }, [/^: this is a whole segment; pass its "definition"$/]],
    [
      "a bare container key",
      { container },
      [/^func: missing, add "func": "segment"$/, /^version: missing, add "version": \[1, 0, 0\]$/],
    ],
    ["a container", container, [/^: "container" cannot be the whole definition, put it into \{"func": "segment"/]],
    ["the guide's container", MOBILE.container, [/^: "segment" cannot be the whole definition/]],
    ["a leaf", exists, [/^: "exists" cannot be the whole definition, .*"container": \{"func": "container"/]],
    ["an operand", page, [/^: "attr" cannot be the whole definition/]],
    [
      "a wrong func",
      { ...PAGE_EXISTS, func: "segmnt" },
      [/^func: found "segmnt", allowed are "segment", "segment-def"$/],
    ],
    ["no version", { func: "segment", container }, [/^version: missing/]],
    ["a version of text", { ...PAGE_EXISTS, version: "1.0.0" }, [/^version: found the string "1.0.0", write three/]],
    ["a short version", { ...PAGE_EXISTS, version: [1, 0] }, [/^version: found a list, write three whole numbers/]],
    ["a version with text", { ...PAGE_EXISTS, version: ["1", 0, 0] }, [/^version: /]],
    ["a version with halves", { ...PAGE_EXISTS, version: [1, 0.5, 0] }, [/^version: /]],
    [
      "a leaf for a container",
      { ...PAGE_EXISTS, container: exists },
      [/^container: "exists" cannot stand here: put it into/],
    ],
    [
      "text for a container",
      { ...PAGE_EXISTS, container: "hits" },
      [/^container: found the string "hits", write an object/],
    ],
  ])("%s", (_, json, expected) => {
    expect(errorsOf(json)).toEqual(expected.map((message) => expect.stringMatching(message) as string));
  });

  test("mistakes inside what stands in its place are told too", () => {
    expect(errorsOf({ func: "container", context: "hits", pred: 1 })).toHaveLength(2);
  });
});

describe("contexts", () => {
  test.each([
    ["event", "hits", "Event"],
    ["session", "visits", "Session"],
    ["person", "visitors", "Person"],
  ])("the UI's %s passes with a warning", (word, right, label) => {
    const json = around(exists, word);
    expect(parse(json)).toEqual({
      definition: json,
      errors: [],
      warnings: [{ path: "container.context", message: `found "${word}", use "${right}" (the UI calls it ${label})` }],
    });
  });

  test.each([
    ["hit", 'found "hit", use "hits"'],
    ["sessions", 'found "sessions", use "visits"'],
    ["people", 'found "people", use "visitors"'],
  ])("%s is an error", (word, message) => {
    expect(errorsOf(around(exists, word))).toEqual([expect.stringContaining(`container.context: ${message}`)]);
  });

  // The B2B edition has levels whose names no document tells.
  test.each([
    ["accounts", 'found "accounts", a context that pulumi-cja does not know (it knows "hits", "visits", "visitors")'],
    ["buyingGroups", 'found "buyingGroups", a context that pulumi-cja does not know'],
    ["page", 'found "page", a context that pulumi-cja does not know'],
    ["constructor", 'found "constructor", a context that pulumi-cja does not know'],
    ["HITS", 'found "HITS", did you mean "hits"?'],
    ["viists", 'found "viists", did you mean "visits"?'],
  ])("%s is left to Adobe's validation", (word, message) => {
    for (const [json, path] of [
      [around(exists, word), "container.context"],
      [sequenceOf({ ...step, context: word }, step), "container.pred.stream[0].context"],
      [around({ func: "sequence-prefix", context: word, stream: [step] }), "container.pred.context"],
    ] as const) {
      expect(errorsOf(json)).toEqual([]);
      expect(warningsOf(json)).toEqual([expect.stringContaining(`${path}: ${message}`)]);
    }
  });

  test("the nearest of the levels that may stand there is named", () => {
    expect(warningsOf(around(exists, "vistors"))).toEqual([
      'container.context: found "vistors", did you mean "visitors"?',
    ]);
    expect(warningsOf(sequenceOf({ ...step, context: "vistors" }, step))).toEqual([
      expect.stringContaining("a context that pulumi-cja does not know"),
    ]);
  });

  test.each(["visitors", "person"])("%s cannot be a step", (context) => {
    const found = errorsOf(sequenceOf({ ...step, context }, step));
    expect(found).toEqual([
      expect.stringMatching(/^container\.pred\.stream\[0\]\.context: .*"hits", "visits"; .*logic group/),
    ]);
    expect(found[0]).not.toContain("use ");
  });

  test("visitors may stand deeper inside a step", () => {
    const deep = { ...step, pred: { func: "or", preds: [exists, { ...step, context: "visitors" }] } };
    expect(errorsOf(sequenceOf(deep, step))).toEqual([]);
  });
});

describe("what stands in a wrong place", () => {
  test.each([
    [
      "a container for an operand",
      around({ func: "exists", val: step }),
      /^container\.pred\.val: "container" cannot stand here/,
    ],
    ["a metric for a number", around({ func: "gt", num: 1, val: orders }), /^container\.pred\.val: .*"total", "evt"/],
    [
      "a total for a text",
      around({ func: "streq", str: "", val: { func: "total", evt: orders } }),
      /^container\.pred\.val: "total"/,
    ],
    [
      "an operand for a condition",
      around(page),
      /^container\.pred: "attr" cannot stand here: put it into a comparison/,
    ],
    ["a metric for a condition", around(orders), /^container\.pred: "event" cannot stand here: .*"event-exists"/],
    ["a total for a condition", around({ func: "total", evt: orders }), /^container\.pred: "total" .*compare it/],
    ["a modifier for a condition", around({ func: "exclude-next-checkpoint" }), /^container\.pred: .*"stream"/],
    [
      "a leaf for a step",
      sequenceOf(exists),
      /^container\.pred\.stream\[0\]: "exists" cannot stand here: put it into a container/,
    ],
    ["an and for a step", sequenceOf({ func: "and", preds: [step] }), /^container\.pred\.stream\[0\]: "and"/],
    ["modifiers alone", sequenceOf({ func: "exclude-next-checkpoint" }), /^container\.pred\.stream: found no step/],
    [
      "a modifier without order",
      around({ func: "sequence-and", checkpoints: [{ func: "exclude-next-checkpoint" }] }),
      /^container\.pred\.checkpoints\[0\]: .*"stream"/,
    ],
    ["a whole definition", around(PAGE_EXISTS), /^container\.pred: found a whole definition, put its "container" here/],
    [
      "a dimension named as metric",
      around({ func: "exists", val: { func: "attr", name: "evar1" } }),
      /variables\/evar1/,
    ],
    [
      "a metric named as dimension",
      around({ func: "event-exists", evt: { ...orders, name: "variables/a" } }),
      /evt\.name/,
    ],
  ])("%s", (_, json, message) => {
    expect(errorsOf(json)).toEqual([expect.stringMatching(message)]);
  });
});

describe("what is left to Adobe's validation", () => {
  test("an unknown function passes, its children unseen", () => {
    const json = around({ func: "quantum-entangled", pred: { func: "streqq" }, context: "nowhere" });
    expect(parse(json)).toEqual({
      definition: json,
      errors: [],
      warnings: [expect.objectContaining({ path: "container.pred.func" })],
    });
  });

  test("a function three edits from a known one is no slip of the pen", () => {
    expect(warningsOf(around({ func: "exiztzz", val: page }))).toEqual([
      expect.stringContaining("a function that pulumi-cja does not know"),
    ]);
  });

  test.each([
    [
      "a field more",
      around({ ...exists, colour: { func: 1 } }),
      /^container\.pred\.colour: "exists" has no such field .*"val"/,
    ],
    [
      "a sequence under hits",
      around({ func: "sequence", stream: [step] }, "hits"),
      /^container\.context: the service refuses/,
    ],
    ["a reference", around({ func: "segment-ref", id: "s1" }), /^container\.pred: .*"segment-ref"/],
    ["the guide's container deeper", around({ ...step, func: "segment" }), /^container\.pred: .*use "container"/],
    [
      "a metric in attr",
      around({ func: "exists", val: { ...page, name: "metrics/x" } }),
      /^container\.pred\.val\.name: .*event-exists/,
    ],
    [
      "a count of 0",
      sequenceOf(step, { func: "time-restriction", limit: "after", count: 0, unit: "day" }, step),
      /^container\.pred\.stream\[1\]\.count: found the number 0/,
    ],
  ])("%s passes with a warning", (_, json, message) => {
    expect(parse(json).definition).toBe(json);
    expect(warningsOf(json)).toEqual([expect.stringMatching(message)]);
  });
});

test("what stands in a list where one node belongs is checked too", () => {
  expect(errorsOf(around([exists, { func: "exists" }]))).toEqual([
    expect.stringMatching(/^container\.pred: found a list/),
    expect.stringMatching(/^container\.pred\[1\]\.val: missing/),
  ]);
});

test.each(["ten", "", " 1", "0x10"])("%j is no number", (num) => {
  expect(errorsOf(around({ func: "eq", num, val: page }))).toEqual([
    `container.pred.num: found the string "${num}", write a number`,
  ]);
});

test("every mistake is told, in the document's order", () => {
  const preds = [
    { func: "eq", num: "500", val: { func: "attr", name: "age" } },
    { func: "streq-in", list: ["a", 5, null], val: "page" },
    { func: "container", context: "hits" },
  ];
  expect(
    parse({
      func: "segment",
      version: [1],
      container: { func: "container", context: "hit", pred: { func: "and", preds } },
    }).errors.map(({ path }) => path),
  ).toEqual([
    "version",
    "container.context",
    "container.pred.preds[0].num",
    "container.pred.preds[0].val.name",
    "container.pred.preds[1].list[1]",
    "container.pred.preds[1].list[2]",
    "container.pred.preds[1].val",
    "container.pred.preds[2].pred",
  ]);
});

test("long texts are cut in messages, and odd keys are quoted in paths", () => {
  const [error] = parse(around({ ...exists, val: { func: "attr", name: "x".repeat(5000) } })).errors;
  expect(error?.message.length).toBeLessThan(200);
  expect(parse(around({ ...exists, "a.b": Number.NaN })).errors[0]?.path).toBe('container.pred["a.b"]');
});
