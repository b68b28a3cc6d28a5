import { formatExpression } from "../../../../definition/pql/print";
import { tokensOf } from "../../../../definition/pql/tokens";
import { SAMPLES } from "./samples";

const wordsOf = (text: string) => tokensOf(text).tokens.map(({ source }) => source);

test.each(SAMPLES)("%j keeps its words, and is laid out once for all", (expression) => {
  const printed = formatExpression(expression);
  expect(wordsOf(printed)).toEqual(wordsOf(expression));
  expect(formatExpression(printed)).toBe(printed);
  expect(formatExpression(wordsOf(expression).join("\n  "))).toBe(printed);
});

test("a line for each condition, and brackets open where a line would be long", () => {
  expect(
    formatExpression(
      'inSegment("e3be6d7f") and CHAIN(xEvent,timestamp,[C0:WHAT(eventType.equals("commerce.checkouts",false)) WHEN(<= 24 hours before now),C1: WHAT(a=1)])and t occurs between date(2015,1,8) and now',
    ),
  ).toBe(
    `inSegment("e3be6d7f")
and CHAIN(
  xEvent,
  timestamp,
  [
    C0: WHAT(
      eventType.equals("commerce.checkouts", false)
    ) WHEN(<= 24 hours before now),
    C1: WHAT(a = 1)
  ]
)
and t occurs between date(2015, 1, 8) and now`,
  );
});

test.each(["a = (1", 'a = "x', "a)", "a ; b", "a and b // c\nand d", "a and /* b */ c"])(
  "%j is no expression, and stays as it is",
  (text) => {
    expect(formatExpression(text)).toBe(text);
  },
);

test("long ones are laid out at once, and what is nested without end stays as it is", () => {
  const bracketed = Array.from({ length: 20_000 }, () => "(aaaa)").join(" + ");
  expect(formatExpression(bracketed)).toContain("+ (aaaa) + (aaaa)");
  const conditions = Array.from({ length: 20_000 }, () => "a = 1").join(" and ");
  expect(formatExpression(conditions).split("\n")).toHaveLength(20_000);
  const deep = "(".repeat(10_000) + ")".repeat(10_000);
  expect(formatExpression(deep)).toBe(deep);
});
