import { canonical, equal, parse } from "../../../definition";
import { around, exists, MOBILE, orders, page, PAGE_EXISTS, REVENUE, sequenceOf, step, withAt } from "./samples";

const other = { func: "streq", str: "a", val: page };
const third = { func: "event-exists", evt: orders };
const and = (...preds: unknown[]) => ({ func: "and", preds });
const or = (...preds: unknown[]) => ({ func: "or", preds });
const without = (pred: unknown) => ({ func: "without", pred });
const inList = (...list: unknown[]) => ({ func: "streq-in", list, val: page });
const numbers = (...list: unknown[]) => ({ func: "eq-in", list, val: page });
const within = (count: unknown) => ({ func: "time-restriction", limit: "within", count, unit: "day" });
const hits = (pred: unknown, fields = {}) => ({ func: "container", context: "hits", pred, ...fields });
const group = (...checkpoints: unknown[]) => around({ func: "sequence-and", checkpoints });
const reversed = (json: object): unknown => Object.fromEntries(Object.entries(json).reverse());

describe("the same meaning", () => {
  test.each([
    ["keys in another order", reversed(PAGE_EXISTS), PAGE_EXISTS],
    ["keys of a node in another order", around(reversed(other)), around(other)],
    ["an absent and an empty description", around({ ...exists, description: "" }), around(exists)],
    ["an absent and a null description", around(hits(exists, { description: null })), around(hits(exists))],
    [
      "an absent and a null allocation model",
      around({ ...exists, val: { ...page, "allocation-model": null } }),
      around(exists),
    ],
    ["an absent and a null bound", REVENUE, withAt(REVENUE, ["container", "pred", "high"], undefined)],
    ["an absent version", withAt(PAGE_EXISTS, ["version"], undefined), PAGE_EXISTS],
    [
      "the guide's spelling",
      MOBILE,
      { ...MOBILE, func: "segment", container: { ...MOBILE.container, func: "container" } },
    ],
    ["one spelling of the root, the other of the container", { ...MOBILE, func: "segment" }, MOBILE],
    ["a count as text", sequenceOf(step, within("1"), step), sequenceOf(step, within(1), step)],
    ["entries of and", around(and(exists, other)), around(and(other, exists))],
    ["entries of or", around(or(exists, other, third)), around(or(third, exists, other))],
    [
      "entries that differ late",
      around(and(inList("a", "c"), inList("a", "b", "c"), inList("a", "b"))),
      around(and(inList("a", "b"), inList("a", "b", "c"), inList("a", "c"))),
    ],
    ["values of a list", around(inList("b", "a", "c")), around(inList("c", "b", "a"))],
    ["numbers of a list", around(numbers(10, 9)), around(numbers(9, 10))],
    ["steps of a logic group", group(step, hits(other)), group(hits(other), step)],
    ["an and in an and", around(and(exists, and(other, third))), around(and(third, exists, other))],
    ["an or deep in or", around(or(or(or(exists, other)), third)), around(or(exists, third, other))],
    ["an and of one", around(and(exists)), around(exists)],
    ["an or of one, in an and", around(and(or(and(exists, other)), third)), around(and(exists, other, third))],
    [
      "an unknown function's keys",
      around({ func: "new", a: { b: 1, c: 2 } }),
      around({ a: { c: 2, b: 1 }, func: "new" }),
    ],
    ["minus zero", around({ func: "eq", num: -0, val: page }), around({ func: "eq", num: 0, val: page })],
    ["a key that is undefined", { ...PAGE_EXISTS, extra: undefined }, PAGE_EXISTS],
  ])("%s", (_, a, b) => {
    expect(equal(a, b)).toBe(true);
    expect(equal(b, a)).toBe(true);
    expect(canonical(a)).toEqual(canonical(b));
  });
});

