import { equal } from "../../definition/equal";
import type { SegmentInputs } from "../../model";
import { BODY_FIELDS, isSameValue, segmentField, type SegmentContent } from "../../model/segment-lists";
import type { SegmentPatch } from "./segment";
import type { Diff } from "../lifecycle";
import { hasUnknown, isUnknown } from "../unknown-values";
import { metadataDiffers } from "./metadata";
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
  const replaces = REPLACING_FIELDS.filter((name) => isUnknown(news[name]) || news[name] !== state[name]);
  if (replaces.length > 0) return { kind: "replace", replaces };
  const isUpdate =
    Object.keys(changedFields(state, news)).length > 0 ||
    metadataDiffers(state, news) ||
    !isSameValue("deletionPolicy", state.deletionPolicy, news.deletionPolicy);
  return isUpdate ? { kind: "update" } : { kind: "same" };
}

const REPLACING_FIELDS = BODY_FIELDS.filter((name) => segmentField(name).replaces);

function sameDefinition(a: unknown, b: unknown): boolean {
  return a !== undefined && !hasUnknown(b) && equal(a, b);
}
