import { writeJson } from "../json";
import type { Mistake } from "../mistake";
import { describeShape, shapeOf } from "../shape";
import { withSortedKeys } from "../sorted";
import { checkExpression } from "./check";
import { checkJsonExpression } from "./json-check";
import { placeText, tokensOf, type ExpressionMistake } from "./tokens";

/** Tells values that are not known yet, at any depth. */
type IsUnknown = (value: unknown) => boolean;

const nothingUnknown: IsUnknown = () => false;

/**
 * What Adobe refuses for certain in an expression, a text of the query language or JSON in the form of pql/json. What is unknown is
 * skipped.
 *
 * @returns of a text each message begins with its line and column; of JSON each mistake has its path
 * @example expressionMistakes("a = 1 and") // [{ path: "", message: "line 1, column 10: the expression ends, expected a value" }]
 */
export const expressionMistakes = (expression: unknown, isUnknown: IsUnknown = nothingUnknown): readonly Mistake[] =>
  check(expression, isUnknown).errors;

/** What is not known here, and may be right: all that Adobe's pages do not describe. */
export const expressionWarnings = (expression: unknown, isUnknown: IsUnknown = nothingUnknown): readonly Mistake[] =>
  check(expression, isUnknown).warnings;

interface Checked {
  readonly errors: readonly Mistake[];
  readonly warnings: readonly Mistake[];
}

function check(expression: unknown, isUnknown: IsUnknown): Checked {
  if (isUnknown(expression)) return { errors: [], warnings: [] };
  const shape = shapeOf(expression);
  if (shape.is === "object") return checkJsonExpression(shape.value, isUnknown);
  if (shape.is !== "text") {
    const found = expression === undefined ? "nothing" : describeShape(shape);
    const message = `found ${found}, expected an expression: a string such as 'person.birthYear >= 1990', or JSON in the form of pql/json`;
    return { errors: [{ path: "", message }], warnings: [] };
  }
  if (/^\s*\{\s*"/.test(shape.value)) {
    const message = "found JSON in a string, expected the JSON itself; write JSON.parse(…) around it";
    return { errors: [{ path: "", message }], warnings: [] };
  }
  const { errors, warnings } = checkExpression(shape.value);
  return { errors: errors.map(withPlace), warnings: warnings.map(withPlace) };
}

const withPlace = ({ message, ...place }: ExpressionMistake): Mistake => ({
  path: "",
  message: `${placeText(place)}: ${message}`,
});

/**
 * Whether two expressions are the same. Texts are, but for blanks and line breaks outside of quotes; JSON is by its values, in any order
 * of its keys. A text and JSON never are: nobody but Adobe knows whether they mean the same.
 */
export function equalExpressions(a: unknown, b: unknown): boolean {
  if (typeof a === "string" && typeof b === "string") return a === b || withoutLayout(a) === withoutLayout(b);
  return writeJson(withSortedKeys(a)) === writeJson(withSortedKeys(b));
}

/** The words and signs of a text. Where blanks may say something, they stay: all of them, or those beside a minus. */
function withoutLayout(text: string): string {
  const { tokens, comments, unknown, mistake } = tokensOf(text);
  if (mistake ?? unknown ?? comments[0]) return text;
  let words = "";
  for (const [at, { source, start, end }] of tokens.entries()) {
    const next = tokens[at + 1];
    const touches = next !== undefined && next.start === end;
    // What Adobe's pages do not name: a comment.
    if (touches && source + next.source === "--") return text;
    // "a-b" may be one name.
    const beside = touches && (source === "-" || next.source === "-") ? "" : "\n";
    words += `${source}${start === end ? "" : beside}`;
  }
  return words;
}
