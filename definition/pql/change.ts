import { diffArrays } from "diff";
import { writeJson } from "../json";
import { withSortedKeys } from "../sorted";
import { equalExpressions } from "./expression";
import { toExpressionText } from "./json-to-text";
import { conditionsOf, formatExpression, inline, layOut, piecesOf } from "./print";
import { areSeparate, describeCondition, type AudienceName } from "./sentences";

/** A line of an expression, and whether it is there before, after, or both. */
export interface ExpressionLine {
  readonly is: "kept" | "removed" | "added";
  readonly text: string;
}

/** An expression laid out, a line for each condition. JSON is written as text as far as that is known, and else as it is. */
export function expressionLines(expression: unknown): readonly string[] {
  const text = toText(expression);
  return (text === undefined ? asJson(expression) : formatExpression(text)).split("\n");
}

/** The same in words, as far as there are any for its conditions. */
export const expressionSentences = (expression: unknown, nameOf: AudienceName): readonly string[] =>
  sentencesOf([expression], nameOf)[0] ?? [];

const toText = (expression: unknown): string | undefined =>
  typeof expression === "string" ? expression : toExpressionText(expression);

const asJson = (expression: unknown): string => writeJson(withSortedKeys(expression), 2);

interface ReadCondition {
  readonly source: string;
  readonly laidOut: string;
  readonly sentence: string | undefined;
}

/** Conditions of which the words say the same, and which are not the same, stay as they are: reading must not hide what differs. */
function sentencesOf(expressions: readonly unknown[], nameOf: AudienceName): readonly (readonly string[])[] {
  const read = expressions.map((expression) => conditionsIn(expression, nameOf));
  const sources = new Map<string, Set<string>>();
  for (const { source, laidOut, sentence = laidOut } of read.flatMap((conditions) => conditions ?? []))
    sources.set(sentence, (sources.get(sentence) ?? new Set()).add(source));
  const shown = ({ laidOut, sentence }: ReadCondition) =>
    sentence !== undefined && sources.get(sentence)?.size === 1 ? sentence : laidOut;
  return read.map((conditions, index) =>
    conditions ? conditions.flatMap((one) => shown(one).split("\n")) : expressionLines(expressions[index]),
  );
}

function conditionsIn(expression: unknown, nameOf: AudienceName): readonly ReadCondition[] | undefined {
  const text = toText(expression);
  const pieces = text === undefined ? undefined : piecesOf(text);
  if (!pieces || !areSeparate(pieces)) return undefined;
  return conditionsOf(pieces).map((condition) => ({
    source: inline(condition),
    laidOut: layOut(condition, ""),
    sentence: describeCondition(condition, nameOf),
  }));
}

/** Above the lines, where a reader sees no other difference. */
const rewritten = (was: string, is: string): ExpressionLine => ({
  is: "added",
  text: `The conditions read the same; they were ${was}, and are ${is} now`,
});

/**
 * All lines of two expressions, with what goes and what comes. Empty where they are the same.
 *
 * @param nameOf where given, conditions are told in words, and audiences by their names
 */
export function expressionDifference(
  before: unknown,
  after: unknown,
  nameOf?: AudienceName,
): readonly ExpressionLine[] {
  if (equalExpressions(before, after)) return [];
  const sides = nameOf ? sentencesOf([before, after], nameOf) : [before, after].map(expressionLines);
  const lines = linesOf(sides[0] ?? [], sides[1] ?? []);
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
export const explainExpressionChange = (before: unknown, after: unknown, nameOf?: AudienceName): readonly string[] =>
  expressionDifference(before, after, nameOf)
    .filter(({ is }) => is !== "kept")
    .map(({ is, text }) => SIGNS[is] + text);
