import type { z } from "zod";
import { argumentsIn, fieldsOfKind, fieldsWhere, type Field, type FieldsWith, type InputsOf } from "./fields";
import { SEGMENT_TABLE, type SegmentField, type SegmentValues } from "./segment-fields";

export type FieldName = keyof SegmentValues;
type Rows = typeof SEGMENT_TABLE;
type With<RowPart> = FieldsWith<Rows, RowPart>;

/** A field's row. */
export const segmentField = (name: FieldName): SegmentField<unknown> => SEGMENT_TABLE[name];

const where = <RowPart>(matches: (row: Field<unknown>) => boolean) =>
  fieldsWhere<Rows, RowPart>(SEGMENT_TABLE, matches);
const ofKind = <Kinds extends Field<unknown>["kind"]>(...kinds: readonly Kinds[]) =>
  fieldsOfKind(SEGMENT_TABLE, ...kinds);

export type BodyField = With<{ readonly kind: "body" }>;
export type ServiceField = With<{ readonly kind: "output" | "reviewOnly" }>;
export type StateArgument = With<{ readonly kind: "metadata" | "policy" }>;
/** What a segment's answer may have beside its ID. */
export type AnswerField = With<{ readonly names: readonly [string, ...string[]] }>;
/** Of these, those whose shape in an answer is a matter of the client. */
export type ClientShapedField = Exclude<AnswerField, With<{ readonly answer: z.ZodType }>>;
/** Of the body, what a line of text can show: all but the definition. */
export type TextField = With<{ readonly kind: "body"; readonly shown: "heading" | "line" }>;

/** What a lookup answers. */
export type LookupField = Exclude<AnswerField, With<{ readonly kind: "reviewOnly" | "internal" }>>;
const isLookupField = (name: AnswerField): name is LookupField =>
  !["reviewOnly", "internal"].includes(segmentField(name).kind);

/** What a program has to say of a segment, and then what it may say. */
export const SEGMENT_ARGUMENTS = argumentsIn(SEGMENT_TABLE);
export const BODY_FIELDS = ofKind("body");
/** What only the service says, and state keeps. */
export const SERVICE_FIELDS = ofKind("output", "reviewOnly");
/** Of these, and of the body, what an answer without it leaves out of state, too. */
export const FORGETTABLE_FIELDS = ofKind("body", "reviewOnly");
/** What a program says, state keeps, and a body does not have. */
export const STATE_ARGUMENTS = ofKind("metadata", "policy");
export const ANSWER_FIELDS = where<{ readonly names: readonly [string, ...string[]] }>(
  ({ names }) => names !== undefined,
);
/** Of these, what a lookup answers: named as the outputs of the resource. */
export const LOOKUP_FIELDS = ANSWER_FIELDS.filter(isLookupField);
export const TEXT_FIELDS = where<{ readonly kind: "body"; readonly shown: "heading" | "line" }>(
  ({ kind, shown }) => kind === "body" && shown !== undefined,
);
/** What a review shows as a text, the policy as well. */
export const SHOWN_FIELDS = where<{ readonly shown: "heading" | "line" }>(({ shown }) => shown !== undefined);
/** What is cleared where the program says it no longer. */
export const CLEARED_FIELDS = where<{ readonly kind: "body"; readonly absent: unknown }>(
  ({ kind, absent }) => kind === "body" && absent !== undefined,
);
/** The outputs of the resource. */
export const SEGMENT_OUTPUTS = ofKind("body", "metadata", "policy", "output");

/** The arguments of a segment, all values known. */
export interface SegmentInputs extends InputsOf<Rows, SegmentValues> {}

/** What a segment consists of when it is written. */
export type SegmentContent = Pick<SegmentInputs, BodyField>;

/** Whether two values of a field are the same: to leave it out may be to say something. A definition is compared by meaning, elsewhere. */
export function isSameValue(name: Exclude<FieldName, "definition">, value: unknown, other: unknown): boolean {
  const { absent } = segmentField(name);
  return (value ?? absent) === (other ?? absent);
}
