import { equal } from "../../definition/equal";
import type { SegmentInputs } from "../../model";
import { BODY_FIELDS, isSameValue, segmentField, type SegmentContent } from "../../model/segment-lists";
import type { SegmentPatch } from "./segment";
import type { Diff } from "../lifecycle";
import { hasUnknown, isUnknown } from "../unknown-values";
import { metadataDiffers } from "./metadata";
import type { SegmentState } from "./state";

/** The fields in which a segment differs from what the program wants. What the program lacks is cleared. */
export function patch(found: Partial<SegmentContent>, wanted: SegmentContent): SegmentPatch {
  const changed = BODY_FIELDS.filter((name) => {
    if (segmentField(name).replaces) return false;
    if (name === "definition") return !sameDefinition(found.definition, wanted.definition);
    return !isSameValue(name, found[name], wanted[name]);
  });
  return Object.fromEntries(changed.map((name) => [name, wanted[name] ?? segmentField(name).absent]));
}

/**
 * What the engine shall do. Another data view is another segment; `adoptId` and `locale` say how a segment is made and read,
 * not what it is, so a change of them alone is none.
 */
export function diff(state: SegmentState, news: SegmentInputs): Diff {
  const because = REPLACING.filter((name) => isUnknown(news[name]) || news[name] !== state[name]);
  if (because.length > 0) return { kind: "replace", because };
  const differs =
    Object.keys(patch(state, news)).length > 0 ||
    metadataDiffers(state, news) ||
    !isSameValue("deletionPolicy", state.deletionPolicy, news.deletionPolicy);
  return differs ? { kind: "update" } : { kind: "same" };
}

const REPLACING = BODY_FIELDS.filter((name) => segmentField(name).replaces);

function sameDefinition(a: unknown, b: unknown): boolean {
  return a !== undefined && !hasUnknown(b) && equal(a, b);
}
