import type { SegmentInputs } from "../../model";
import { UNKNOWN } from "../../model/is-unknown";
import { omit, pick } from "../../model/fields";
import { BODY_FIELDS, STATE_ARGUMENTS, segmentField, SERVICE_FIELDS } from "../../model/segment-field-lists";
import { changedFields } from "./diff";
import type { SegmentState } from "./state";

/** The outputs as far as a plan knows them. What only a write tells is unknown. */
export function plannedState(
  inputs: SegmentInputs,
  state: SegmentState | undefined,
  orgId: string | undefined,
): Readonly<Record<string, unknown>> {
  const args = { ...pick(inputs, BODY_FIELDS), ...pick(inputs, STATE_ARGUMENTS) };
  if (state === undefined) {
    const outputs = SERVICE_FIELDS.filter((name) => segmentField(name).kind === "output");
    const unknown = Object.fromEntries(outputs.map((name) => [name, UNKNOWN])) as Readonly<Record<string, string>>;
    return { ...args, ...unknown, orgId: orgId ?? UNKNOWN };
  }
  const kept = omit(state, [...BODY_FIELDS, ...STATE_ARGUMENTS]);
  const changes = Object.keys(changedFields(state, inputs));
  return {
    ...args,
    ...kept,
    ...(changes.length > 0 && { modified: UNKNOWN }),
    ...(changes.includes("definition") && { compatibility: UNKNOWN, definitionDigest: UNKNOWN }),
  };
}
