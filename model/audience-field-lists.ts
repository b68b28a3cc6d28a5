import { AUDIENCE_TABLE, type AudienceField, type AudienceValues } from "./audience-fields";
import { argumentsIn, fieldsOfKind, fieldsWhere, type FieldsWith, type InputsOf } from "./fields";

export type AudienceFieldName = keyof AudienceValues;
type Rows = typeof AUDIENCE_TABLE;
type With<RowPart> = FieldsWith<Rows, RowPart>;

/** A field's row. */
export const audienceField = (name: AudienceFieldName): AudienceField<unknown> => AUDIENCE_TABLE[name];

export type AudienceBodyField = With<{ readonly kind: "body" }>;
export type AudienceServiceField = With<{ readonly kind: "output" }>;
export type AudienceStateArgument = With<{ readonly kind: "policy" }>;
/** What an audience's answer may have beside its ID. */
export type AudienceAnswerField = With<{ readonly names: readonly [string, ...string[]] }>;

/** What a lookup answers. */
export type AudienceLookupField = Exclude<AudienceAnswerField, With<{ readonly kind: "internal" }>>;

/** What a program has to say of an audience, and then what it may say. */
export const AUDIENCE_ARGUMENTS = argumentsIn(AUDIENCE_TABLE);
export const AUDIENCE_BODY_FIELDS = fieldsOfKind(AUDIENCE_TABLE, "body");
/** What only the service says, and state keeps. */
export const AUDIENCE_SERVICE_FIELDS = fieldsOfKind(AUDIENCE_TABLE, "output");
/** What a program says, state keeps, and a body does not have. */
export const AUDIENCE_STATE_ARGUMENTS = fieldsOfKind(AUDIENCE_TABLE, "policy");
export const AUDIENCE_ANSWER_FIELDS = fieldsWhere<Rows, { readonly names: readonly [string, ...string[]] }>(
  AUDIENCE_TABLE,
  ({ names }) => names !== undefined,
);
/** Of these, what a lookup answers: named as the outputs of the resource. */
export const AUDIENCE_LOOKUP_FIELDS = AUDIENCE_ANSWER_FIELDS.filter(
  (name): name is AudienceLookupField => audienceField(name).kind !== "internal",
);
/** Of the body, what a line of text can show. */
export const AUDIENCE_TEXT_FIELDS = fieldsWhere<Rows, { readonly kind: "body"; readonly shown: "heading" | "line" }>(
  AUDIENCE_TABLE,
  ({ kind, shown }) => kind === "body" && shown !== undefined,
);
/** What a review shows as a text, the policies as well. */
export const AUDIENCE_SHOWN_FIELDS = fieldsWhere<Rows, { readonly shown: "heading" | "line" }>(
  AUDIENCE_TABLE,
  ({ shown }) => shown !== undefined,
);
/** The outputs of the resource. */
export const AUDIENCE_OUTPUTS = fieldsOfKind(AUDIENCE_TABLE, "body", "policy", "output");

/** The arguments of an audience, all values known. */
export interface AudienceInputs extends InputsOf<Rows, AudienceValues> {}

/** What an audience consists of when it is written: the merge policy by its ID in the sandbox. */
export type AudienceContent = Pick<AudienceInputs, AudienceBodyField>;

/** What leaving out a field of the body means. */
export const AUDIENCE_DEFAULTS: Partial<AudienceContent> = Object.fromEntries(
  AUDIENCE_BODY_FIELDS.flatMap((name) => {
    const { absent } = audienceField(name);
    return absent === undefined ? [] : [[name, absent]];
  }),
);

/** Whether two values of a field are the same: to leave it out may be to say something. Expressions are compared elsewhere, by meaning. */
export function isSameAudienceValue(
  name: Exclude<AudienceFieldName, "expression">,
  value: unknown,
  other: unknown,
): boolean {
  const { absent } = audienceField(name);
  return asText(value ?? absent) === asText(other ?? absent);
}

/** A list of a field is a set. */
const asText = (value: unknown): string | undefined =>
  JSON.stringify(Array.isArray(value) ? [...(value as readonly unknown[])].sort() : value);
