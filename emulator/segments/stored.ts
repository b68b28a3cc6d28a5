import type { Store } from "../store";
import type { SegmentFields, SegmentRecord } from "./segment";

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
