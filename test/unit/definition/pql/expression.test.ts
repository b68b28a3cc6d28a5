import { equalExpressions, expressionMistakes, expressionWarnings } from "../../../../definition/pql/expression";
import { formatExpression } from "../../../../definition/pql/print";
import { tokensOf } from "../../../../definition/pql/tokens";
import { withoutValue } from "../../../../model";
import { fc, samples } from "../../../properties";
import { JSON_SAMPLES, SAMPLES } from "./samples";

const FEMALE = JSON_SAMPLES[1];

test.each(JSON_SAMPLES)("Adobe's own JSON has no mistake: %j", (expression) => {
  expect(expressionMistakes(expression)).toEqual([]);
  expect(expressionWarnings(expression)).toEqual([]);
});

test("a mistake in a text has its line and column", () => {
  expect(expressionMistakes("a = 1\nand or b = 2")).toEqual([
    { path: "", message: 'line 2, column 5: found "or", expected a value' },
  ]);
  expect(expressionWarnings('a.startWith("x")')).toEqual([
    {
      path: "",
      message: `line 1, column 3: found "startWith", a function that Adobe's pages do not name; did you mean "startsWith"?`,
    },
  ]);
});

test.each<[unknown, string, string]>([
  [undefined, "", "found nothing, expected an expression"],
  [null, "", "found null, expected an expression"],
  [7, "", "found the number 7, expected an expression"],
  [[], "", "found an empty list, expected an expression"],
  ['{"nodeType": "literal"}', "", "found JSON in a string, expected the JSON itself"],
  [{}, "", 'found an object without "nodeType"'],
  [{ nodeType: 1 }, "nodeType", "found the number 1, expected a string"],
  [{ nodeType: "fnApply", params: [] }, "fnName", 'found nothing, expected a string: a node "fnApply" has one'],
  [{ nodeType: "fnApply", fnName: "=" }, "params", "found nothing, expected a list"],
  [{ nodeType: "fnApply", fnName: "=", params: {} }, "params", "found an object, expected a list"],
  [
    { nodeType: "fnApply", fnName: "=", params: [{ nodeType: "fieldLookup", object: null }] },
    "params[0].fieldName",
    "found nothing, expected a string",
  ],
  [{ nodeType: "literal", literalType: "String", value: new Date(0) }, "value", "which JSON cannot represent"],
])("%j: %s: %s", (expression, path, message) => {
  expect(expressionMistakes(expression)).toEqual([{ path, message: expect.stringContaining(message) as string }]);
});

test("all mistakes of JSON are told at once", () => {
  const params = [{ nodeType: "literal", literalType: "String" }, { nodeType: "parameterReference" }];
  expect(expressionMistakes({ nodeType: "fnApply", params }).map(({ path }) => path)).toEqual([
    "fnName",
    "params[0].value",
    "params[1].position",
  ]);
});

test("a kind of node that is not known passes with a warning, and what is in it is looked at", () => {
  const expression = { nodeType: "fnAply", inside: { nodeType: "literal", literalType: "String" } };
  expect(expressionWarnings(expression)).toEqual([
    {
      path: "nodeType",
      message: `found "fnAply", a kind of node that Adobe's samples do not have; did you mean "fnApply"?`,
    },
  ]);
  expect(expressionMistakes(expression).map(({ path }) => path)).toEqual(["inside.value"]);
});

test("what is unknown is skipped: the whole, or a part", () => {
  const unknown = new Map();
  const isUnknown = (value: unknown) => value === unknown;
  expect(expressionMistakes(unknown, isUnknown)).toEqual([]);
  const literal = { nodeType: "literal", literalType: "String", value: unknown };
  expect(expressionMistakes({ nodeType: "fnApply", fnName: unknown, params: [literal, unknown] }, isUnknown)).toEqual(
    [],
  );
});

