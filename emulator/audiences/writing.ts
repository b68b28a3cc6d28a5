import { PlatformRefusal } from "../errors";
import { isJsonObject, type JsonObject } from "../json";
import { technicalAccount } from "../people";
import { badPlatformBody } from "../platform";
import type { Tenant } from "../tenant";
import {
  audienceFrom,
  isOfSegmentationService,
  sampleExpression,
  type AudienceFields,
  type AudienceRecord,
} from "./audience";
import { evaluationFor } from "./evaluation";
import { fieldsOfBody, keptMembers } from "./fields";
import { References } from "./references";

/** What a POST makes. */
export function postAudience(tenant: Tenant, sandbox: string, body: JsonObject): AudienceRecord {
  const { store, clock } = tenant;
  const fields = fieldsOfBody(body, sandbox, tenant);
  const given = { ...fields, evaluation: evaluated(fields, tenant), sandbox, createdById: technicalAccount.id };
  return store.audiences.put(audienceFrom({ ...given, id: store.nextUuid("audience"), created: clock.now() }, store));
}

/**
 * What a body that holds the whole audience makes of one that is there: what it does not say is as in a new one.
 *
 * @param unchanged what stays, whatever the body says.
 */
export function overwriteAudience(
  tenant: Tenant,
  audience: AudienceRecord,
  body: JsonObject,
  unchanged: Partial<AudienceFields> = {},
): AudienceRecord {
  rejectForeign(audience);
  const fields = { ...fieldsOfBody(body, audience.sandbox, tenant), ...unchanged };
  const evaluation = evaluated(fields, tenant);
  return tenant.store.audiences.put({ ...audience, ...fields, evaluation, modified: tenant.clock.now() });
}

/** What a JSON Patch makes of an audience: each operation adds the whole value of one member. Only these are checked. */
export function patchAudience(tenant: Tenant, audience: AudienceRecord, operations: unknown): AudienceRecord {
  const members = patchedMembers(operations);
  const { name, schemaName, kept } = audience;
  const body = { ...kept, name, schema: { name: schemaName }, expression: sampleExpression, ...members };
  const others = Object.entries(fieldOfMember).filter(([member]) => !Object.hasOwn(members, member));
  const unchanged = Object.fromEntries(others.map(([, field]) => [field, audience[field]]));
  return overwriteAudience(tenant, audience, body, unchanged);
}

/** The members that a JSON Patch gives, or a 400. */
export function patchedMembers(operations: unknown): JsonObject {
  if (!Array.isArray(operations)) throw badPlatformBody("The body must be a list of operations");
  return operations.reduce<JsonObject>((all, each: unknown) => ({ ...all, ...memberOf(each) }), {});
}

/** What a patch may change, by the field that holds it. */
const fieldOfMember = {
  name: "name",
  description: "description",
  expression: "expression",
  schema: "schemaName",
  evaluationInfo: "evaluation",
  mergePolicyId: "mergePolicyId",
  lifecycleState: "lifecycleState",
  labels: "labels",
  ttlInDays: "ttlInDays",
} as const satisfies Record<string, keyof AudienceFields>;

function memberOf(operation: unknown): JsonObject {
  if (!isJsonObject(operation)) throw badPlatformBody("Each operation must be an object");
  const { op, path, value } = operation;
  if (op !== "add") throw badPlatformBody(`op must be add, not ${JSON.stringify(op)}`);
  const patchable = [...Object.keys(fieldOfMember), ...keptMembers];
  const name = patchable.find((member) => path === `/${member}`);
  if (name === undefined) throw badPlatformBody(`path ${JSON.stringify(path)} cannot be changed`);
  if (value === undefined) throw badPlatformBody(`the operation on ${name} has no value`);
  return { [name]: value };
}

/** Deletes, unless another service has made it or something uses it. */
export function deleteAudience(tenant: Tenant, audience: AudienceRecord): void {
  rejectForeign(audience);
  const dependents = new References(tenant.store).dependentsOf(audience);
  if (dependents.length > 0) throw undeletable(`Audiences depend on it: ${dependents.join(", ")}`);
  const { destinations } = audience;
  if (destinations.length > 0) throw undeletable(`Destinations use it: ${destinations.join(", ")}`);
  tenant.store.audiences.remove(audience.id);
}

/** The document's example: its code ends in another status than the answer has. */
const undeletable = (message: string): PlatformRefusal =>
  new PlatformRefusal(400, "113631", message, { title: "The audience cannot be deleted.", code: "UPAPI-113631-403" });

function rejectForeign(audience: AudienceRecord): void {
  if (isOfSegmentationService(audience)) return;
  throw badPlatformBody(`There is a problem in audience validation: its origin is ${audience.originName}`);
}

const evaluated = (
  { evaluation, expression }: Pick<AudienceRecord, "evaluation" | "expression">,
  { switches }: Tenant,
): AudienceRecord["evaluation"] => (switches.audiences.downgrade ? evaluationFor(evaluation, expression) : evaluation);

/** Whether another audience of the sandbox has the name. */
export const isNameTaken = ({ store }: Tenant, sandbox: string, name: unknown, except?: string): boolean =>
  store.audiences.find((other) => other.sandbox === sandbox && other.name === name && other.id !== except) !==
  undefined;
