import { z } from "zod";
import { flag, id, nonBlank, oneOf, text, trimmed, word } from "./argument-types";
import { AUDIENCE_DELETION_POLICIES, type AudienceDeletionPolicy } from "./deletion-policy";
import { EVALUATIONS, LIFECYCLES, type AudienceLifecycle, type Evaluation } from "./evaluation-and-lifecycle";
import type { Field } from "./fields";

/** The profile schema that audiences are made of where nobody says otherwise (segment definitions page, "Create"). */
export const PROFILE_SCHEMA = "_xdm.context.profile";

/** What the fields of an audience hold. Each has a row in the table below, which says what is done with it. */
export interface AudienceValues {
  readonly name: string;
  readonly description: string;
  /** PQL as text, or an object in the form of pql/json. */
  readonly expression: unknown;
  readonly evaluation: Evaluation;
  /** The name of the merge policy, which has another ID in each sandbox. */
  readonly mergePolicy: string;
  readonly mergePolicyId: string;
  readonly schemaName: string;
  readonly lifecycle: AudienceLifecycle;
  /** A set: their order says nothing. */
  readonly labels: readonly string[];
  readonly ttlInDays: number;
  readonly sandbox: string;
  readonly adoptId: string;
  readonly replaceWithNewId: boolean;
  readonly deletionPolicy: AudienceDeletionPolicy;
  readonly orgId: string;
  readonly sandboxName: string;
  /** Who made it: only audiences of the Segmentation Service can be changed. */
  readonly originName: string;
  /** ISO 8601. */
  readonly created: string;
  readonly modified: string;
  /** The ID of an account. */
  readonly createdBy: string;
  /** The IDs of the audiences that reference it. */
  readonly dependents: readonly string[];
  /** The IDs of the audiences that it references. */
  readonly dependencies: readonly string[];
}

/** A row of the table. */
export interface AudienceField<T> extends Field<T> {
  /** The form of the service that alone has the field (provider/audience/forms.ts); absent: both have it. */
  readonly form?: "audiences";
}

const IDS = z.array(z.string());

/**
 * The fields of an audience, in the order in which they are shown and exported. What handles audiences is made from this, by the lists of
 * audience-field-lists.ts: arguments, requests, answers, state, differences, reviews, exports, comparisons.
 */
export const AUDIENCE_TABLE = {
  name: {
    kind: "body",
    argument: nonBlank("a string that is not empty"),
    required: true,
    names: ["name"],
    answer: z.string(),
    shown: "heading",
  },
  description: {
    kind: "body",
    argument: text("a string"),
    absent: "",
    names: ["description"],
    answer: z.string(),
    shown: "line",
  },
  expression: {
    kind: "body",
    // What it has to be, audience-mistakes.ts finds out.
    argument: z.unknown().optional(),
    required: true,
    names: ["expression"],
  },
  evaluation: { kind: "body", argument: oneOf(EVALUATIONS), absent: "batch", names: ["evaluationInfo"], shown: "line" },
  mergePolicy: { kind: "policy", argument: nonBlank("the name of a merge policy"), shown: "line" },
  mergePolicyId: {
    kind: "body",
    argument: id("the ID of a merge policy"),
    names: ["mergePolicyId"],
    answer: z.string(),
    shown: "line",
  },
  schemaName: {
    kind: "body",
    argument: word(`the name of an XDM schema, such as "${PROFILE_SCHEMA}"`),
    absent: PROFILE_SCHEMA,
    replaces: true,
    names: ["schema"],
    shown: "line",
  },
  lifecycle: { kind: "body", argument: oneOf(LIFECYCLES), names: ["lifecycleState"], form: "audiences", shown: "line" },
  labels: {
    kind: "body",
    argument: z.array(trimmed('the name of a label, such as "C1", without spaces at its ends'), {
      error: "found {found}, expected a list of labels",
    }),
    names: ["labels"],
    answer: IDS,
    form: "audiences",
  },
  ttlInDays: {
    kind: "body",
    argument: z.int({ error: "found {found}, expected a whole number of days" }).min(1, {
      error: "found {found}, expected at least 1 day",
    }),
    names: ["ttlInDays"],
    answer: z.number(),
    shown: "line",
  },
  sandbox: { kind: "option", argument: word("the name of a sandbox") },
  adoptId: { kind: "option", argument: id("the ID of an existing audience") },
  replaceWithNewId: { kind: "option", argument: flag },
  deletionPolicy: {
    kind: "policy",
    argument: oneOf(AUDIENCE_DELETION_POLICIES),
    absent: "delete",
    shown: "line",
  },
  orgId: { kind: "output" },
  sandboxName: { kind: "output" },
  originName: { kind: "output", names: ["originName"], answer: z.string() },
  created: { kind: "output", names: ["createEpoch", "creationTime"] },
  modified: { kind: "output", names: ["updateEpoch", "updateTime"] },
  createdBy: { kind: "output", names: ["createdBy"], answer: z.string() },
  dependents: { kind: "internal", names: ["dependents"], answer: IDS, form: "audiences" },
  dependencies: { kind: "internal", names: ["dependencies"], answer: IDS, form: "audiences" },
} as const satisfies { readonly [Name in keyof AudienceValues]: AudienceField<AudienceValues[Name]> };
