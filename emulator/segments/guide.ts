import { badParameter, ServiceRefusal } from "../errors";
import type { JsonObject } from "../json";
import type { Tenant } from "../tenant";
import { iso, pick, usedIn, type Occasion, type SegmentDialect } from "./dialect";
import { asSet, commonQuery, included } from "./listing";
import type { SegmentRecord } from "./segment";
import { invalidMessage } from "./validation";

const supportedProducts = ["oberon", "frag"];

/** Fields that a call answers without being asked, as in the guide's samples. */
const expansionsByOccasion: Readonly<Record<Occasion, readonly string[]>> = {
  list: [],
  get: [],
  create: ["definition", "compatibility"],
  update: ["definition"],
};

/** https://developer.adobe.com/cja-apis/docs/endpoints/segments/ */
export const guideDialect: SegmentDialect = {
  dataViewField: "rsid",
  mayMove: false,

  query: (parameters, tenant) => {
    const published = parameters.oneOf("filterByPublishedSegments", ["all", "true", "false"], "all");
    return {
      ...commonQuery(parameters, ["name", "modified_date", "id"], tenant.switches.paging),
      ids: asSet(parameters.list("segmentFilter")),
      dataViewIds: asSet(parameters.list("rsids")),
      tagNames: asSet(parameters.list("tagNames")),
      published: published === "all" ? undefined : published === "true",
      include: included(parameters, ["shared", "all", "templates"]),
    };
  },

  list: (_page, segments) => segments,

  segment: (segment, expansion, occasion, tenant) => {
    const requested = new Set([...expansion, ...expansionsByOccasion[occasion]]);
    const fields = { ...expansions(segment, tenant), ...usedIn(segment, occasion, tenant) };
    return { ...shownAlways(segment, tenant), ...pick(fields, requested), ...dates(segment) };
  },

  validateRequest: (parameters, body) => {
    const dataViewId = parameters.text("rsid");
    if (dataViewId === undefined) throw badParameter("Required parameter rsid is missing");
    if (body["container"] === undefined && body["definition"] !== undefined) {
      throw new ServiceRefusal(400, "invalid_data", "The body must be the segment definition itself");
    }
    return { dataViewId, definition: body };
  },

  verdict: (verdict) => ({
    valid: verdict.valid,
    message: verdict.message ?? (verdict.valid ? "Segment definition is valid" : invalidMessage(verdict.errors ?? [])),
    supported_products: verdict.valid ? supportedProducts : [],
    validator_version: "1.0.0",
  }),

  deleted: () => ({ status: "ok", message: "Segment deleted successfully" }),
};

function shownAlways(segment: SegmentRecord, tenant: Tenant): JsonObject {
  const { id, name, description, dataViewId } = segment;
  const owner = tenant.store.people.get(segment.ownerId);
  return {
    id,
    name,
    description,
    rsid: dataViewId,
    reportSuiteName: tenant.store.dataViews.get(dataViewId)?.name ?? dataViewId,
    owner: { id: segment.ownerId, name: owner?.name ?? "", login: owner?.login ?? "" },
  };
}

const dates = (segment: SegmentRecord): JsonObject => ({
  modified: iso(segment.modified),
  created: iso(segment.created),
});

function expansions(segment: SegmentRecord, tenant: Tenant): Record<string, () => unknown> {
  return {
    definition: () => segment.definition,
    compatibility: () => ({
      valid: true,
      message: "Segment is valid for all products",
      supported_products: supportedProducts,
    }),
    tags: () => segment.tagIds.flatMap((id) => tenant.store.tags.get(id) ?? []),
    ownerFullName: () => tenant.store.people.get(segment.ownerId)?.name ?? "",
    publishingStatus: () => (segment.published ? "published" : "not_published"),
    definitionLastModified: () => iso(segment.definitionModified),
    categories: () => [],
  };
}
