import type { z } from "zod";
import { SEGMENT_TABLE, type Field, type SegmentValues } from "./segment-fields";

export type FieldName = keyof SegmentValues;
type Rows = typeof SEGMENT_TABLE;
type FieldsWith<RowPart> = { [Name in FieldName]: Rows[Name] extends RowPart ? Name : never }[FieldName];
type FieldKind = Field<unknown>["kind"];

/** A field's row. */
export const segmentField = (name: FieldName): Field<unknown> => SEGMENT_TABLE[name];

/** The names of the fields whose rows have something; the type says what, as `has` does. */
const fieldsWhere = <RowPart>(matches: (row: Field<unknown>) => boolean) =>
  (Object.keys(SEGMENT_TABLE) as FieldName[]).filter((name) => matches(segmentField(name))) as FieldsWith<RowPart>[];
const fieldsOfKind = <Kinds extends FieldKind>(...kinds: readonly Kinds[]) =>
  fieldsWhere<{ readonly kind: Kinds }>(({ kind }) => kinds.some((one) => one === kind));

type Argument = FieldsWith<{ readonly argument: z.ZodType }>;
type RequiredArgument = FieldsWith<{ readonly required: true }>;
export type BodyField = FieldsWith<{ readonly kind: "body" }>;
export type ServiceField = FieldsWith<{ readonly kind: "output" | "reviewOnly" }>;
export type StateArgument = FieldsWith<{ readonly kind: "metadata" | "policy" }>;
/** What a segment's answer may have beside its ID. */
export type AnswerField = FieldsWith<{ readonly names: readonly [string, ...string[]] }>;
/** Of these, those whose shape in an answer is a matter of the client. */
export type ClientShapedField = Exclude<AnswerField, FieldsWith<{ readonly answer: z.ZodType }>>;
/** Of the body, what a line of text can show: all but the definition. */
export type TextField = FieldsWith<{ readonly kind: "body"; readonly shown: "heading" | "line" }>;

/** What a lookup answers. */
export type LookupField = Exclude<AnswerField, FieldsWith<{ readonly kind: "reviewOnly" | "internal" }>>;
const isLookupField = (name: AnswerField): name is LookupField =>
  !["reviewOnly", "internal"].includes(segmentField(name).kind);

/** What a program has to say of a segment, and then what it may say. */
export const SEGMENT_ARGUMENTS: readonly Argument[] = [
  ...fieldsWhere<{ readonly required: true }>(({ required }) => required === true),
  ...fieldsWhere<{ readonly argument: z.ZodType }>(
    ({ argument, required }) => argument !== undefined && required !== true,
  ),
];
export const BODY_FIELDS = fieldsOfKind("body");
/** What only the service says, and state keeps. */
export const SERVICE_FIELDS = fieldsOfKind("output", "reviewOnly");
/** Of these, and of the body, what an answer without it leaves out of state, too. */
export const FORGETTABLE_FIELDS = fieldsOfKind("body", "reviewOnly");
/** What a program says, state keeps, and a body does not have. */
export const STATE_ARGUMENTS = fieldsOfKind("metadata", "policy");
export const ANSWER_FIELDS = fieldsWhere<{ readonly names: readonly [string, ...string[]] }>(
  ({ names }) => names !== undefined,
);
/** Of these, what a lookup answers: named as the outputs of the resource. */
export const LOOKUP_FIELDS = ANSWER_FIELDS.filter(isLookupField);
export const TEXT_FIELDS = fieldsWhere<{ readonly kind: "body"; readonly shown: "heading" | "line" }>(
  ({ kind, shown }) => kind === "body" && shown !== undefined,
);
/** What a review shows as a text, the policy as well. */
export const SHOWN_FIELDS = fieldsWhere<{ readonly shown: "heading" | "line" }>(({ shown }) => shown !== undefined);
/** What is cleared where the program says it no longer. */
export const CLEARED_FIELDS = fieldsWhere<{ readonly kind: "body"; readonly absent: unknown }>(
  ({ kind, absent }) => kind === "body" && absent !== undefined,
);
/** The outputs of the resource. */
export const SEGMENT_OUTPUTS = fieldsOfKind("body", "metadata", "policy", "output");

/** The arguments of a segment, all values known. */
export interface SegmentInputs
  extends Pick<SegmentValues, RequiredArgument>, Partial<Pick<SegmentValues, Exclude<Argument, RequiredArgument>>> {}

/** What a segment consists of when it is written. */
export type SegmentContent = Pick<SegmentInputs, BodyField>;

/** Whether two values of a field are the same: to leave it out may be to say something. A definition is compared by meaning, elsewhere. */
export function isSameValue(name: Exclude<FieldName, "definition">, value: unknown, other: unknown): boolean {
  const { absent } = segmentField(name);
  return (value ?? absent) === (other ?? absent);
}

/** The named fields that have a value. */
export const pick = <Values extends object, Name extends keyof Values>(values: Values, names: readonly Name[]) =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))) as Pick<
    Values,
    Name
  >;

/** All fields but the named ones. */
export const omit = <Values extends object, Name extends keyof Values>(values: Values, names: readonly Name[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.some((omitted) => omitted === name))) as Omit<
    Values,
    Name
  >;
