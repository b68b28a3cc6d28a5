import { PLAIN_FIELDS, segmentField, type PlainField, type SegmentContent } from "../../model/segment-fields";

type PlainContent = Pick<SegmentContent, PlainField>;
/** What is secret has a word in its place. */
type PlainValues = { readonly [Name in keyof PlainContent]: PlainContent[Name] | string };

/** A segment on one side of a comparison. */
export interface ComparedSegment extends PlainValues {
  /** What is the same on both sides: a resource's name, or a segment's. */
  readonly key: string;
  readonly id: string;
  readonly definition: unknown;
  /** Absent where this side does not say them: what a stack does not manage is no difference. */
  readonly tags?: readonly string[];
  readonly shares?: readonly ComparedShare[];
  /** What this side manages and keeps secret: it is compared with nothing, and the other side's is not shown either. */
  readonly hides?: readonly ("tags" | "shares")[];
}

/** The plain fields of a segment, none of them left out. */
export const plainValues = (values: Readonly<Partial<Record<PlainField, unknown>>>): PlainValues =>
  Object.fromEntries(
    PLAIN_FIELDS.map((name) => {
      const { absent = "" } = segmentField(name);
      const isOne = [typeof absent, "string"].includes(typeof values[name]);
      return [name, isOne ? values[name] : absent];
    }),
  ) as unknown as PlainValues;

/** With whom a segment is shared, on one side. */
export interface ComparedShare {
  readonly to: string;
  /** The IMS ID, the number, or both; one of each side is enough to be the same. In their place a logical name. */
  readonly ids: readonly string[];
  readonly access?: string;
}

/** One of the two that are compared. */
export interface Side {
  /** `stack:dev`, `dataview:dv_prod`. */
  readonly label: string;
  readonly segments: readonly ComparedSegment[];
}
