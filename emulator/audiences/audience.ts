import type { JsonObject } from "../json";
import { profileSchema, type MergePolicy } from "../merge-policies/merge-policy";
import { janeAnalyst } from "../people";

/** How an audience is evaluated, in the service's words: `continuous` is streaming, `synchronous` is edge. */
export const evaluations = ["batch", "continuous", "synchronous"] as const;
export type ServiceEvaluation = (typeof evaluations)[number];

export const lifecycleStates = ["draft", "published", "inactive"] as const;
export type LifecycleState = (typeof lifecycleStates)[number];

/** Who made an audience; those that the Segmentation Service has not made are read only. */
export const origins = [
  "REAL_TIME_CUSTOMER_PROFILE",
  "AUDIENCE_ORCHESTRATION",
  "AUDIENCE_MANAGER",
  "AUDIENCE_MATCH",
  "CUSTOM_UPLOAD",
] as const;
export type AudienceOrigin = (typeof origins)[number];

/** What an audience asks for, as it goes over the wire: JSON is a text that holds JSON. */
export interface AudienceExpression {
  readonly type: string;
  readonly format: "pql/text" | "pql/json";
  readonly value: string;
}

/** An audience of the platform, the same under `/audiences` and `/segment/definitions`. Times are ms since 1970. */
export interface AudienceRecord {
  readonly id: string;
  /** Another than `id` only where another service has made it. */
  readonly audienceId: string;
  readonly name: string;
  readonly description: string;
  readonly sandbox: string;
  readonly schemaName: string;
  readonly expression: AudienceExpression;
  readonly evaluation: ServiceEvaluation;
  readonly mergePolicyId: string;
  readonly lifecycleState: LifecycleState;
  readonly labels: readonly string[];
  readonly ttlInDays: number | null;
  readonly originName: AudienceOrigin;
  /** Names of the destinations that use it: it cannot be deleted meanwhile. */
  readonly destinations: readonly string[];
  /** Members that the service keeps and does not look into: `tags`, `ansibleDataModel`. */
  readonly kept: JsonObject;
  readonly created: number;
  readonly modified: number;
  readonly createdById: number;
}

/** What the body of a request says of an audience. */
export type AudienceFields = Pick<
  AudienceRecord,
  | "name"
  | "description"
  | "schemaName"
  | "expression"
  | "evaluation"
  | "mergePolicyId"
  | "lifecycleState"
  | "labels"
  | "ttlInDays"
  | "kept"
>;

export const isOfSegmentationService = ({ originName }: AudienceRecord): boolean =>
  originName === "REAL_TIME_CUSTOMER_PROFILE";

/** What an audience needs to know of the store, which in turn knows audiences. */
interface WithMergePolicies {
  readonly mergePolicies: { all(): readonly MergePolicy[] };
}

/** The merge policy that holds where an audience names none; empty in a sandbox that has no default. */
export function defaultMergePolicyId(store: WithMergePolicies, sandbox: string, schemaName: string): string {
  const policies = store.mergePolicies.all().filter((policy) => policy.sandbox === sandbox && policy.isDefault);
  return (policies.find((policy) => policy.schemaName === schemaName) ?? policies[0])?.id ?? "";
}

/** Of Adobe's samples. */
export const sampleExpression: AudienceExpression = {
  type: "PQL",
  format: "pql/text",
  value: 'workAddress.country = "US"',
};

/** What an audience has where nothing else is said. */
export const usualFields = {
  description: "",
  schemaName: profileSchema,
  expression: sampleExpression,
  evaluation: "batch",
  lifecycleState: "published",
  labels: [],
  ttlInDays: null,
  originName: "REAL_TIME_CUSTOMER_PROFILE",
  destinations: [],
  kept: {},
} as const satisfies Partial<AudienceRecord>;

/** All of an audience of which somebody says little more than its name. */
export function audienceFrom(
  given: Pick<AudienceRecord, "id" | "name" | "sandbox" | "created"> & Partial<AudienceRecord>,
  store: WithMergePolicies,
): AudienceRecord {
  const { id, sandbox, schemaName = profileSchema, created } = given;
  const mergePolicyId = defaultMergePolicyId(store, sandbox, schemaName);
  const origin = { audienceId: id, modified: created, createdById: janeAnalyst.id };
  return { ...usualFields, ...origin, mergePolicyId, ...given };
}
