import { diffArrays } from "diff";
import { describe, equal, explainChange, type SentenceOptions } from "../../definition";
import { LATER } from "../preview/values";
import type { DefinitionReview, SentenceLine } from "./report";

/** What a change of definition means. An absent side is nothing. Undefined where both say the same. */
export function definitionReview(
  before: unknown,
  after: unknown,
  options: SentenceOptions,
): DefinitionReview | undefined {
  if (before === undefined && after === undefined) return undefined;
  if (before !== undefined && after !== undefined && same(before, after)) return undefined;
  const sides = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  const lines = sentenceLines(linesOf(before, options), linesOf(after, options));
  const changes =
    before === undefined || after === undefined || isLater(after) ? [] : explainChange(before, after, options);
  return { lines, changes, ...sides };
}

function sentenceLines(before: readonly string[], after: readonly string[]): SentenceLine[] {
  return diffArrays([...before], [...after]).flatMap(({ added, removed, value }) =>
    value.map((text) => ({
      is: added ? ("added" as const) : removed ? ("removed" as const) : ("kept" as const),
      text,
    })),
  );
}

const isLater = (definition: unknown): boolean => definition === LATER;

function linesOf(definition: unknown, options: SentenceOptions): string[] {
  if (definition === undefined) return [];
  if (isLater(definition)) return ["The definition is known only when it runs"];
  return describe(definition, options).split("\n");
}

/** By meaning where both have one. */
function same(before: unknown, after: unknown): boolean {
  try {
    return equal(before, after);
  } catch {
    return JSON.stringify(before) === JSON.stringify(after);
  }
}
