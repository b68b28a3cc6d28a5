import { badParameter, ServiceRefusal } from "../errors";
import { isJsonObject, type JsonObject } from "../json";
import { technicalAccount } from "../people";
import type { Tenant } from "../tenant";
import { definitionErrors } from "./definition-check";
import type { SegmentDialect } from "./dialect";
import { rewritten } from "./rewrite";
import type { SegmentFields, SegmentRecord } from "./segment";
import { invalidMessage } from "./validation";

const invalid = (message: string): ServiceRefusal => new ServiceRefusal(400, "invalid_data", message);

/** What a POST body says, or a 400. Fields that the call does not know are ignored. */
export function fieldsOfNew(body: JsonObject, dialect: SegmentDialect, tenant: Tenant): SegmentFields {
  for (const field of ["name", dialect.dataViewField, "definition"]) {
    if (body[field] === undefined || body[field] === null) throw invalid(`Required field ${field} is missing`);
  }
  return {
    name: nameOf(body["name"]),
    description: descriptionOf(body["description"] ?? null),
    dataViewId: knownDataView(body[dialect.dataViewField], tenant),
    definition: definitionOf(body["definition"], tenant),
    ownerId: (dialect.mayMove ? ownerOf(body["owner"], tenant) : undefined) ?? technicalAccount.id,
    modifiedById: technicalAccount.id,
  };
}

/** What a PUT body changes, or a 400: a field that is absent stays as it is. */
export function changeOf(body: JsonObject, dialect: SegmentDialect, tenant: Tenant): Partial<SegmentRecord> {
  const has = (field: string): boolean => body[field] !== undefined;
  const owner = dialect.mayMove ? ownerOf(body["owner"], tenant) : undefined;
  return {
    ...(has("name") && { name: nameOf(body["name"]) }),
    ...(has("description") && { description: descriptionOf(body["description"]) }),
    ...(has("definition") && { definition: definitionOf(body["definition"], tenant) }),
    ...(dialect.mayMove && has("dataId") && { dataViewId: knownDataView(body["dataId"], tenant) }),
    ...(owner !== undefined && { ownerId: owner }),
    modifiedById: technicalAccount.id,
  };
}

/** The ID of a data view that exists, or a 400. */
export function knownDataView(id: unknown, tenant: Tenant): string {
  if (typeof id !== "string") throw invalid("The data view ID must be text");
  if (tenant.store.dataViews.get(id) === undefined) throw badParameter(`Data view ${id} was not found`);
  return id;
}

function nameOf(name: unknown): string {
  if (typeof name !== "string" || name.trim() === "") throw invalid("Field name must be text that is not empty");
  return name;
}

function descriptionOf(description: unknown): string {
  if (description === null) return "";
  if (typeof description !== "string") throw invalid("Field description must be text");
  return description;
}

function definitionOf(definition: unknown, tenant: Tenant): unknown {
  if (!isJsonObject(definition)) throw invalid("Definition must be formatted as a JSON Object");
  const errors = definitionErrors(definition);
  if (errors.length > 0) throw invalid(invalidMessage(errors));
  return tenant.switches.rewrite ? rewritten(definition) : definition;
}

function ownerOf(owner: unknown, tenant: Tenant): number | undefined {
  if (owner === undefined || owner === null) return undefined;
  const imsUserId = isJsonObject(owner) ? owner["imsUserId"] : undefined;
  const person = tenant.store.people.find((candidate) => candidate.imsUserId === imsUserId);
  if (person) return person.id;
  const message = "Company mismatch; segment ownership can only be transferred within the same organization";
  throw new ServiceRefusal(401, "unauthorized", message);
}
