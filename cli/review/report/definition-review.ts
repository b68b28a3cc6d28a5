import { isSameMeaning } from "../../../definition/equal";
import { describe, explainChange, type SentenceOptions } from "../../../definition";
import { KNOWN_LATER, SECRET } from "../preview/values";
import { diffArrays } from "diff";
import { HIDDEN, hideIfOtherIsSecret, containsSecret } from "./field-changes";
import type { DefinitionReview, SentenceLine } from "./report";

/**
 * What a change of definition means. An absent side is nothing. Undefined where both say the same.
 *
 * @param changed whether they differ although they look the same, since something is secret
 */
export function definitionReview(
  was: unknown,
  after: unknown,
  options: SentenceOptions,
  changed = false,
): DefinitionReview | undefined {
  const before = hideIfOtherIsSecret(was, after);
  if (before === undefined && after === undefined) return undefined;
  const sides = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  if (before !== undefined && after !== undefined && isSameMeaning(before, after))
    return (changed || before !== was) && containsSecret(after)
      ? { lines: secretLines(after, options), changes: [], ...sides }
      : undefined;
  const lines = sentenceLines(toLines(before, options), toLines(after, options));
  const areBothShown = [before, after].every(
    (side) => side !== undefined && side !== KNOWN_LATER && side !== SECRET && side !== HIDDEN,
  );
  return { lines, changes: areBothShown ? explainChange(before, after, options) : [], ...sides };
}

/** A definition that stays as it is. */
export const keptDefinition = (definition: unknown, options: SentenceOptions): DefinitionReview => ({
  lines: toLines(definition, options).map((text) => ({ is: "kept", text })),
  changes: [],
  after: definition,
});

/** What a review can show of a change whose values are secret. */
function secretLines(definition: unknown, options: SentenceOptions): SentenceLine[] {
  if (definition === SECRET) return [{ is: "added", text: "The definition is secret, and changes" }];
  return [...keptDefinition(definition, options).lines, { is: "added", text: "A secret value in it changes" }];
}

function sentenceLines(before: readonly string[], after: readonly string[]): SentenceLine[] {
  return diffArrays([...before], [...after]).flatMap(({ added, removed, value }) =>
    value.map((text) => ({
      is: added ? ("added" as const) : removed ? ("removed" as const) : ("kept" as const),
      text,
    })),
  );
}

function toLines(definition: unknown, options: SentenceOptions): string[] {
  if (definition === undefined) return [];
  if (definition === KNOWN_LATER) return ["The definition is known only after up"];
  if (definition === SECRET) return ["The definition is secret"];
  if (definition === HIDDEN) return [`The definition ${HIDDEN}`];
  return describe(definition, options).split("\n");
}
