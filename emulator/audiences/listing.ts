import { isJsonObject, type JsonObject } from "../json";
import { countOf, hasProperty, orderBy } from "../platform-list";
import type { Parameters } from "../request";
import type { Tenant } from "../tenant";
import { audienceAnswer, definitionAnswer } from "./answer";
import { References } from "./references";
import type { AudienceRecord } from "./audience";

/** The most entries on a page. https://github.com/pitchmuc/aepp caps it here "to avoid 400 errors" (docs/releases.md, segmentation.py). */
const largestPage = { definitions: 100, audiences: 60 };

/** Part of a list, from a number of entries on. */
interface Cut {
  readonly entries: readonly JsonObject[];
  readonly from: number;
  readonly limit: number;
}

/** The answer of GET /segment/definitions, the newest first: `page` counts pages, `start` definitions. */
export function definitionList(
  audiences: readonly AudienceRecord[],
  parameters: Parameters,
  tenant: Tenant,
): JsonObject {
  const limit = countOf(parameters, "limit", 1, largestPage.definitions) ?? largestPage.definitions;
  const start = countOf(parameters, "start", 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const first = tenant.switches.audiences.firstPage;
  const page = countOf(parameters, "page", 0, Number.MAX_SAFE_INTEGER) ?? first;
  const [sortField = "", sort = "asc"] = (parameters.text("sort") ?? "creationTime:desc").split(":");
  const streaming = parameters.text("evaluationInfo.continuous.enabled")?.toLowerCase();
  const entries = isEmptyByFault(tenant)
    ? []
    : audiences
        .toReversed()
        .filter((audience) => streaming === undefined || String(audience.evaluation === "continuous") === streaming)
        .map((audience) => ({
          ...definitionAnswer(audience, tenant),
          baselineTime: Math.floor(audience.created / 1000),
        }))
        .sort(orderOf(parameters));
  const segments = cut({ entries, from: start + Math.max(0, page - first) * limit, limit }, tenant);
  const totals = { totalCount: entries.length, totalPages: Math.ceil(entries.length / limit) };
  return { segments, page: { ...totals, sortField, sort, pageSize: segments.length, limit }, link: {} };
}

/** The answer of GET /audiences, the newest first: `start` counts pages, and `_page.next` is the one to ask for then. */
export function audienceList(audiences: readonly AudienceRecord[], parameters: Parameters, tenant: Tenant): JsonObject {
  const limit = countOf(parameters, "limit", 1, largestPage.audiences) ?? Infinity;
  const page = countOf(parameters, "start", 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const properties = parameters.repeated("property");
  const showsInactive = properties.some((filter) => filter.startsWith("audienceId=="));
  const references = new References(tenant.store);
  const entries = isEmptyByFault(tenant)
    ? []
    : audiences
        .toReversed()
        .filter(({ lifecycleState }) => showsInactive || lifecycleState !== "inactive")
        .map((audience) => audienceAnswer(audience, tenant, references))
        .filter((audience) => properties.every((filter) => hasProperty(audience, filter)))
        .filter((audience) => ["name", "description"].every((field) => contains(audience, field, parameters)))
        .filter((audience) => isOfEntity(audience, parameters.text("entityType")))
        .sort(orderOf(parameters));
  const from = page === 0 ? 0 : page * limit;
  const children = cut({ entries, from, limit }, tenant);
  const totalCount = entries.length;
  const next = children.length > 0 && from + children.length < totalCount ? String(page + 1) : undefined;
  const href = `@/audiences?start=${next}&limit=${limit}&totalCount=${totalCount}`;
  return {
    children,
    _page: { totalCount, pageSize: children.length, ...(next !== undefined && { next }) },
    _links: next === undefined ? {} : { next: { href } },
  };
}

function cut({ entries, from, limit }: Cut, { switches }: Tenant): JsonObject[] {
  const { ignorePage, largest } = switches.paging;
  const start = ignorePage ? 0 : from;
  return entries.slice(start, start + Math.min(limit, largest ?? Infinity));
}

/** Whether this list is one of those that come back empty, as both were seen to. */
function isEmptyByFault({ switches }: Tenant): boolean {
  const { emptyLists } = switches.audiences;
  if (emptyLists === 0) return false;
  switches.audiences = { ...switches.audiences, emptyLists: emptyLists - 1 };
  return true;
}

/** The newest first; of those made in the same moment, the last one. */
function orderOf(parameters: Parameters): (a: JsonObject, b: JsonObject) => number {
  const sort = parameters.text("sort");
  return sort === undefined ? (a, b) => Number(b["creationTime"]) - Number(a["creationTime"]) : orderBy(sort);
}

function contains(audience: JsonObject, field: string, parameters: Parameters): boolean {
  const text = parameters.text(field)?.toLowerCase();
  return text === undefined || String(audience[field]).toLowerCase().includes(text);
}

/** An external audience has no schema, and is one of people. */
function isOfEntity({ schema }: JsonObject, entityType: string | undefined): boolean {
  const name = isJsonObject(schema) ? schema["name"] : "_xdm.context.profile";
  return entityType === undefined || entityType === name;
}
