import type { SegmentInputs } from "../../model";
import { UNKNOWN } from "../../model/is-unknown";
import {
  BODY_FIELDS,
  isSameValue,
  STATE_ARGUMENTS,
  omit,
  pick,
  segmentField,
  SERVICE_FIELDS,
} from "../../model/segment-lists";
import { isUnknown } from "../unknown-values";
import { changedFields } from "./diff";
import { changedMetadata } from "./metadata";
import type { SegmentState } from "./state";

/** The arguments in which a plan differs from the state, those that make another segment among them. */
export function changedArguments(state: SegmentState, news: SegmentInputs): string[] {
  const replacing = BODY_FIELDS.filter((name) => segmentField(name).replaces).filter(
    (name) => isUnknown(news[name]) || news[name] !== state[name],
  );
  const policy = isSameValue("deletionPolicy", state.deletionPolicy, news.deletionPolicy) ? [] : ["deletionPolicy"];
  return [...replacing, ...Object.keys(changedFields(state, news)), ...changedMetadata(state, news), ...policy];
}

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