test("endless and huge JSON is answered", () => {
  const endless: Record<string, unknown> = { nodeType: "fnApply", fnName: "and" };
  endless["params"] = [endless];
  expect(expressionMistakes(endless)).toContainEqual(
    expect.objectContaining({ message: "nested deeper than 1000 levels" }),
  );
  let shared: unknown = { nodeType: "literal", literalType: "String", value: "x" };
  for (let level = 0; level < 40; level += 1) shared = { nodeType: "fnApply", fnName: "and", params: [shared, shared] };
  expect(expressionMistakes(shared)).toEqual([
    expect.objectContaining({ message: "holds more than 100000 values in all" }) as object,
  ]);
});

// What the program could not check were outputs, and the provider does not know which of them are secret.
test("no word of an expression is told where a value may be secret", () => {
  const word = fc.constantFrom(
    "hidden",
    '"hidden"',
    "hidden()",
    "and",
    "(",
    ")",
    "occurs",
    "3",
    "=",
    ".",
    ",",
    "ſ",
    ";",
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const text = words.join(" ");
      const told = [...expressionMistakes(text), ...expressionWarnings(text)].map(withoutValue);
      expect(JSON.stringify(told)).not.toContain("hidden");
    }),
    { numRuns: samples(1_000) },
  );
  const node = { nodeType: "hidden", params: { nodeType: "fnApply", fnName: "=", params: "hidden" } };
  const told = [...expressionMistakes(node), ...expressionWarnings(node)].map(withoutValue);
  expect(told).toHaveLength(2);
  expect(JSON.stringify(told)).not.toContain("hidden");
});

test.each<[unknown, unknown, boolean]>([
  ["a = 1", "a = 1", true],
  ["a = 1", "  a\n= 1 ", true],
  ["a=1", "a = 1", true],
  ['a = "x y"', 'a = "x  y"', false],
  ['a = "x"', 'a = "X"', false],
  ["a = 'x  y'", "a  = 'x  y'", true],
  ["a = 'x  y'", "a = 'x y'", false],
  ["a = 'x'", 'a = "x"', false],
  ["a < = 1", "a <= 1", false],
  ["a-b", "a - b", false],
  ["a - b", "a  -  b", true],
  ["a // b\nand c", "a // b and c", false],
  ["a ; b", "a  ; b", false],
  ["a /* b */ and c", "a /* b */  and c", false],
  ["ab", "a b", false],
  ["a = 1.5", "a = 1 . 5", false],
  ["a and b", "b and a", false],
  [{ a: 1, b: [1, { c: 2, d: 3 }] }, { b: [1, { d: 3, c: 2 }], a: 1 }, true],
  [{ a: [1, 2] }, { a: [2, 1] }, false],
  [{ a: 1 }, { a: "1" }, false],
  ["{}", {}, false],
])("%j and %j: %s", (a, b, expected) => {
  expect(equalExpressions(a, b)).toBe(expected);
  expect(equalExpressions(b, a)).toBe(expected);
});

test.each(SAMPLES)("%j is the same laid out, and another one with a word more", (expression) => {
  expect(equalExpressions(expression, formatExpression(expression))).toBe(true);
  expect(equalExpressions(expression, `${expression} x`)).toBe(false);
});

test("texts that are the same have the same words, and JSON its values", () => {
  const piece = fc.constantFrom("a", "b", "1", ".", "-", " ", "\n", "/", "*", '"', "<", "=", "\\", "(", ")");
  const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(""));
  const wordsOf = (of: string) => tokensOf(of).tokens.map(({ source }) => source);
  fc.assert(
    fc.property(text, text, (a, b) => {
      if (equalExpressions(a, b)) expect(wordsOf(a)).toEqual(wordsOf(b));
    }),
    { numRuns: samples(2_000) },
  );
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const turned = turn(value);
      expect(equalExpressions({ of: value }, { of: turned })).toBe(true);
      expect(equalExpressions({ of: value }, { of: [turned] })).toBe(false);
    }),
    { numRuns: samples(500) },
  );
});

/** The same with the keys of each object the other way round. */
function turn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turn);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turn(inner)]),
  );
}

test("a text and the JSON of the same condition are two expressions", () => {
  expect(equalExpressions('person.gender in ["female"]', FEMALE)).toBe(false);
});
