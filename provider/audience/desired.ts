import { hash } from "../../definition/hash";
import { withoutNullish } from "../../definition/json/value";
import {
  AUDIENCE_BODY_FIELDS,
  AUDIENCE_DEFAULTS,
  type AudienceContent,
  type AudienceInputs,
} from "../../model/audience-field-lists";
import { pick } from "../../model/fields";
import type { Values } from "../lifecycle";

/** @param values arguments that passed the check */
export const inputsOf = (values: Values): AudienceInputs => withoutNullish(values) as unknown as AudienceInputs;

/** What is written of an audience: all that the program manages, and what leaving something out means. */
export const contentOf = (inputs: AudienceInputs, mergePolicyId: string | undefined): AudienceContent => ({
  ...AUDIENCE_DEFAULTS,
  ...pick(inputs, AUDIENCE_BODY_FIELDS),
  ...(mergePolicyId !== undefined && { mergePolicyId }),
});

/** What is made, by what the program says of it: two that want the same have the same key. */
export function keyOf(inputs: AudienceInputs, sandbox: string): string {
  const { adoptId: _adopted, replaceWithNewId: _replaced, deletionPolicy: _policy, ...said } = inputs;
  return `audience ${hash({ ...said, sandbox })}`;
}
