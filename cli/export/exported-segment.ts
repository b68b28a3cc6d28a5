import type { NamedResource } from "./kinds";
import { BODY_FIELDS, segmentField, type BodyField, type SegmentContent } from "../../model/segment-field-lists";

/** With whom a segment is shared, as a program says it. */
export interface ExportedShare {
  readonly to: string;
  readonly id?: string;
  readonly access?: string;
}

/** A segment as the service has it, with all that a program says of it. */
export interface ExportedSegment extends SegmentContent {
  readonly id: string;
  /** Absent where the program does not say them. */
  readonly tags?: readonly string[];
  readonly shares?: readonly ExportedShare[];
}

/** The fields of its body that a program has to say: not what leaving them out means already. */
export const fieldsToWrite = (segment: ExportedSegment): BodyField[] =>
  BODY_FIELDS.filter((name) => segment[name] !== undefined && segment[name] !== segmentField(name).absent);

/** A segment and what it is called in the program. */
export interface NamedSegment extends NamedResource {
  readonly segment: ExportedSegment;
}
