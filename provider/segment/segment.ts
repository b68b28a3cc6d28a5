import type { AnswerField, SegmentContent } from "../../model/segment-field-lists";
import type { SegmentValues } from "../../model/segment-fields";

/** A segment as the provider knows it, whichever dialect the service spoke. Only `id` is certain to be there. */
export interface Segment extends Partial<Pick<SegmentValues, AnswerField>> {
  readonly id: string;
}

/** The fields of a partial update; only what is in it is sent. */
export type SegmentPatch = Partial<Omit<SegmentContent, "dataViewId">>;
