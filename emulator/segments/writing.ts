import { badParameter, ServiceRefusal } from "../errors";
import { isJsonObject, type JsonObject } from "../json";
import { technicalAccount } from "../people";
import type { Tenant } from "../tenant";
import { definitionErrors, invalidMessage } from "./validation";
import type { SegmentDialect } from "./dialect";
import type { SegmentFields, SegmentRecord } from "./segment";
import type { Store } from "../store";

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

export function createSegment(store: Store, fields: SegmentFields, prefix: string, now: number): SegmentRecord {
  return store.segments.put({
    id: store.nextSegmentId(prefix, now),
    tagIds: [],
    shares: [],
    uses: [],
    shared: false,
    template: false,
    internal: false,
    published: false,
    approved: false,
    deleted: false,
    created: now,
    modified: now,
    modifiedById: fields.ownerId,
    definitionModified: now,
    ...fields,
  });
}

export function changeSegment(
  store: Store,
  segment: SegmentRecord,
  change: Partial<SegmentRecord>,
  now: number,
): SegmentRecord {
  const redefined = change.definition !== undefined ? { definitionModified: now } : {};
  return store.segments.put({ ...segment, modified: now, ...redefined, ...change, id: segment.id });
}

/**
 * The rewriting that Analytics was seen to do on POST (https://github.com/jjonghyunn/AA-Segments-Maker-by-API): a visits or visitors container
 * that holds exactly one unnamed hits container comes back in the scope of hits.
 */
function rewritten(definition: unknown): unknown {
  if (!isJsonObject(definition) || !isJsonObject(definition["container"])) return definition;
  return { ...definition, container: narrowed(definition["container"]) };
}

function narrowed(container: JsonObject): JsonObject {
  const inner = container["pred"];
  const wide = container["context"] === "visits" || container["context"] === "visitors";
  if (!wide || !isJsonObject(inner)) return container;
  const unnamedHits = inner["func"] === "container" && inner["context"] === "hits" && !inner["description"];
  return unnamedHits ? { ...container, context: "hits", pred: inner["pred"] } : container;
}
