import { badParameter, ServiceRefusal } from "../errors";
import type { JsonObject } from "../json";
import { technicalAccount } from "../people";
import { envelope } from "../page";
import type { Parameters } from "../request";
import { shownShare } from "../shares/answer";
import type { Tenant } from "../tenant";
import { iso, pick, usedIn, type SegmentDialect } from "./dialect";
import { asSet, commonQuery, included } from "./listing";
import type { SegmentRecord } from "./segment";
import { featuresOf } from "./validation";

const support = {
  supported_products: ["data_warehouse", "oberon", "discover"],
  supported_schema: ["schema_data_warehouse", "schema_oberon"],
};
const validatorVersion = "1.1.11";
/** Expansions that PUT does not have. */
const notOnUpdate = ["approved", "favorite", "shares", "tags", "usageSummary", "usageSummaryWithRelevancyScore"];

/** The OpenAPI document, which is what live tenants were seen to answer. */
export const referenceDialect: SegmentDialect = {
  dataViewField: "dataId",
  mayMove: true,

  query: (parameters, tenant) => ({
    ...commonQuery(parameters, ["name", "modified_date", "performanceScore", "id"], tenant.switches.paging),
    ...(parameters.oneOf("pagination", ["true", "false"], "true") === "false" ? { limit: Infinity } : {}),
    ids: asSet(parameters.list("filterByIds")),
    dataViewIds: asSet(parameters.list("dataIds")),
    ownerId: ownerFilter(parameters, tenant),
    modifiedSince: modifiedSince(parameters),
    include: included(parameters, ["shared", "templates", "deleted", "internal"]),
  }),

  list: (page, segments) => {
    const size = page.size === Infinity ? page.total : page.size;
    return envelope(segments, page.total, { page: page.number, limit: size });
  },

  segment: (segment, expansion, occasion, tenant) => {
    const requested = [...expansion].filter((name) => occasion !== "update" || !notOnUpdate.includes(name));
    const { createdDate, ...picked } = pick(
      { ...expansions(segment, tenant), ...usedIn(segment, occasion, tenant) },
      requested,
    );
    const { id, name, description } = segment;
    const editor = tenant.store.people.get(segment.modifiedById) ?? technicalAccount;
    return {
      ...{ id, name, description, ...picked },
      ...(createdDate === undefined ? {} : { createDate: createdDate }),
      ...(picked["modified"] === undefined ? {} : { modifiedById: editor.imsUserId }),
    };
  },

  validateRequest: (_parameters, body) => {
    const dataViewId = body["dataId"];
    if (body["definition"] === undefined || body["definition"] === null || typeof dataViewId !== "string") {
      throw new ServiceRefusal(400, "invalid_data", "Bad JSON input; request not formatted correctly");
    }
    return { dataViewId, definition: body["definition"] };
  },

  verdict: (verdict, definition) => ({
    valid: verdict.valid,
    message: verdict.message ?? "",
    validator_version: validatorVersion,
    supported_products: verdict.valid ? support.supported_products : [],
    supported_schema: verdict.valid ? support.supported_schema : [],
    supported_features: verdict.valid ? featuresOf(definition) : [],
    errors: verdict.errors ?? [],
  }),

  deleted: () => ({ result: "success", message: "Segment deleted successfully" }),
};

function ownerFilter(parameters: Parameters, tenant: Tenant): number | undefined {
  const ownerId = parameters.text("ownerId");
  if (ownerId === undefined) return undefined;
  if (ownerId === technicalAccount.imsUserId) return technicalAccount.id;
  const owner = tenant.store.people.find((person) => person.imsUserId === ownerId);
  if (owner === undefined) {
    const message = "Owner filter error; user specified is not in the same organization as the requesting user";
    throw new ServiceRefusal(401, "unauthorized", message);
  }
  if (tenant.switches.admin) return owner.id;
  const message = "Requesting non-shared segments for other users is restricted to admin users";
  throw new ServiceRefusal(403, "insufficient_access", message);
}

function modifiedSince(parameters: Parameters): number | undefined {
  const text = parameters.text("filterByModifiedAfter");
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw badParameter(`filterByModifiedAfter must be an ISO 8601 date, not ${text}`);
  return at;
}

function expansions(segment: SegmentRecord, tenant: Tenant): Record<string, () => unknown> {
  const { store } = tenant;
  const owner = store.people.get(segment.ownerId) ?? technicalAccount;
  const ref = { componentType: "segment" as const, componentId: segment.id };
  const shares = (fullName: boolean): JsonObject[] =>
    segment.shares.map((share) => shownShare(tenant, ref, share, { dialect: "reference", fullName }));
  return {
    dataId: () => segment.dataViewId,
    dataName: () => store.dataViews.get(segment.dataViewId)?.name ?? segment.dataViewId,
    owner: () => ({ imsUserId: owner.imsUserId, ownerId: owner.imsUserId, name: owner.name, type: "imsUser" }),
    ownerFullName: () => owner.name,
    definition: () => segment.definition,
    compatibility: () => ({
      valid: true,
      message: "",
      validator_version: validatorVersion,
      ...support,
      supported_features: featuresOf(segment.definition),
    }),
    modified: () => iso(segment.modified),
    createdDate: () => iso(segment.created),
    definitionLastModified: () => iso(segment.definitionModified),
    recentRecordedAccess: () => iso(segment.modified),
    isDeleted: () => segment.deleted,
    internal: () => segment.internal,
    approved: () => segment.approved,
    favorite: () => false,
    performanceScore: () => "0",
    shares: () => shares(false),
    sharesFullName: () => shares(true),
    tags: () => segment.tagIds.flatMap((id) => store.tags.get(id) ?? []),
    usageSummary: () => ({}),
    usageSummaryWithRelevancyScore: () => ({}),
  };
}
