import { equal } from "../../definition/equal";
import type { DeletionPolicy, SegmentInputs } from "../../model";
import type { SegmentPatch } from "./segment";
import type { Diff } from "../lifecycle";
import { hasUnknown, isUnknown } from "../unknown-values";
import { metadataDiffers, type Metadata } from "./metadata";

interface Content {
  readonly name?: string;
  readonly description?: string;
  readonly definition?: unknown;
}

type Written = Content & Metadata & { readonly dataViewId: string; readonly deletionPolicy?: DeletionPolicy };

/** The fields in which a segment differs from what the program wants. A description that the program lacks is cleared. */
export function patch(found: Content, wanted: SegmentInputs): SegmentPatch {
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
export function diff(state: Written, news: SegmentInputs): Diff {
  if (isUnknown(news.dataViewId) || news.dataViewId !== state.dataViewId)
    return { kind: "replace", because: ["dataViewId"] };
  const differs =
    Object.keys(patch(state, news)).length > 0 ||
    metadataDiffers(state, news) ||
    (state.deletionPolicy ?? "delete") !== (news.deletionPolicy ?? "delete");
  return differs ? { kind: "update" } : { kind: "same" };
}

function sameDefinition(a: unknown, b: unknown): boolean {
  return a !== undefined && !hasUnknown(b) && equal(a, b);
}
