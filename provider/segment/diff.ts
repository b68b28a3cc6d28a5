import { equal } from "../../definition/equal";
import type { SegmentInputs } from "../../inputs";
import type { SegmentPatch } from "../api/segment";
import type { Diff } from "../lifecycle";
import { hasUnknown, isUnknown } from "../unknown-values";

interface Written {
  readonly name?: string;
  readonly description?: string;
  readonly definition?: unknown;
}

/** The fields in which a segment differs from what the program wants. A description that the program lacks is cleared. */
export function patch(found: Written, wanted: SegmentInputs): SegmentPatch {
  return {
    ...(found.name === wanted.name ? {} : { name: wanted.name }),
    ...((found.description ?? "") === (wanted.description ?? "") ? {} : { description: wanted.description ?? "" }),
    ...(sameDefinition(found.definition, wanted.definition) ? {} : { definition: wanted.definition }),
  };
}

/**
 * What the engine shall do. Another data view is another segment; `adoptId` and `locale` say how a segment is made and read,
 * not what it is, so a change of them alone is none.
 */
export function diff(state: Written & { readonly dataViewId: string }, news: SegmentInputs): Diff {
  if (isUnknown(news.dataViewId) || news.dataViewId !== state.dataViewId)
    return { kind: "replace", because: ["dataViewId"] };
  return Object.keys(patch(state, news)).length > 0 ? { kind: "update" } : { kind: "same" };
}

function sameDefinition(a: unknown, b: unknown): boolean {
  return a !== undefined && !hasUnknown(b) && equal(a, b);
}
