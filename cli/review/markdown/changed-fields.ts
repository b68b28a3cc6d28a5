import type { ExpressionReview, FieldChange, ObjectReview } from "../report/report";
import { isMarked, listText, type Perspective } from "../report/words";
import { code, codeBlock } from "./code";

/** A line for each field that changes; lists in the words of `listText`. */
export const fieldList = (fields: readonly FieldChange[], perspective: Perspective): string =>
  fields.map((change) => `- ${change.field}: ${fieldText(change, perspective)}`).join("\n");

function fieldText(change: FieldChange, perspective: Perspective): string {
  const { before, after, list } = change;
  if (list) return listText(change, perspective, code);
  if (before === undefined) return code(after ?? "");
  return `~~${code(before)}~~ → ${after === undefined ? "_removed_" : code(after)}`;
}

const SIGNS = { kept: "  ", removed: "- ", added: "+ " } as const;

/** A definition or an expression. Of what changes, what goes and what comes are marked; what is new or deleted is a sentence. */
export function ruleBlock(review: ExpressionReview, action: ObjectReview["action"] | "drift"): string {
  const marked = isMarked(action, review);
  const lines = review.lines.map(({ is, text }) => (marked ? SIGNS[is] + text : text));
  return codeBlock(marked ? "diff" : "", lines);
}
