import type { SegmentInputs } from "../../model";
import { UNKNOWN } from "../../model/is-unknown";
import { only, without } from "../../model/fields";
import { BODY_FIELDS, isSameValue, KEPT_ARGUMENTS, segmentField, TOLD_FIELDS } from "../../model/segment-lists";
import { isUnknown } from "../unknown-values";
import { patch } from "./diff";
import { metadataChanges } from "./metadata";
import type { SegmentState } from "./state";

/** The arguments in which a plan differs from the state, those that make another segment among them. */
export function changedArguments(state: SegmentState, news: SegmentInputs): string[] {
  const replacing = BODY_FIELDS.filter((name) => segmentField(name).replaces).filter(
    (name) => isUnknown(news[name]) || news[name] !== state[name],
  );
  const policy = isSameValue("deletionPolicy", state.deletionPolicy, news.deletionPolicy) ? [] : ["deletionPolicy"];
  return [...replacing, ...Object.keys(patch(state, news)), ...metadataChanges(state, news), ...policy];
}

/** The outputs as far as a plan knows them. What only a write tells is unknown. */
export function plannedState(
  inputs: SegmentInputs,
  state: SegmentState | undefined,
  orgId: string | undefined,
): Readonly<Record<string, unknown>> {
  const args = { ...only(inputs, BODY_FIELDS), ...only(inputs, KEPT_ARGUMENTS) };
  if (state === undefined) {
    const told = TOLD_FIELDS.filter((name) => segmentField(name).is === "told").map((name) => [name, UNKNOWN]);
    return { ...args, ...Object.fromEntries(told), orgId: orgId ?? UNKNOWN };
  }
  const kept = without(state, [...BODY_FIELDS, ...KEPT_ARGUMENTS]);
  const changes = Object.keys(patch(state, inputs));
  return {
    ...args,
    ...kept,
    ...(changes.length > 0 && { modified: UNKNOWN }),
    ...(changes.includes("definition") && { compatibility: UNKNOWN, definitionDigest: UNKNOWN }),
  };
}
