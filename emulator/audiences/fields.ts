import { isJsonObject, type JsonObject } from "../json";
import { badPlatformBody } from "../platform";
import type { Tenant } from "../tenant";
import {
  defaultMergePolicyId,
  evaluations,
  lifecycleStates,
  usualFields,
  type AudienceExpression,
  type AudienceFields,
  type LifecycleState,
  type ServiceEvaluation,
} from "./audience";
import { expressionMistake } from "./expression";
import { referencesOf } from "./references";

/** Members that are kept as they are. */
export const keptMembers = ["tags", "ansibleDataModel", "payloadSchema", "linkedAudienceRef"];

/** What the whole body of a request says of an audience, or a 400; what it does not say is as usual. Other members are ignored. */
export function fieldsOfBody(body: JsonObject, sandbox: string, tenant: Tenant): AudienceFields {
  const schemaName = schemaOf(body["schema"]);
  const expression = expressionOf(body["expression"]);
  const missing = referencesOf(expression).find((id) => tenant.store.audiences.get(id)?.sandbox !== sandbox);
  if (missing !== undefined) throw badPlatformBody(`inSegment names ${missing}, which is no audience of this sandbox`);
  return {
    name: nameOf(body["name"]),
    description: textOr(body["description"], "description", ""),
    ...{ schemaName, expression },
    evaluation: evaluationOf(body["evaluationInfo"]),
    mergePolicyId: mergePolicyOf(body["mergePolicyId"], schemaName, sandbox, tenant),
    lifecycleState: stateOf(body["lifecycleState"]),
    labels: labelsOf(body["labels"]),
    ttlInDays: daysOf(body["ttlInDays"]),
    kept: Object.fromEntries(keptMembers.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]]))),
  };
}

const invalid = (field: string, expected: string) =>
  badPlatformBody(`There is a problem in audience validation: ${field} ${expected}`);

function nameOf(name: unknown): string {
  if (typeof name !== "string" || name.trim() === "") throw invalid("name", "must be text that is not empty");
  return name;
}

function textOr(value: unknown, field: string, fallback: string): string {
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "string") throw invalid(field, "must be text");
  return value;
}

function schemaOf(schema: unknown): string {
  const name = isJsonObject(schema) ? schema["name"] : undefined;
  if (typeof name !== "string" || name === "") throw invalid("schema", "must have a name");
  return name;
}

/** The expression of a body, or a 400 that says what is wrong with it. */
export function expressionOf(expression: unknown): AudienceExpression {
  if (!isJsonObject(expression)) throw invalid("expression", "is missing");
  const { type, format, value } = expression;
  if (typeof type !== "string" || type.toUpperCase() !== "PQL") throw invalid("expression.type", "must be PQL");
  if (format !== "pql/text" && format !== "pql/json") {
    throw invalid("expression.format", "must be pql/text or pql/json");
  }
  if (typeof value !== "string") throw invalid("expression.value", "must be text");
  const mistake = expressionMistake({ type, format, value });
  if (mistake !== undefined) throw invalid("expression.value", `is no PQL: ${mistake}`);
  return { type, format, value };
}

/** One of the three, or none for batch. */
function evaluationOf(info: unknown): ServiceEvaluation {
  if (info === undefined || info === null) return "batch";
  if (!isJsonObject(info)) throw invalid("evaluationInfo", "must be an object");
  const enabled = evaluations.filter((name) => isJsonObject(info[name]) && info[name]["enabled"] === true);
  const [one = "batch", ...more] = enabled;
  if (more.length > 0) throw invalid("evaluationInfo", `has more than one method: ${enabled.join(", ")}`);
  return one;
}

function mergePolicyOf(id: unknown, schemaName: string, sandbox: string, tenant: Tenant): string {
  if (id === undefined || id === null) return defaultMergePolicyId(tenant.store, sandbox, schemaName);
  const policy = typeof id === "string" ? tenant.store.mergePolicies.get(id) : undefined;
  if (policy?.sandbox === sandbox) return policy.id;
  throw invalid("mergePolicyId", `${JSON.stringify(id)} is no merge policy of this sandbox`);
}

/** `active` is the older word for published. */
function stateOf(state: unknown): LifecycleState {
  if (state === undefined || state === null) return usualFields.lifecycleState;
  const known = lifecycleStates.find((each) => each === (state === "active" ? "published" : state));
  if (known === undefined) throw invalid("lifecycleState", `must be one of ${lifecycleStates.join(", ")}`);
  return known;
}

function labelsOf(labels: unknown): readonly string[] {
  if (labels === undefined || labels === null) return [];
  const texts = Array.isArray(labels) ? labels.filter((label): label is string => typeof label === "string") : [];
  if (!Array.isArray(labels) || texts.length < labels.length) throw invalid("labels", "must be a list of texts");
  return texts;
}

function daysOf(days: unknown): number | null {
  if (days === undefined || days === null) return null;
  if (typeof days !== "number" || !Number.isInteger(days) || days < 1) {
    throw invalid("ttlInDays", "must be a whole number of days");
  }
  return days;
}
