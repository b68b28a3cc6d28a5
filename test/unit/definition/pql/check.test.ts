import { checkExpression } from "../../../../definition/pql/check";
import { fc } from "../../../properties";
import { SAMPLES } from "./samples";

const NOTHING = { errors: [], warnings: [] };

test.each(SAMPLES)("Adobe's own %j has no mistake", (expression) => {
  expect(checkExpression(expression)).toEqual(NOTHING);
});

test.each<[string, number, number, string]>([
  ["", 1, 1, "the expression ends, expected a condition"],
  ['a = "x', 1, 5, "a text begins here, and its closing quote is missing on this line"],
  ["a = 'x", 1, 5, "a text begins here, and its closing quote is missing on this line"],
  ["a = “x”", 1, 5, "a text stands in straight double quotes"],
  ["a =\u00a01", 1, 4, "found the character U+00A0, which no expression has outside of a text"],
  ["a = 1 // b\nand", 2, 4, "the expression ends, expected a value"],
  ["a = 1 /* b\n\n*/ and", 3, 7, "the expression ends, expected a value"],
  ["(a = 1 // )", 1, 1, "( is not closed; ) is missing"],
  ["a = ) ; b", 1, 5, "found ), which closes nothing"],
  ["a = = 1 ; b", 1, 5, "found =, expected a value"],
  ["(a = 1", 1, 1, "( is not closed; ) is missing"],
  ["a = 1)", 1, 6, "found ), which closes nothing"],
  ["a in [1, 2)", 1, 11, "found ); the [ of line 1, column 6 is closed by ]"],
  ["a = 1 and", 1, 10, "the expression ends, expected a value"],
  ["a = 1\nand or b = 2", 2, 5, 'found "or", expected a value'],
  ["a = = 1", 1, 5, "found =, expected a value"],
  ["a in [1, , 2]", 1, 10, "found ,, expected a value"],
  ["a.b.()", 1, 5, "found (, expected a name"],
  ["t occurs <= 3 dais before now", 1, 15, 'found "dais", expected a unit of time: days'],
  ["t occurs <= 3 before now", 1, 15, 'found "before", expected a unit of time'],
  ["t occurs <= 3 days", 1, 19, "the expression ends, expected before, after or from"],
  ["t occurs last", 1, 14, "the expression ends, expected a unit of time"],
  ["chain(xEvent, timestamp, [A: WHAT(a = 1) WHEN(<= 3 dais before now)])", 1, 52, "expected a unit of time: days"],
  ["inSegment(abc)", 1, 11, 'inSegment takes the ID of an audience as a text: inSegment("…")'],
  ["inSegment()", 1, 1, "inSegment takes 1 argument, found 0"],
  ['a.startsWith("x", true, 1)', 1, 3, "startsWith takes 1 to 2 arguments, found 3"],
  ["date(2020, 3)", 1, 1, "date takes 3 arguments, found 2"],
  ["exists a from ".repeat(300), 1, 2801, "nested deeper than 200 levels"],
  ["(".repeat(300) + ")".repeat(300), 1, 201, "nested deeper than 200 levels"],
])("%j: line %i, column %i: %s", (expression, line, column, message) => {
  expect(checkExpression(expression).errors).toEqual([
    { line, column, message: expect.stringContaining(message) as string },
  ]);
});

test.each([
  "last.name = 1",
  "t occurs after last.purchase",
  "count > 5 and count in [1]",
  "t occurs <= 3 DAYS BEFORE now",
  'startsWith(name, "J", true)',
])("%j is no mistake for certain", (expression) => {
  expect(checkExpression(expression)).toEqual(NOTHING);
});

test("a quote behind a backslash may end a text or not: what then looks wrong passes with a warning", () => {
  expect(checkExpression('a = "\\" and b = "x"')).toEqual({
    errors: [],
    warnings: [expect.objectContaining({ line: 1, column: 19 })],
  });
});

test("several mistakes are told at once", () => {
  const { errors } = checkExpression("inSegment() and a.startsWith() and date(1)");
  expect(errors.map(({ column }) => column)).toEqual([1, 19, 36]);
});

test.each<[string, number, string]>([
  ['a.startWith("x")', 3, 'found "startWith", a function that Adobe\'s pages do not name; did you mean "startsWith"?'],
  ["brandNew(1)", 1, 'found "brandNew", a function that Adobe\'s pages do not name'],
  ["a = 1 xor b = 2", 7, 'found "xor", which is not understood here; this and what follows is sent as it stands'],
  ["a = 'x'", 5, "a text in single quotes; Adobe's pages on the language have double ones"],
  ["{a: 1}", 1, "found {, which is not understood here"],
  ["a = 1 ; b = 2", 7, 'found ";", which is not understood here; this and what follows is sent as it stands'],
  ["a ≥ 1", 3, 'found "≥", which is not understood here'],
  ["(a = 1 ? 2", 8, 'found "?", which is not understood here'],
  ["a = `it's`", 5, 'found "`", which is not understood here'],
  ["a.@b = 1", 3, 'found "@", which is not understood here'],
  ["a[#b] = 1)", 3, 'found "#", which is not understood here'],
  ["t occurs <= 3 #days before now", 15, 'found "#", which is not understood here'],
  ["a = 1 // it's )", 7, "a comment, which Adobe's pages on the language do not name; it is sent as it stands"],
  ["/* one */ a = /* two */ 1", 1, "a comment, which Adobe's pages"],
  ['inSegment(/* Buyers " */ "e3be6d7f")', 11, "a comment, which Adobe's pages"],
])("%j passes with a warning at column %i: %s", (expression, column, message) => {
  const { errors, warnings } = checkExpression(expression);
  expect(errors).toEqual([]);
  expect(warnings).toEqual([{ line: 1, column, message: expect.stringContaining(message) as string }]);
});

test("whatever it is given it answers, and long ones at once", () => {
  const words = fc.constantFrom(
    ...[
      "and",
      "or",
      "not",
      "in",
      "occurs",
      "before",
      "3",
      "days",
      "last",
      "(",
      ")",
      "[",
      "]",
      ",",
      ".",
      ":",
      "=",
      "<",
      "-",
    ],
    ...[
      "a",
      "exists",
      "from",
      "where",
      "WHAT",
      "WHEN",
      "let",
      "sum",
      "over",
      '"x"',
      "=>",
      "between",
      "now",
      "inSegment",
      "!",
      "{",
      "}",
    ],
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), (pieces) => {
      const { errors, warnings } = checkExpression(pieces.join(" "));
      expect(Array.isArray(errors) && Array.isArray(warnings)).toBe(true);
    }),
  );
  expect(checkExpression(Array.from({ length: 20_000 }, () => "not a = 1").join(" and "))).toEqual(NOTHING);
  expect(checkExpression(`${"not ".repeat(50_000)}a = 1`)).toEqual(NOTHING);
});
