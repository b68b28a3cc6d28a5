import { LATER, SECRET } from "../preview/values";
import { HIDDEN } from "./beside-secret";
import { inWords } from "./field-changes";
import type { SegmentReview, StackReport } from "./report";
import { headingName } from "./words";

/** Stacks of one review, and of those whose segments change as an earlier one's do, which. In the order given. */
export function withSame(stacks: readonly StackReport[]): StackReport[] {
  const shown = new Map<string, string>();
  return stacks.map((stack) => {
    if (stack.failures.length > 0 || stack.segments.length === 0) return stack;
    const key = inWords(stack.segments.map(changeOf));
    // What nobody is shown may differ.
    if ([SECRET, LATER, HIDDEN].some((word) => key.includes(word))) return stack;
    const [name, first] = [headingName(stack), shown.get(key)];
    if (first === undefined) shown.set(key, name);
    return first === undefined || first === name ? stack : { ...stack, sameAs: first };
  });
}

/** What differs from stack to stack stands in a heading, or says nothing of the change. */
function changeOf({ urn: _, id: _id, dataView: _view, ...change }: SegmentReview) {
  return change;
}
