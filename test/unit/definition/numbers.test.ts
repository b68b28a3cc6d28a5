import {
  canonical,
  describe as sentence,
  equal,
  explainChange,
  hash,
  measure,
  outline,
  parse,
  toBuilder,
  toMermaid,
} from "../../../definition";
import { readJson, writeJson } from "../../../definition/json";
import { numberText, valueOf } from "./json/arbitrary";
import { fc, samples } from "../../properties";

const withPred = (pred: string) =>
  readJson(`{"func":"segment","version":[1,0,0],"container":{"func":"container","context":"hits","pred":${pred}}}`);
const orderIs = (number: string) =>
  withPred(`{"func":"eq","num":${number},"val":{"func":"attr","name":"variables/order_number"}}`);
const program = (pred: object) => ({
  func: "segment",
  version: [1, 0, 0],
  container: { func: "container", context: "hits", pred },
});
const val = { func: "attr", name: "variables/order_number" };
const mistakesIn = (definition: unknown) => parse(definition).errors.map(({ path, message }) => `${path}: ${message}`);

const LITERAL = Number("9007199254740993");

test.each([
  ["beyond 2^53", { func: "eq", num: LITERAL, val }, "num: found the number 9007199254740992"],
  ["2^53", { func: "eq", num: 2 ** 53, val }, "num: found the number 9007199254740992"],
  ["below -2^53", { func: "gt", num: -LITERAL, val }, "num: found the number -9007199254740992"],
  ["very large", { func: "gt", num: 1e300, val }, "num: found the number 1e+300"],
  ["in a list", { func: "eq-in", list: [1, LITERAL], val }, "list[1]: found the number 9007199254740992"],
  ["where a text belongs", { func: "streq", str: LITERAL, val }, "str: found the number 9007199254740992"],
  ["of an unknown function", { func: "nearby", of: { at: LITERAL } }, "of.at: found the number 9007199254740992"],
])("a number that JavaScript may have rounded is a mistake in a program: %s", (_, pred, message) => {
  expect(mistakesIn(program(pred))).toEqual([expect.stringContaining(`container.pred.${message}`) as string]);
  expect(mistakesIn(program(pred))[0]).toMatch(
    /which may be a rounded number \(JavaScript holds whole numbers up to ±9007199254740991\); write .* string/,
  );
});

test("minus zero is a mistake in a program, since JSON.stringify writes 0", () => {
  expect(mistakesIn(program({ func: "eq", num: -0, val }))).toEqual([
    "container.pred.num: found the number -0, which would be sent as 0; write 0",
  ]);
});

test.each([9007199254740991, -9007199254740991, 0, 0.1, 1 / 3, 1e-300])(
  "a number that is exact is right: %s",
  (num) => {
    expect(mistakesIn(program({ func: "eq", num, val }))).toEqual([]);
  },
);

test("digits in quotes are not proposed as a number that they are not", () => {
  expect(mistakesIn(program({ func: "eq", num: "9007199254740993", val }))).toEqual([
    'container.pred.num: found the string "9007199254740993", which JavaScript would round as a number; if it is an ID, compare it as a string ("streq")',
  ]);
});

test("a definition that was read keeps its number in every form", () => {
  const definition = orderIs("9007199254740993");
  expect(mistakesIn(definition)).toEqual([]);
  for (const told of [
    sentence(definition),
    toMermaid(definition),
    writeJson(outline(definition)),
    writeJson(canonical(definition)),
  ]) {
    expect(told).toContain("9007199254740993");
    expect(told).not.toContain("9007199254740992");
  }
  expect(measure(definition).conditions).toBe(1);
  expect(writeJson(explainChange(definition, orderIs("9007199254740992")))).toMatch(/…?993.*…?992/s);
});

