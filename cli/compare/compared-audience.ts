import { renameAudiences } from "../../definition/pql/references";
import { AUDIENCE_TEXT_FIELDS, audienceField } from "../../model/audience-field-lists";
import type { MergePolicy } from "../../provider/audience/audience";
import { readableValue, SECRET } from "../review/preview/values";
import { fieldChanges, hideIfOtherIsSecret, toText } from "../review/report/field-changes";
import { expressionReview } from "../review/report/expression-review";
import type { ExpressionReview, FieldChange } from "../review/report/report";
import { namesChange } from "./compared-segment";
import { compareAll, type Compared, type Comparison } from "./comparison";
import type { StackResource } from "./stack-segments";

/** What is compared of an audience beside its expression and labels: its merge policy by name. */
const FIELDS = AUDIENCE_TEXT_FIELDS.map((name) => (name === "mergePolicyId" ? "mergePolicy" : name));

/** What a stack need not manage: where a side does not say it, it is no difference. */
const OPTIONAL: ReadonlySet<string> = new Set(["lifecycle", "ttlInDays"]);

/** An audience on one side of a comparison. */
export interface ComparedAudience extends Compared {
  readonly expression: unknown;
  readonly labels?: readonly string[];
  /** As texts, by name. What is secret has a word in its place. */
  readonly values: Readonly<Record<string, string>>;
}

/** An audience as a side has it. */
interface GivenAudience {
  readonly key?: string;
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a side calls merge policies and audiences, by their IDs. */
export interface AudienceSideNames {
  readonly mergePolicies: readonly Pick<MergePolicy, "id" | "name">[];
}

/**
 * The audiences of a side, with names in the place of IDs that are others in each sandbox: those of merge policies, and of the audiences that
 * an expression names.
 */
export function toComparedAudiences(
  all: readonly GivenAudience[],
  { mergePolicies }: AudienceSideNames,
): ComparedAudience[] {
  const nameOf = ({ values }: GivenAudience) => (typeof values["name"] === "string" ? values["name"] : "");
  const names = new Map(all.map((one) => [one.id, nameOf(one)]));
  const policies = new Map(mergePolicies.map(({ id, name }) => [id, name]));
  return all.map((one) => {
    const { values } = one;
    const { mergePolicyId } = values;
    const policyName = typeof mergePolicyId === "string" ? policies.get(mergePolicyId) : undefined;
    const mergePolicy = values["mergePolicy"] ?? policyName ?? mergePolicyId;
    const given: Readonly<Record<string, unknown>> = { ...values, mergePolicy };
    const { labels } = values;
    return {
      ...{ key: one.key ?? nameOf(one), id: one.id, name: nameOf(one) },
      expression: renameAudiences(values["expression"], ({ id }) => names.get(id) || undefined),
      ...(isTexts(labels) && { labels }),
      values: Object.fromEntries(
        FIELDS.flatMap((field) => {
          const { absent } = audienceField(field);
          const value = given[field] ?? absent;
          return value === undefined || value === null ? [] : [[field, toText(value)] as const];
        }),
      ),
    };
  });
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string" && one !== SECRET);

/** The audiences of a stack. */
export const ofStack = (resources: readonly StackResource[]): GivenAudience[] =>
  resources.map(({ key, id, outputs }) => ({
    ...{ key, id },
    values: readableValue(outputs) as Readonly<Record<string, unknown>>,
  }));

/** Compares the audiences of two sides: their expressions by meaning. */
export const compareAudiences = (
  a: { readonly label: string; readonly all: readonly ComparedAudience[] },
  b: { readonly label: string; readonly all: readonly ComparedAudience[] },
): Comparison<ComparedAudience> =>
  compareAll(a, b, {
    closeness: [(one, other) => changedFields(one, other).length === 0 && !rulesReview(one, other)],
    differenceOf: (one, other) => ({
      a: withoutSecretsOf(one, other),
      b: withoutSecretsOf(other, one),
      fields: changedFields(one, other),
      definition: rulesReview(one, other),
    }),
  });

function changedFields(a: ComparedAudience, b: ComparedAudience): FieldChange[] {
  const both = FIELDS.filter((field) => !OPTIONAL.has(field) || (field in a.values && field in b.values));
  const [left, right] = [withoutSecretsOf(a, b), withoutSecretsOf(b, a)];
  return [
    ...fieldChanges(both, left.values, right.values),
    ...(a.labels && b.labels ? namesChange("labels", a.labels, b.labels) : []),
  ];
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

const rulesReview = (a: ComparedAudience, b: ComparedAudience): ExpressionReview | undefined =>
  expressionReview(a.expression, b.expression);