describe("another meaning", () => {
  test.each([
    ["another description", around({ ...exists, description: "x" }), around({ ...exists, description: "y" })],
    ["a description more", around(hits(exists, { description: "x" })), around(hits(exists))],
    ["a description of a blank", around({ ...exists, description: " " }), around(exists)],
    ["a description on an operand", around({ ...exists, val: { ...page, description: "x" } }), around(exists)],
    ["another version", { ...PAGE_EXISTS, version: [2, 0, 0] }, PAGE_EXISTS],
    ["versions in another order", { ...PAGE_EXISTS, version: [0, 0, 1] }, PAGE_EXISTS],
    ["without around a comparison, and its not-form", around(without(other)), around({ ...other, func: "not-streq" })],
    ["without and not", around(without(exists)), around({ func: "not", pred: exists })],
    ["without twice", around(without(without(exists))), around(exists)],
    ["without inside and outside", around(without(or(exists, other))), around(or(without(exists), other))],
    ["and, or", around(and(exists, other)), around(or(exists, other))],
    ["an or in an and", around(and(exists, or(other, third))), around(and(exists, other, third))],
    ["the same said twice", around(and(exists, exists)), around(exists)],
    ["a value twice", around(inList("a", "a")), around(inList("a"))],
    ["a list of one, and a text", around(inList("a")), around(other)],
    [
      "a named and in an and",
      around(and(exists, { ...and(other, third), description: "x" })),
      around(and(exists, other, third)),
    ],
    ["a named and of one", around({ ...and(exists), description: "x" }), around(exists)],
    ["an empty and in an and", around(and(exists, and())), around(exists)],
    ["hits in a visit, and hits", around(hits(exists)), around(exists, "hits")],
    ["hits in hits", around(hits(exists), "hits"), around(exists, "hits")],
    [
      "contexts of two containers exchanged",
      around(hits(exists), "visits"),
      around({ ...hits(exists), context: "visits" }, "hits"),
    ],
    ["the UI's word for a context", around(exists, "session"), around(exists, "visits")],
    ["steps in another order", sequenceOf(step, hits(other)), sequenceOf(hits(other), step)],
    ["a restriction elsewhere", sequenceOf(step, within(1), step, step), sequenceOf(step, step, within(1), step)],
    ["a sequence, and a logic group", sequenceOf(step, hits(other)), group(step, hits(other))],
    ["one step of a logic group twice", group(step, step), group(step)],
    [
      "after the steps, and before",
      around({ func: "sequence-prefix", context: "hits", stream: [step] }),
      around({ func: "sequence-suffix", context: "hits", stream: [step] }),
    ],
    ["a number as text", around({ func: "eq", num: "5", val: page }), around({ func: "eq", num: 5, val: page })],
    ["a text as number", around({ ...other, str: 5 }), around({ ...other, str: "5" })],
    ["a count with a zero before it", sequenceOf(step, within("01"), step), sequenceOf(step, within(1), step)],
    ["eq-in and eq-any-of", around(numbers(1)), around({ ...numbers(1), func: "eq-any-of" })],
    ["an unknown function's list", around({ func: "new", preds: [1, 2] }), around({ func: "new", preds: [2, 1] })],
    ["an unknown function's null", around({ func: "new", x: null }), around({ func: "new" })],
    ["an unknown field's null", around({ ...exists, x: null }), around(exists)],
    ["unknown functions in another order", around(and({ func: "new" }, exists)), around(and(exists, { func: "new" }))],
    [
      "unknown functions in another order, in an and of an and",
      around(and(exists, and({ func: "new" }, exists))),
      around(and(exists, and(exists, { func: "new" }))),
    ],
    ["an and around an unknown function", around(and({ func: "new" })), around({ func: "new" })],
    ["the guide's word deeper", around({ ...hits(exists), func: "segment" }), around(hits(exists))],
    ["no func at the root", withAt(PAGE_EXISTS, ["func"], undefined), PAGE_EXISTS],
    ["a key of a prototype", JSON.parse('{"func":"x","__proto__":{"a":1}}'), { func: "x" }],
  ])("%s", (_, a, b) => {
    expect(equal(a, b)).toBe(false);
    expect(equal(b, a)).toBe(false);
  });
});

test("the canonical form is a definition itself, in the documents' spelling", () => {
  const form = canonical(REVENUE);
  expect(parse(form)).toEqual({ definition: form, errors: [], warnings: [] });
  expect(JSON.stringify(form)).toBe(
    '{"container":{"context":"visits","func":"container","pred":{"description":"Revenue greater than 500","func":"range",' +
      '"low":500,"val":{"func":"attr","name":"metrics/revenue"}}},"func":"segment","version":[1,0,0]}',
  );
});

test.each([null, true, 5, "text", [2, 1], [], {}])("%j is left as it is", (json) => {
  expect(canonical(json)).toEqual(json);
});

test("what is not JSON is refused, and what has no end too", () => {
  const endless: Record<string, unknown> = { func: "without" };
  endless["pred"] = endless;
  expect(() => canonical(endless)).toThrow(/deeper than 1000 levels/);
  let doubled: unknown = exists;
  for (let level = 0; level < 60; level += 1) doubled = and(doubled, doubled);
  expect(() => canonical(doubled)).toThrow(/more than 500000 values/);
  for (const value of [Number.NaN, 1n, Symbol("x"), () => 1, new Date(0), new Map(), [undefined]]) {
    expect(() => canonical(around(value))).toThrow(TypeError);
  }
});

test("what parse takes at most is not too much for the canonical form", () => {
  const nested = (levels: number): unknown => (levels === 0 ? exists : without(nested(levels - 1)));
  const deep = around(and(nested(93), other));
  expect(parse(deep).errors).toEqual([]);
  expect(() => canonical(deep)).not.toThrow();
  const wide = around(or(...Array.from({ length: 5_900 }, (_, index) => inList(String(index % 50), "b"))));
  expect(parse(wide).errors).toEqual([]);
  expect(() => canonical(wide)).not.toThrow();
});
