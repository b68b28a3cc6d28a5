import { ExactNumber, isExactNumber, MAX_JSON_DEPTH, readJson, writeJson } from "../../../../definition/json";
import { fc, samples } from "../../../properties";
import { jsonText, numbersIn, numberText, valueOf } from "./arbitrary";

const exact = (text: string) => new ExactNumber(text);

test.each([
  ["beyond 2^53", "9007199254740993"],
  ["2^53 itself, which a neighbour is rounded to", "9007199254740992"],
  ["below -2^53", "-9007199254740993"],
  ["a whole number with a fraction", "9007199254740993.0"],
  ["more digits than a double has", "0.12345678901234567890"],
  ["too large", "1e400"],
  ["too small", "1e-400"],
  ["minus zero", "-0"],
  ["minus zero with a fraction", "-0.00"],
])("a number that no double holds is kept as its text: %s", (_, number) => {
  for (const text of [number, `{"a":[${number}]}`, ` [ "${number}" , ${number}]`])
    expect(numbersIn(writeJson(readJson(text)))).toEqual([number]);
  expect(readJson(number)).toEqual(exact(number));
});

test.each([
  ["9007199254740991", 9007199254740991],
  ["0.30000000000000004", 0.30000000000000004],
  ["1.10", 1.1],
  ["5e-324", 5e-324],
  ["1E3", 1000],
  ["0e999", 0],
])("a number that a double holds is a number: %s", (text, number) => {
  expect(readJson(text)).toBe(number);
});

test("any JSON text keeps its numbers on the way through, whatever it holds beside them", () => {
  fc.assert(
    fc.property(jsonText, (text) => {
      const value = readJson(text);
      const written = writeJson(value);
      // Of a key that stands twice the last value counts, as in JSON.parse.
      const once = writeJson(readJson(written));
      expect(once).toBe(written);
      expect(shape(value)).toEqual(shape(JSON.parse(text)));
      if (!/"[^"]*":/.test(text)) expect(numbersIn(written).map(valueOf)).toEqual(numbersIn(text).map(valueOf));
    }),
    { numRuns: samples(3000) },
  );
});

test("any number is held, or kept as its text", () => {
  fc.assert(
    fc.property(numberText, (number) => {
      const value = readJson(`[${number}]`) as [number | ExactNumber];
      const [found] = value;
      const written = writeJson(value).slice(1, -1);
      expect(valueOf(written)).toBe(valueOf(number));
      if (isExactNumber(found)) expect(written).toBe(number);
      else expect(Math.abs(found) <= Number.MAX_SAFE_INTEGER || !Number.isInteger(found)).toBe(true);
    }),
    { numRuns: samples(5000) },
  );
});

test("what does not know such a number fails by its name, and so does a copy of its fields", () => {
  const number = exact("9007199254740993");
  const copy = { a: Object.fromEntries(Object.entries(number)) };
  for (const write of [
    () => JSON.stringify({ a: number }),
    () => JSON.stringify(copy),
    () => writeJson(copy),
    () => Number(number),
  ])
    expect(write).toThrow("the number 9007199254740993 has more digits");
  expect(() => structuredClone(number)).toThrow("could not be cloned");
});

test("a text that is nested too deeply is one clear error, however deep it is", () => {
  const nested = (levels: number, inner = "1") => `${'{"a":['.repeat(levels / 2)}${inner}${"]}".repeat(levels / 2)}`;
  for (const inner of ["1", "-0", "9007199254740993"]) {
    const text = nested(MAX_JSON_DEPTH, inner);
    expect(writeJson(readJson(text))).toBe(text);
  }
  for (const levels of [MAX_JSON_DEPTH + 2, 20_000, 200_000])
    expect(() => readJson(nested(levels))).toThrow("it is nested deeper than 1000 levels");
  expect(readJson(`["${"[".repeat(200_000)}"]`)).toHaveLength(1);
});

test("a long list is read and written whole", () => {
  const text = `[${"9007199254740993,".repeat(200_000)}-0]`;
  expect(writeJson(readJson(text))).toBe(text);
});

test.each(["", "{", "[1,]", "{'a':1}", "9007199254740993 x", "[-0", "01", "NaN"])(
  "what is no JSON is a SyntaxError: %s",
  (text) => {
    expect(() => readJson(text)).toThrow(SyntaxError);
  },
);

/** A value without its numbers. */
function shape(value: unknown): unknown {
  if (typeof value === "number" || isExactNumber(value)) return 0;
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).map(([key, inner]) => [key, shape(inner)]);
}
