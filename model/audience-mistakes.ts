import { expressionMistakes, expressionWarnings } from "../definition/pql/expression";
import { argumentMistakes } from "./argument-mistakes";
import { AUDIENCE_TABLE } from "./audience-fields";
import { isSegmentId } from "./audience-id";
import { describeValue } from "./describe-value";
import { findDuplicates } from "./duplicates";
import { argumentSchema } from "./fields";
import type { IsUnknown } from "./is-unknown";
import { prefixPath, type Mistake } from "./mistake";
import { plainValueMistakes } from "./plain-values";

type Values = Readonly<Record<string, unknown>>;

const schema = argumentSchema(AUDIENCE_TABLE);

/**
 * Every authoring mistake in an audience's arguments; empty when there is none. Sends nothing.
 *
 * @param args the arguments as the program gave them, without `__provider`; in plain JavaScript that may be anything.
 * @param isUnknown what is not known yet is skipped, with all that depends on it.
 * @example audienceMistakes({ name: "Buyers", expresion: "…" }, () => false)
 *   // [{ path: "expresion", message: 'there is no such argument; did you mean "expression"?' }]
 */
export function audienceMistakes(args: unknown, isUnknown: IsUnknown): Mistake[] {
  const example = "such as { name: …, expression: … }";
  const findMore = ({ expression, mergePolicy, mergePolicyId, labels, adoptId }: Values) => [
    ...checkExpression(expression, isUnknown),
    ...checkMergePolicy(mergePolicy, mergePolicyId),
    ...(Array.isArray(labels) ? findDuplicates("labels", labels as readonly unknown[], isUnknown) : []),
    ...checkAdoptId(adoptId, isUnknown),
  ];
  return argumentMistakes({ schema, example, findMore }, args, isUnknown);
}

function checkExpression(expression: unknown, isUnknown: IsUnknown): Mistake[] {
  const numbersAndDepth = plainValueMistakes(expression, "expression", isUnknown);
  return numbersAndDepth.length > 0
    ? numbersAndDepth
    : expressionMistakes(expression, isUnknown).map((mistake) => prefixPath("expression", mistake));
}

/** What is odd in an expression without mistakes: what Adobe has to judge. */
export const audienceWarnings = (expression: unknown, isUnknown: IsUnknown): Mistake[] =>
  expressionWarnings(expression, isUnknown).map((mistake) => prefixPath("expression", mistake));

/** An unknown value is given, too, whatever it will be. */
function checkMergePolicy(name: unknown, id: unknown): Mistake[] {
  const isGiven = (value: unknown) => value !== undefined && value !== null;
  return isGiven(name) && isGiven(id)
    ? [{ path: "mergePolicyId", message: "found beside mergePolicy, which is the name of one; give one of the two" }]
    : [];
}

function checkAdoptId(adoptId: unknown, isUnknown: IsUnknown): Mistake[] {
  if (typeof adoptId !== "string" || isUnknown(adoptId) || !isSegmentId(adoptId)) return [];
  const message = `found ${describeValue(adoptId)}, the ID of a Customer Journey Analytics segment, expected that of an audience of Experience Platform: a UUID`;
  return [{ path: "adoptId", message }];
}
