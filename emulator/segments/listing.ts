import { pagingOf, type Paging, pageOf } from "../page";
import type { PagingFaults } from "../tenant";
import type { Parameters } from "../request";
import { technicalAccount } from "../people";
import type { Tenant } from "../tenant";
import { isSharedWithMe, type SegmentRecord } from "./segment";

type SortProperty = "id" | "name" | "modified_date" | "performanceScore";

/** What a list request asks for, the same for both dialects. An absent filter lets everything pass. */
export interface SegmentQuery {
  readonly ids?: ReadonlySet<string> | undefined;
  readonly dataViewIds?: ReadonlySet<string> | undefined;
  readonly ownerId?: number | undefined;
  readonly name?: string | undefined;
  readonly tagNames?: ReadonlySet<string> | undefined;
  /** ms since 1970 */
  readonly modifiedSince?: number | undefined;
  readonly published?: boolean | undefined;
  readonly include: Inclusion;
  readonly sortProperty: SortProperty;
  readonly descending: boolean;
  readonly page: number;
  /** Segments a page; Infinity for all in one. */
  readonly limit: number;
  /** The most that this service shows on a page, whatever the limit is. */
  readonly largest: number;
}

/** What the list shows beside the caller's own segments. */
interface Inclusion {
  readonly shared: boolean;
  readonly templates: boolean;
  readonly deleted: boolean;
  readonly internal: boolean;
  /** Everybody's, as far as the caller may see them. */
  readonly all: boolean;
}

/** Paging, sorting and the filters that both dialects have. */
export function commonQuery(
  parameters: Parameters,
  sortProperties: readonly SortProperty[],
  paging: PagingFaults,
): Pick<SegmentQuery, "name" | "sortProperty" | "descending" | keyof Paging> {
  return {
    name: parameters.text("name"),
    sortProperty: parameters.oneOf("sortProperty", sortProperties, "id"),
    descending: parameters.oneOf("sortDirection", ["ASC", "DESC"], "ASC") === "DESC",
    ...pagingOf(parameters, paging),
  };
}

export function included(parameters: Parameters, known: readonly (keyof Inclusion)[]): Inclusion {
  const requestedTypes = parameters.list("includeType") ?? [];
  const includes = (type: keyof Inclusion): boolean => known.includes(type) && requestedTypes.includes(type);
  return {
    shared: includes("shared"),
    templates: includes("templates"),
    deleted: includes("deleted"),
    internal: includes("internal"),
    all: includes("all"),
  };
}

export function asSet(list: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return list === undefined ? undefined : new Set(list);
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly number: number;
  readonly size: number;
}

/** The page of segments that a query asks for. */
export function listSegments(tenant: Tenant, query: SegmentQuery): Page<SegmentRecord> {
  const found = candidates(tenant, query).filter(
    (segment) => isVisible(segment, query, tenant.switches.admin) && matches(segment, query, tenant),
  );
  found.sort(order(query));
  const { page, limit } = query;
  return { items: pageOf(found, query), total: found.length, number: page, size: limit };
}

function candidates(tenant: Tenant, query: SegmentQuery): SegmentRecord[] {
  if (query.ids === undefined) return tenant.store.segments.all();
  return [...query.ids].flatMap((id) => tenant.store.segments.get(id) ?? []);
}

function isVisible(segment: SegmentRecord, query: SegmentQuery, admin: boolean): boolean {
  const { include } = query;
  if (segment.deleted && !include.deleted) return false;
  if (segment.internal) return include.internal;
  if (segment.template) return include.templates || include.all;
  if (segment.ownerId === technicalAccount.id) return true;
  // The route has refused a caller who may not ask for another owner.
  if (query.ownerId !== undefined) return segment.ownerId === query.ownerId;
  return ((include.shared || include.all) && isSharedWithMe(segment)) || (include.all && admin);
}

function matches(segment: SegmentRecord, query: SegmentQuery, tenant: Tenant): boolean {
  const { dataViewIds, ownerId, name, tagNames, modifiedSince, published } = query;
  if (dataViewIds !== undefined && !dataViewIds.has(segment.dataViewId)) return false;
  if (ownerId !== undefined && segment.ownerId !== ownerId) return false;
  if (name !== undefined && !segment.name.toLowerCase().includes(name.toLowerCase())) return false;
  if (modifiedSince !== undefined && segment.modified < modifiedSince) return false;
  if (published !== undefined && segment.published !== published) return false;
  return (
    tagNames === undefined ||
    segment.tagIds.some((id) => {
      const tag = tenant.store.tags.get(id);
      return tag !== undefined && tagNames.has(tag.name);
    })
  );
}

/** Equal ones are ordered by ID, so that pages never overlap. */
function order(query: SegmentQuery): (a: SegmentRecord, b: SegmentRecord) => number {
  const sign = query.descending ? -1 : 1;
  const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) => {
    switch (query.sortProperty) {
      case "name":
        return sign * byText(a.name.toLowerCase(), b.name.toLowerCase()) || byText(a.id, b.id);
      case "modified_date":
        return sign * (a.modified - b.modified) || byText(a.id, b.id);
      case "performanceScore":
        return byText(a.id, b.id);
      case "id":
        return sign * byText(a.id, b.id);
    }
  };
}
