import { exactNumbers } from "../definition/exact-numbers";
import { guardrailWarnings } from "../definition/guardrails";
import { parse } from "../definition/parse/parse";
import { toJson } from "../definition/to-json";
import { argumentMistakes } from "./argument-mistakes";
import type { IsUnknown } from "./is-unknown";
import { prefixPath, type Mistake } from "./mistake";
import { metadataMistakes } from "./tags-and-shares";
import { argumentSchema } from "./fields";
import { SEGMENT_TABLE } from "./segment-fields";
import { describeValue } from "./describe-value";

const schema = argumentSchema(SEGMENT_TABLE);

/**
 * Every authoring mistake in a segment's arguments; empty when there is none. Sends nothing.
 *
 * @param args the arguments as the program gave them, without `__provider`; in plain JavaScript that may be anything.
 * @param isUnknown what is not known yet is skipped, with all that depends on it.
 * @example segmentMistakes({ name: "Mobile", dataViewId: "dv_prod", defintion: rule }, () => false)
 *   // [{ path: "defintion", message: 'there is no such argument; did you mean "definition"?' }]
 */
export function segmentMistakes(args: unknown, isUnknown: IsUnknown): Mistake[] {
  const example = "such as { name: …, dataViewId: …, definition: … }";
  const findMore = ({ definition, tags, shares }: Readonly<Record<string, unknown>>) => [
    ...checkDefinition(definition, isUnknown),
    ...metadataMistakes(tags, shares, isUnknown),
  ];
  return argumentMistakes({ schema, example, findMore }, args, isUnknown);
}

function checkDefinition(definition: unknown, isUnknown: IsUnknown): Mistake[] {
  if (isUnknown(definition)) return [];
  if (definition === undefined || definition === null) {
    const message = `found ${describeValue(definition)}, expected a segment definition: {"func": "segment", "version": [1, 0, 0], "container": …}`;
    return [{ path: "definition", message }];
  }
  const numberMistakes = exactNumbers(definition).map(({ path, message }) => ({
    path,
    message: `found ${message}, which JavaScript would round; write a smaller number or, if it is an ID, compare it as a string ("streq")`,
  }));
  return [...parse(definition, { isUnknown }).errors, ...numberMistakes].map((mistake) =>
    prefixPath("definition", mistake),
  );
}

/** What is odd in a definition without mistakes: what Adobe's validation has to judge, and what is beyond Adobe's limits. */
export function definitionWarnings(definition: unknown, isUnknown: IsUnknown): Mistake[] {
  if (isUnknown(definition)) return [];
  return [...parse(definition, { isUnknown }).warnings, ...guardrailWarnings(toJson(definition))].map((mistake) =>
    prefixPath("definition", mistake),
  );
}
