import type { z } from "zod";
import { SEGMENT_TABLE, type Field, type SegmentValues } from "./segment-fields";

export type FieldName = keyof SegmentValues;
type Rows = typeof SEGMENT_TABLE;
type Having<Part> = { [Name in FieldName]: Rows[Name] extends Part ? Name : never }[FieldName];
type Is = Field<unknown>["is"];

/** A field's row. */
export const segmentField = (name: FieldName): Field<unknown> => SEGMENT_TABLE[name];

/** The names of the fields whose rows have something; the type says what, as `has` does. */
const having = <Part>(has: (row: Field<unknown>) => boolean) =>
  (Object.keys(SEGMENT_TABLE) as FieldName[]).filter((name) => has(segmentField(name))) as Having<Part>[];
const being = <These extends Is>(...these: readonly These[]) =>
  having<{ readonly is: These }>(({ is }) => these.some((one) => one === is));

type Argument = Having<{ readonly argument: z.ZodType }>;
type RequiredArgument = Having<{ readonly required: true }>;
export type BodyField = Having<{ readonly is: "body" }>;
export type ToldField = Having<{ readonly is: "told" | "noted" }>;
export type KeptArgument = Having<{ readonly is: "metadata" | "policy" }>;
/** What a segment's answer may have beside its ID. */
export type AnswerField = Having<{ readonly names: readonly [string, ...string[]] }>;
/** Of these, those whose shape in an answer is a matter of the client. */
export type ShapedField = Exclude<AnswerField, Having<{ readonly answer: z.ZodType }>>;
/** Of the body, what a line of text can show: all but the definition. */
export type PlainField = Having<{ readonly is: "body"; readonly shown: "heading" | "line" }>;

/** What a lookup answers. */
export type FoundField = Exclude<AnswerField, Having<{ readonly is: "noted" | "inner" }>>;
const isFound = (name: AnswerField): name is FoundField => !["noted", "inner"].includes(segmentField(name).is);

/** What a program has to say of a segment, and then what it may say. */
export const SEGMENT_ARGUMENTS: readonly Argument[] = [
  ...having<{ readonly required: true }>(({ required }) => required === true),
  ...having<{ readonly argument: z.ZodType }>(({ argument, required }) => argument !== undefined && required !== true),
];
export const BODY_FIELDS = being("body");
/** What only the service says, and state keeps. */
export const TOLD_FIELDS = being("told", "noted");
/** Of these, and of the body, what an answer without it leaves out of state, too. */
export const UNREMEMBERED_FIELDS = being("body", "noted");
/** What a program says, state keeps, and a body does not have. */
export const KEPT_ARGUMENTS = being("metadata", "policy");
export const ANSWER_FIELDS = having<{ readonly names: readonly [string, ...string[]] }>(
  ({ names }) => names !== undefined,
);
/** Of these, what a lookup answers: named as the outputs of the resource. */
export const FOUND_FIELDS = ANSWER_FIELDS.filter(isFound);
export const PLAIN_FIELDS = having<{ readonly is: "body"; readonly shown: "heading" | "line" }>(
  ({ is, shown }) => is === "body" && shown !== undefined,
);
/** What a review shows as a text, the policy as well. */
export const SHOWN_FIELDS = having<{ readonly shown: "heading" | "line" }>(({ shown }) => shown !== undefined);
/** What is cleared where the program says it no longer. */
export const CLEARED_FIELDS = having<{ readonly is: "body"; readonly absent: unknown }>(
  ({ is, absent }) => is === "body" && absent !== undefined,
);
/** The outputs of the resource. */
export const SEGMENT_OUTPUTS = being("body", "metadata", "policy", "told");

/** The arguments of a segment, all values known. */
export interface SegmentInputs
  extends Pick<SegmentValues, RequiredArgument>, Partial<Pick<SegmentValues, Exclude<Argument, RequiredArgument>>> {}

/** What a segment consists of when it is written. */
export type SegmentContent = Pick<SegmentInputs, BodyField>;

/** Whether two values of a field are the same: to leave it out may be to say something. A definition is compared by meaning, elsewhere. */
export function isSameValue(name: Exclude<FieldName, "definition">, one: unknown, other: unknown): boolean {
  const { absent } = segmentField(name);
  return (one ?? absent) === (other ?? absent);
}

/** The named fields that have a value. */
export const pick = <Values extends object, Name extends keyof Values>(values: Values, names: readonly Name[]) =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))) as Pick<
    Values,
    Name
  >;

/** All fields but the named ones. */
export const omit = <Values extends object, Name extends keyof Values>(values: Values, names: readonly Name[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.some((one) => one === name))) as Omit<
    Values,
    Name
  >;
