import { equal } from "../../definition/equal";
import type { SegmentInputs } from "../../model";
import { BODY_FIELDS, isSameValue, segmentField, type SegmentContent } from "../../model/segment-field-lists";
import type { SegmentPatch } from "./segment";
import type { Diff } from "../lifecycle";
import { hasUnknown, isUnknown } from "../unknown-values";
import { changedMetadata } from "./tags-and-shares";
import type { SegmentState } from "./state";

/** The fields in which a segment differs from what the program wants. What the program lacks is cleared. */
export function changedFields(found: Partial<SegmentContent>, desired: SegmentContent): SegmentPatch {
  const changed = BODY_FIELDS.filter((name) => {
    if (segmentField(name).replaces) return false;
    if (name === "definition") return !sameDefinition(found.definition, desired.definition);
    return !isSameValue(name, found[name], desired[name]);
  });
  return Object.fromEntries(changed.map((name) => [name, desired[name] ?? segmentField(name).absent]));
}

/**
 * What the engine shall do. Another data view is another segment; `adoptId` and `locale` say how a segment is made and read,
 * not what it is, so a change of them alone is none.
 */
export function diff(state: SegmentState, news: SegmentInputs): Diff {
  const replaces = replacingArguments(state, news);
  if (replaces.length > 0) return { kind: "replace", replaces };
  return updatingArguments(state, news).length > 0 ? { kind: "update" } : { kind: "same" };
}

/** The arguments in which a plan differs from the state, those that make another segment among them. */
export const changedArguments = (state: SegmentState, news: SegmentInputs): string[] => [
  ...replacingArguments(state, news),
  ...updatingArguments(state, news),
];

const replacingArguments = (state: SegmentState, news: SegmentInputs): string[] =>
  REPLACING_FIELDS.filter((name) => isUnknown(news[name]) || news[name] !== state[name]);

function updatingArguments(state: SegmentState, news: SegmentInputs): string[] {
  const policy = isSameValue("deletionPolicy", state.deletionPolicy, news.deletionPolicy) ? [] : ["deletionPolicy"];
  return [...Object.keys(changedFields(state, news)), ...changedMetadata(state, news), ...policy];
}

const REPLACING_FIELDS = BODY_FIELDS.filter((name) => segmentField(name).replaces);

function sameDefinition(a: unknown, b: unknown): boolean {
  return a !== undefined && !hasUnknown(b) && equal(a, b);
}
