import { diffArrays } from "diff";
import { writeJson } from "../json";
import { withSortedKeys } from "../sorted";
import { equalExpressions } from "./expression";
import { toExpressionText } from "./json-to-text";
import { formatExpression } from "./print";

/** A line of an expression, and whether it is there before, after, or both. */
export interface ExpressionLine {
  readonly is: "kept" | "removed" | "added";
  readonly text: string;
}

/** An expression as it is read: a line for each condition. JSON is written as text as far as that is known, and else as it is. */
export const expressionLines = (expression: unknown): readonly string[] =>
  (typeof expression === "string" ? formatExpression(expression) : jsonText(expression)).split("\n");

const jsonText = (expression: unknown): string => {
  const text = toExpressionText(expression);
  return text === undefined ? asJson(expression) : formatExpression(text);
};

const asJson = (expression: unknown): string => writeJson(withSortedKeys(expression), 2);

/** Above the lines, where a reader sees no other difference. */
const rewritten = (was: string, is: string): ExpressionLine => ({
  is: "added",
  text: `The conditions read the same; they were ${was}, and are ${is} now`,
});

/** All lines of two expressions, with what goes and what comes. Empty where they are the same. */
export function expressionDifference(before: unknown, after: unknown): readonly ExpressionLine[] {
  if (equalExpressions(before, after)) return [];
  const lines = linesOf(expressionLines(before), expressionLines(after));
  if (lines.some(({ is }) => is !== "kept")) return lines;
  // Reading must not hide what differs.
  const [wasText, isText] = [before, after].map((side) => typeof side === "string");
  if (wasText !== isText) return [wasText ? rewritten("text", "JSON") : rewritten("JSON", "text"), ...lines];
  if (wasText) return linesOf(String(before).split("\n"), String(after).split("\n"));
  return linesOf(asJson(before).split("\n"), asJson(after).split("\n"));
}

const linesOf = (before: readonly string[], after: readonly string[]): ExpressionLine[] =>
  diffArrays([...before], [...after]).flatMap(({ added, removed, value }) =>
    value.map((text): ExpressionLine => ({ is: added ? "added" : removed ? "removed" : "kept", text })),
  );

const SIGNS = { kept: "  ", removed: "- ", added: "+ " } as const;

/**
 * What changes in an expression, line by line.
 *
 * @returns what goes after `-`, what comes after `+`; empty where both are the same
 * @example explainExpressionChange("a = 1 and b = 2", "a = 1 and b = 3") // ["- and b = 2", "+ and b = 3"]
 */
export const explainExpressionChange = (before: unknown, after: unknown): readonly string[] =>
  expressionDifference(before, after)
    .filter(({ is }) => is !== "kept")
    .map(({ is, text }) => SIGNS[is] + text);
