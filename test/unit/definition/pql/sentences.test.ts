import { expressionDifference, expressionSentences } from "../../../../definition/pql/change";
import { equalExpressions } from "../../../../definition/pql/expression";
import { fc, samples } from "../../../properties";
import { JSON_SAMPLES, SAMPLES } from "./samples";

const nameOf = (id: string) => (id === "e3be" ? "Buyers (e3be)" : id);
const read = (expression: unknown) => expressionSentences(expression, nameOf).join("\n");

test.each<[string, string]>([
  ['homeAddress.countryISO = "CA"', 'homeAddress.countryISO is "CA"'],
  ["person.birthYear >= 1990", "person.birthYear is at least 1990"],
  ["a != -1", "a is not -1"],
  ["a.b < c.d", "a.b is less than c.d"],
  ["person.birthMonth in [3, 6, 9]", "person.birthMonth is one of [3, 6, 9]"],
  ['a notIn ["x"]', 'a is none of ["x"]'],
  ['city like "%es%"', 'city is like "%es%"'],
  ['name.startsWith("J")', 'name starts with "J"'],
  ['name.equals("J", false)', 'name equals "J" (in any case)'],
  ["homeAddress.isNull()", "homeAddress has no value"],
  ["homeAddress.isNotNull()", "homeAddress has a value"],
  ['inSegment("e3be")', "is in the audience Buyers (e3be)"],
  ['not inSegment("other")', "is not in the audience other"],
  ["!(a = 1)", "not (a is 1)"],
  ['not (a = 1 or inSegment("e3be"))', "not (a is 1 or is in the audience Buyers (e3be))"],
  ['a = 1 and (b = 2 or c.contains("x"))', 'a is 1\nand (b is 2 or c contains "x")'],
  [
    'CHAIN(xEvent, timestamp, [A: WHAT(eventType = "buy" and price > 5) WHEN(<= 24 hours before now)])',
    'has an event where eventType is "buy" and price is more than 5, at most 24 hours before now',
  ],
  ['not (chain(xEvent, timestamp, [WHAT(a = "x") WHEN(today)]))', 'has no event where a is "x", when today'],
  [
    'chain(xEvent, timestamp, [A: WHAT(a = "x"), B: WHAT(a = "y")])',
    'has these events, one after the other:\n  1. a is "x"\n  2. a is "y"',
  ],
  [
    '(aaaaaaaaaaaaaaaaaaaa = "xxxxxxxxxxxxxxxxxx" or bbbbbbbbbbbbbbbbbbbbbb = "xxxxxxxxxxxxxxxxxx" or c = 1)',
    '(\n  aaaaaaaaaaaaaaaaaaaa is "xxxxxxxxxxxxxxxxxx"\n  or bbbbbbbbbbbbbbbbbbbbbb is "xxxxxxxxxxxxxxxxxx"\n  or c is 1\n)',
  ],
])("%s", (expression, sentence) => {
  expect(read(expression)).toBe(sentence);
});

test.each([
  "exists E from xEvent where E.a = 1\nand E.b = 2",
  "let S = (sum X.a over X from xEvent) in (S > 1)",
  "a + b = 3",
  "t occurs <= 3 days before now",
  "chain(other, timestamp, [A: WHAT(a = 1)])",
  "numbers.map(square)",
  "a = (1",
])("%s stays as it is", (expression) => {
  expect(read(expression)).toBe(expression);
});

test("JSON is read in the same words", () => {
  expect(JSON_SAMPLES.map(read)).toEqual(["a is b", 'person.gender is one of ["female"]']);
  expect(read({ nodeType: "other" })).toBe('{\n  "nodeType": "other"\n}');
});

test("two conditions that would read the same stay as they are", () => {
  const lines = expressionDifference('a.equals("x") and b = 1', 'a.equals("x", true) and b = 2', nameOf);
  expect(lines.filter(({ is }) => is !== "kept").map(({ text }) => text)).toEqual([
    'a.equals("x")',
    "and b is 1",
    'a.equals("x", true)',
    "and b is 2",
  ]);
});

test("two different conditions never read the same beside each other", () => {
  const conditions = [
    "a = 1",
    "a is 1",
    "a == 1",
    "a.equals(1)",
    "a.equals(1, true)",
    "not a = 1",
    "not (a = 1)",
    "!(a = 1)",
  ];
  const more = ['inSegment("e3be")', 'inSegment("Buyers (e3be)")', "is in the audience Buyers (e3be)", "not not a = 1"];
  for (const one of [...conditions, ...more])
    for (const other of [...conditions, ...more]) {
      const lines = expressionDifference(`x = 1 and ${one}`, `x = 2 and ${other}`, nameOf);
      expect([one, other, lines.filter(({ is }) => is === "kept").length]).toEqual([one, other, one === other ? 1 : 0]);
    }
});

test("whatever differs is told, in words or not", () => {
  const condition = fc.constantFrom(
    ...["a = 1", "a = 2", "a==1", 'a.equals("x")', 'a.equals("x", true)', 'a.equals("x", false)', "a.b = 1", "(a = 1)"],
    ...['inSegment("e3be")', 'inSegment("Buyers (e3be)")', "not a = 1", "not (a = 1)", "!(a = 1)", "a - b = 1", "x ="],
    ...SAMPLES,
  );
  const expression = fc
    .array(fc.tuple(fc.constantFrom(" and ", " or ", " and not "), condition), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map(([word, text], at) => (at === 0 ? text : word + text)).join(""));
  fc.assert(
    fc.property(expression, expression, (before, after) => {
      const lines = expressionDifference(before, after, nameOf);
      expect(lines.some(({ is }) => is !== "kept")).toBe(!equalExpressions(before, after));
    }),
    { numRuns: samples(3_000) },
  );
});

test("each line of long expressions is read at once", () => {
  const conditions = Array.from({ length: 5_000 }, (_, n) => `a = ${n}`);
  expect(read(conditions.join(" and ")).split("\n")).toHaveLength(5_000);
  expect(read(`${"not ".repeat(50_000)}a = 1`)).toContain("not a = 1");
  expect(read(Array.from({ length: 50_000 }, () => "(a)").join(" + "))).toContain("(a) + (a)");
  // Nobody could follow them in words.
  expect(read("(".repeat(190) + "a = 1" + ")".repeat(190))).toContain("a = 1");
  const inner = (depth: number): string =>
    depth === 0 ? "a = 1" : `not (chain(xEvent, timestamp, [WHAT(${inner(depth - 1)}) WHO(1)]))`;
  expect(read(inner(40))).toContain("a = 1");
});
