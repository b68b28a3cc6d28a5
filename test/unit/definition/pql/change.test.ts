import { expressionDifference, explainExpressionChange, expressionLines } from "../../../../definition/pql/change";
import { checkExpression } from "../../../../definition/pql/check";
import { equalExpressions } from "../../../../definition/pql/expression";
import { fc, samples } from "../../../properties";
import { JSON_SAMPLES, SAMPLES } from "./samples";

const literal = (value: unknown) => ({ nodeType: "literal", literalType: "String", value });
const field = (fieldName: string) => ({
  nodeType: "fieldLookup",
  fieldName,
  object: { nodeType: "parameterReference", position: 1 },
});
const call = (fnName: string, ...params: readonly unknown[]) => ({ nodeType: "fnApply", fnName, params });

test("a change is told line by line", () => {
  expect(
    explainExpressionChange(
      'person.birthYear = 1985 and homeAddress.countryISO = "CA"',
      'person.birthYear = 1990 and homeAddress.countryISO = "CA" and inSegment("e3be")',
    ),
  ).toEqual(["- person.birthYear = 1985", "+ person.birthYear = 1990", '+ and inSegment("e3be")']);
});

test("another layout is no change", () => {
  expect(explainExpressionChange("a = 1 and b = 2", "a = 1\n  and b = 2")).toEqual([]);
});

test("JSON is read as text", () => {
  expect(JSON_SAMPLES.map(expressionLines)).toEqual([["a = b"], ['person.gender in ["female"]']]);
  const expression = call(
    "and",
    call("or", call("=", field("a"), literal("x")), call("startsWith", field("b"), literal("J"))),
    call(
      "and",
      call("not", call("inSegment", literal("e3be"))),
      call("=", call("+", field("c"), field("d")), field("e")),
    ),
  );
  expect(expressionLines(expression)).toEqual([
    '(a = "x" or b.startsWith("J"))',
    'and not (inSegment("e3be"))',
    "and (c + d) = e",
  ]);
});

test("JSON with something that is not known is shown as it is, in one order of its keys", () => {
  expect(expressionLines({ nodeType: "other", a: 1 })).toEqual(["{", '  "a": 1,', '  "nodeType": "other"', "}"]);
  expect(expressionLines({ ...field("a"), extra: 1 })).toContain('  "extra": 1,');
});

test("what reads the same and is not the same is not hidden", () => {
  const [a, b, c] = [field("a"), field("b"), field("c")];
  const changes = explainExpressionChange(call("and", call("and", a, b), c), call("and", a, call("and", b, c)));
  expect(changes.length).toBeGreaterThan(0);
  expect(explainExpressionChange('person.gender in ["female"]', JSON_SAMPLES[1])).toEqual([
    "+ The conditions read the same; they were text, and are JSON now",
  ]);
  expect(explainExpressionChange(JSON_SAMPLES[1], 'person.gender in ["female"]')).toEqual([
    "+ The conditions read the same; they were JSON, and are text now",
  ]);
});

test("a change is told exactly where expressions are not the same, and its lines make the one of the other", () => {
  const text = fc.constantFrom(...SAMPLES, "a=1", "a = 1", "a = 1 and b = 2", "a =", '"');
  const json = fc.letrec<{ node: unknown; leaf: unknown; inside: unknown }>((tie) => ({
    node: fc.oneof({ depthSize: "small" }, tie("leaf"), tie("inside")),
    leaf: fc.constantFrom<unknown>(field("a"), literal("x"), { nodeType: "other" }, ...JSON_SAMPLES),
    inside: fc
      .tuple(fc.constantFrom("and", "or", "=", "-", "not", "f"), fc.array(tie("node"), { maxLength: 3 }))
      .map(([fnName, params]) => call(fnName, ...params)),
  })).node;
  const expression = fc.oneof<[typeof text, typeof json]>(text, json);
  fc.assert(
    fc.property(expression, expression, (before, after) => {
      const lines = expressionDifference(before, after);
      expect(lines.some(({ is }) => is !== "kept")).toBe(!equalExpressions(before, after));
    }),
    { numRuns: samples(1_000) },
  );
  // What is written of JSON is an expression again, or shown as JSON.
  fc.assert(
    fc.property(json, (of) => {
      const shown = expressionLines(of).join("\n");
      if (!shown.includes('"nodeType"')) expect(checkExpression(shown).errors).toEqual([]);
    }),
    { numRuns: samples(1_000) },
  );
});
