import { AUDIENCE_TEXT_FIELDS, audienceField, type AudienceFieldName } from "../../model/audience-field-lists";
import type { Kind } from "../../model/environment/kinds";
import { NAMED_AUDIENCE_ARGUMENTS } from "../../model/environment/references";
import type { MergePolicy } from "../../provider/audience/audience";
import { SECRET } from "../review/preview/values";
import { fieldChanges, hideIfOtherIsSecret, toText } from "../review/report/field-changes";
import { expressionReview } from "../review/report/expression-review";
import type { NameLookup } from "../review/report/name-lookup";
import type { FieldChange } from "../review/report/report";
import type { CommonNames } from "./common-names";
import { namesChange } from "./compared-segment";
import { compareAll, type Compared, type Comparison } from "./comparison";

/** What is compared of an audience beside its expression and labels: its merge policy by name. */
const FIELDS = AUDIENCE_TEXT_FIELDS.map((name) => (name === "mergePolicyId" ? "mergePolicy" : name));

/** What a stack need not manage, and what leaving it out means nobody knows: where a side does not say it, it is no difference. */
const OPTIONAL: ReadonlySet<string> = new Set(
  FIELDS.filter((name) => audienceField(name).absent === undefined && audienceField(name).required !== true),
);

/** What has logical names. */
const KINDS: Readonly<Partial<Record<AudienceFieldName, Kind>>> = NAMED_AUDIENCE_ARGUMENTS;

/** An audience on one side of a comparison. */
export interface ComparedAudience extends Compared {
  /** With what stands for the audiences in it in the place of their IDs. */
  readonly expression: unknown;
  readonly labels?: readonly string[];
  /** As texts, by name. What is secret has a word in its place. */
  readonly values: Readonly<Record<string, string>>;
  /** Where it is, as far as that is known. */
  readonly sandbox?: string;
}

/** An audience as a side has it. */
export interface GivenAudience {
  readonly key?: string;
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** An audience with the name of its merge policy in the place of the ID, which is another in each sandbox. */
export function toComparedAudience(
  { key, id, values }: GivenAudience,
  mergePolicies: readonly Pick<MergePolicy, "id" | "name">[],
): ComparedAudience {
  const { mergePolicyId, labels, sandboxName } = values;
  const policy = mergePolicies.find((one) => one.id === mergePolicyId);
  const given: typeof values = { ...values, mergePolicy: values["mergePolicy"] ?? policy?.name ?? mergePolicyId };
  const name = typeof values["name"] === "string" ? values["name"] : "";
  return {
    ...{ key: key ?? name, id, name, expression: values["expression"] },
    ...(isTexts(labels) && { labels }),
    ...(typeof sandboxName === "string" && { sandbox: sandboxName }),
    values: Object.fromEntries(
      FIELDS.flatMap((field) => {
        const value = given[field] ?? audienceField(field).absent;
        return value === undefined || value === null ? [] : [[field, toText(value)] as const];
      }),
    ),
  };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string" && one !== SECRET);

/** The audiences of one side. */
export interface AudienceSide {
  readonly label: string;
  readonly all: readonly ComparedAudience[];
}

/**
 * Compares the audiences of two sides: their expressions by meaning.
 *
 * @param nameOf what the audiences in expressions are called
 */
export function compareAudiences(
  a: AudienceSide,
  b: AudienceSide,
  names: CommonNames,
  nameOf: NameLookup,
): Comparison<ComparedAudience> {
  const differenceOf = (one: ComparedAudience, other: ComparedAudience) => {
    const [left, right] = [withoutSecretsOf(one, other), withoutSecretsOf(other, one)];
    const hides = left.expression !== one.expression || right.expression !== other.expression;
    return {
      ...{ a: left, b: right, fields: changedFields(left, right, names) },
      definition: expressionReview(left.expression, right.expression, nameOf, hides),
    };
  };
  const isSame = (one: ComparedAudience, other: ComparedAudience) => {
    const { fields, definition } = differenceOf(one, other);
    return fields.length === 0 && !definition;
  };
  return compareAll(a, b, { closeness: [isSame], differenceOf });
}

function changedFields(a: ComparedAudience, b: ComparedAudience, names: CommonNames): FieldChange[] {
  const both = FIELDS.filter((field) => !OPTIONAL.has(field) || (field in a.values && field in b.values));
  const named = both.flatMap((field) => {
    const [kind, left, right] = [KINDS[field], a.values[field], b.values[field]];
    return kind === undefined || left === undefined || right === undefined
      ? []
      : [[field, names.rename(kind, [left, right])] as const];
  });
  const side = (values: ComparedAudience["values"], index: 0 | 1) => ({
    ...values,
    ...Object.fromEntries(named.map(([field, pair]) => [field, pair[index]])),
  });
  return [
    ...fieldChanges(both, side(a.values, 0), side(b.values, 1)),
    ...sandboxChange(a.sandbox, b.sandbox, names),
    ...(a.labels && b.labels ? namesChange("labels", a.labels, b.labels) : []),
  ];
}

/** Two environments have other sandboxes, so only the names that both have for theirs are compared. */
function sandboxChange(a: string | undefined, b: string | undefined, names: CommonNames): FieldChange[] {
  if (a === undefined || b === undefined) return [];
  const [before, after] = names.rename("sandboxes", [a, b]);
  const isNamed = before !== a && after !== b;
  return isNamed && before !== after ? [{ field: "sandbox", before, after }] : [];
}

/** An audience without what the other side keeps secret. */
function withoutSecretsOf(one: ComparedAudience, other: ComparedAudience): ComparedAudience {
  const values = Object.fromEntries(
    Object.entries(one.values).map(([field, value]) => [
      field,
      toText(hideIfOtherIsSecret(value, other.values[field])),
    ]),
  );
  const name = values["name"] ?? one.name;
  return {
    ...one,
    // Of a sandbox, the name is the key.
    ...(one.key === one.name && { key: name }),
    name,
    values,
    expression: hideIfOtherIsSecret(one.expression, other.expression),
  };
}
