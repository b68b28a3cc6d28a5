import { pageOf } from "../page";
import { technicalAccount } from "../people";
import type { Tenant } from "../tenant";
import type { SegmentQuery } from "./query";
import { isSharedWithMe } from "./rights";
import type { SegmentRecord } from "./segment";

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
