import { expressionDifference, expressionLines, expressionSentences } from "../../../definition/pql/change";
import { escapeInvisible } from "../../escape-invisible";
import { KNOWN_LATER, SECRET } from "../preview/values";
import { containsSecret, hideIfOtherIsSecret, HIDDEN } from "./field-changes";
import type { NameLookup } from "./name-lookup";
import type { ExpressionReview, SentenceLine } from "./report";

/**
 * What a change of expression means, condition by condition, in words as far as there are any. An absent side is nothing. Undefined where both are the same.
 *
 * @param nameOf what audiences are called; without it, conditions stay as they are written
 * @param changed whether they differ although they look the same, since something is secret
 */
export function expressionReview(
  was: unknown,
  after: unknown,
  nameOf?: NameLookup,
  changed = false,
): ExpressionReview | undefined {
  const before = hideIfOtherIsSecret(was, after);
  if (before === undefined && after === undefined) return undefined;
  if (before === undefined) return keptExpression(after, nameOf, "added");
  if (after === undefined) return keptExpression(before, nameOf, "removed");
  const differs = changed || before !== was;
  if (replacementText(before) !== undefined || replacementText(after) !== undefined) {
    if (before !== after) return { lines: [...linesOf(before, nameOf, "removed"), ...linesOf(after, nameOf, "added")] };
    return differs && after === SECRET ? { lines: [added("The expression is secret, and changes")] } : undefined;
  }
  const lines = expressionDifference(before, after, nameOf).map(toShownLine);
  if (lines.length > 0) return { lines };
  const hidesChange = differs && containsSecret(after);
  return hidesChange
    ? { lines: [...linesOf(after, nameOf, "kept"), added("A secret value in it changes")] }
    : undefined;
}

/** An expression that stays as it is, or is on one side alone. */
export const keptExpression = (
  expression: unknown,
  nameOf?: NameLookup,
  is: SentenceLine["is"] = "kept",
): ExpressionReview => ({ lines: linesOf(expression, nameOf, is) });

const added = (text: string): SentenceLine => ({ is: "added", text });

const linesOf = (expression: unknown, nameOf: NameLookup | undefined, is: SentenceLine["is"]): SentenceLine[] => {
  const replacement = replacementText(expression);
  return (
    replacement !== undefined
      ? [replacement]
      : nameOf
        ? expressionSentences(expression, nameOf)
        : expressionLines(expression)
  )
    .map((text) => ({ is, text }))
    .map(toShownLine);
};

/** Whatever an author has put into it is shown: what shows nothing, or turns a line around, as an escape. */
const toShownLine = ({ is, text }: SentenceLine): SentenceLine => ({ is, text: escapeInvisible(text) });

/** What stands in the place of an expression that nobody is shown. */
function replacementText(expression: unknown): string | undefined {
  if (expression === KNOWN_LATER) return "The expression is known only after up";
  if (expression === SECRET) return "The expression is secret";
  return expression === HIDDEN ? `The expression ${HIDDEN}` : undefined;
}
