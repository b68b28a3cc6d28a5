import { UNKNOWN } from "../../model/is-unknown";
import {
  AUDIENCE_BODY_FIELDS,
  AUDIENCE_DEFAULTS,
  AUDIENCE_SERVICE_FIELDS,
  AUDIENCE_STATE_ARGUMENTS,
  type AudienceInputs,
} from "../../model/audience-field-lists";
import { omit, pick } from "../../model/fields";
import { updatingArguments } from "./diff";
import type { AudienceState } from "./state";

const unknown = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, UNKNOWN]));

/** The outputs as far as a plan knows them. What only a write tells is unknown. */
export function plannedState(
  inputs: AudienceInputs,
  state: AudienceState | undefined,
  { orgId, sandbox }: { readonly orgId: string | undefined; readonly sandbox: string },
): Readonly<Record<string, unknown>> {
  const args = { ...pick(inputs, AUDIENCE_BODY_FIELDS), ...pick(inputs, AUDIENCE_STATE_ARGUMENTS) };
  if (state === undefined) {
    const fromService = AUDIENCE_BODY_FIELDS.filter((name) => AUDIENCE_DEFAULTS[name] === undefined);
    return {
      ...unknown([...fromService, ...AUDIENCE_SERVICE_FIELDS]),
      ...args,
      ...{ orgId: orgId ?? UNKNOWN, sandboxName: inputs.sandbox ?? sandbox },
    };
  }
  const changed = updatingArguments(state, inputs);
  const isWritten = changed.some((name) => name !== "deletionPolicy");
  return {
    ...omit(state, AUDIENCE_STATE_ARGUMENTS),
    ...args,
    ...(isWritten && unknown(["modified", "expressionDigest"])),
    ...(changed.includes("mergePolicy") && inputs.mergePolicyId === undefined && unknown(["mergePolicyId"])),
  };
}
