import { fc } from "../../../properties";

const digits = (least: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength }).map((all) => all.join(""));

const whole = digits(1, 25).map((text) => text.replace(/^0+(?=\d)/, ""));

/** Any number that JSON can write, most of them such that a double cannot hold them. */
export const numberText = fc.oneof(
  fc
    .tuple(fc.constantFrom("", "-"), whole, fc.option(digits(1, 25)), fc.option(fc.integer({ min: -500, max: 500 })))
    .map(
      ([sign, before, after, exponent]) =>
        sign + before + (after === null ? "" : `.${after}`) + (exponent === null ? "" : `e${exponent}`),
    ),
  fc.constantFrom("-0", "-0.0", "-0e7", "1e400", "-1E+400", "1e-400", "5e-324", "0.1", "1.10", "0.30000000000000004"),
  fc.constantFrom("9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993", "1e20", "1.0e15"),
);

/** Any JSON text, with its numbers as they are written. */
export const jsonText = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    numberText,
    fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
    fc.constantFrom("true", "false", "null", '"-0"', '"9007199254740993"', '"\\\\"', '"{[\\""'),
    fc.array(tie("value")).map((all) => `[${all.join(" , ")}]`),
    fc
      .array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom("__proto__", "toJSON", "text")), tie("value")))
      .map((all) => `{${all.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join("\n,")}}`),
  ),
})).value;

/** The numbers of a JSON text in their order, as they are written. */
export const numbersIn = (text: string): string[] =>
  [...text.matchAll(/"(?:[^"\\]|\\.)*"|(-?\d[\d.eE+-]*)/gs)].flatMap(([, number]) => number ?? []);

/** The value of a number: its sign, and its digits with the place of the last one. Written by hand, so that no library is its own judge. */
export function valueOf(number: string): string {
  const [, sign = "", before = "", after = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const all = (before + after).replace(/^0+/, "");
  const significant = all.replace(/0+$/, "");
  return significant === ""
    ? `${sign}0`
    : `${sign}${significant}e${Number(exponent) - after.length + all.length - significant.length}`;
}