test.each([
  ["range", `{"func":"range","low":-0,"high":1e400,"val":{"func":"attr","name":"metrics/revenue"}}`, "-0 to 1e400"],
  [
    "list",
    `{"func":"eq-in","list":[9007199254740993,0.12345678901234567890],"val":${JSON.stringify(val)}}`,
    "9007199254740993, 0.12345678901234567890",
  ],
  ["unknown function", `{"func":"nearby","at":1e400}`, '"at":1e400'],
])("a sentence says the number as it was read: %s", (_, pred, words) => {
  expect(sentence(withPred(pred))).toContain(words);
});

test("a builder's source cannot say such a number, and fails by its name", () => {
  expect(() => toBuilder(orderIs("9007199254740993"))).toThrow("the number 9007199254740993 has more digits");
  expect(() => toBuilder(withPred(`{"func":"nearby","at":-0}`))).toThrow("the number -0 has more digits");
});

test("two numbers are equal exactly if they have one value", () => {
  fc.assert(
    fc.property(numberText, numberText, (one, other) => {
      const same = valueOf(one).replace(/^-0$/, "0") === valueOf(other).replace(/^-0$/, "0");
      expect(equal(orderIs(one), orderIs(other))).toBe(same);
      expect(hash(orderIs(one)) === hash(orderIs(other))).toBe(same);
    }),
    { numRuns: samples(2000) },
  );
  for (const [one, other] of [
    ["9007199254740992", "9007199254740993"],
    ["0.1", "0.1000000000000000055511151231257827"],
    ["1e400", "1e401"],
    ["1e400", "-1e400"],
  ] as const)
    expect(equal(orderIs(one), orderIs(other))).toBe(false);
  for (const [one, other] of [
    ["9007199254740993", "9007199254740993.0"],
    ["1e20", "100000000000000000000"],
    ["10e399", "1e400"],
    ["-0", "0"],
  ] as const)
    expect(equal(orderIs(one), orderIs(other))).toBe(true);
});

test("a set of numbers has one order, whatever they are", () => {
  fc.assert(
    fc.property(fc.array(numberText, { minLength: 1, maxLength: 6 }), (numbers) => {
      const set = (all: readonly string[]) =>
        withPred(`{"func":"eq-in","list":[${all.join()}],"val":${JSON.stringify(val)}}`);
      expect(equal(set(numbers), set(numbers.toReversed()))).toBe(true);
    }),
    { numRuns: samples(1000) },
  );
});

describe("what is nested without end", () => {
  const LEVELS = 200_000;
  const nested = (inner: unknown, wrap: (inner: unknown) => object) => {
    let all = inner;
    for (let level = 0; level < LEVELS; level += 1) all = wrap(all);
    return all;
  };
  const shapes = {
    containers: program(nested({ func: "exists", val }, (pred) => ({ func: "without", pred })) as object),
    lists: nested([], (inner) => [inner]),
    "an unknown function": program({ func: "nearby", of: nested(1, (a) => ({ a })) }),
  };
  const functions: Record<string, (definition: unknown) => unknown> = {
    canonical,
    hash,
    equal: (definition) => equal(definition, definition),
    measure,
    toBuilder,
    parse: (definition) => {
      const [error] = parse(definition).errors;
      throw new Error(
        error?.message
          .replace("100 levels", "1000 levels")
          .replace(/^found a list.*/, "nested deeper than 1000 levels"),
      );
    },
  };

  test.each(
    Object.keys(shapes).flatMap((shape) =>
      Object.keys(functions).map((name) => [name, shape as keyof typeof shapes] as const),
    ),
  )("is one clear error of %s: %s", (name, shape) => {
    expect(() => functions[name]?.(shapes[shape])).toThrow(/nested deeper than 1000 levels/);
  });

  test.each(Object.keys(shapes) as (keyof typeof shapes)[])("is told as far as it can be read: %s", (shape) => {
    for (const told of [sentence(shapes[shape]), toMermaid(shapes[shape]), JSON.stringify(outline(shapes[shape]))])
      expect(told).toMatch(/levels deep|left out|#8230;/);
    expect(explainChange(shapes[shape], program({ func: "exists", val }))).not.toEqual([]);
  });
});
