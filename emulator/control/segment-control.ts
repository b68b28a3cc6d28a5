import { janeAnalyst } from "../people";
import { changeSegment, createSegment, idPrefix, type SegmentRecord } from "../segments/segment";
import type { Tenant } from "../tenant";
import { unknownHere } from "./unknown";
import { checked } from "./checked";
import { defined } from "./defined";
import { neutralSegment, type NeutralSegment } from "./neutral";
import type { NewSegment, SegmentPatch } from "./inputs";
import { newSegmentSchema, segmentPatchSchema } from "./schemas";

/** What somebody does to segments in the UI. Definitions are not checked: tests put odd ones here on purpose. */
export class SegmentControl {
  constructor(private readonly tenant: Tenant) {}

  all(): NeutralSegment[] {
    return this.tenant.store.segments.all().map((segment) => neutralSegment(segment, this.tenant.store));
  }

  add(input: NewSegment): NeutralSegment {
    const { store, clock, dialect, identity } = this.tenant;
    const parsed = checked(newSegmentSchema, input);
    const given = this.recordFields(parsed);
    const { name, dataViewId, definition } = parsed;
    const base = { name, description: "", dataViewId, definition, ownerId: janeAnalyst.id, shared: true };
    const now = given.created ?? clock.now();
    const dates = { created: now, modified: now, definitionModified: now };
    const fields = { ...base, ...dates, ...given };
    return neutralSegment(createSegment(store, fields, idPrefix(dialect, identity.orgId), now), store);
  }

  edit(id: string, patch: SegmentPatch): NeutralSegment {
    const { store, clock } = this.tenant;
    const change = this.recordFields(checked(segmentPatchSchema, patch));
    return neutralSegment(changeSegment(store, this.find(id), change, clock.now()), store);
  }

  delete(id: string, purge: boolean): void {
    const { store, clock } = this.tenant;
    const segment = this.find(id);
    if (purge) store.segments.remove(id);
    else changeSegment(store, segment, { deleted: true }, clock.now());
  }

  private find(id: string): SegmentRecord {
    const segment = this.tenant.store.segments.get(id);
    if (segment === undefined) throw unknownHere("segment", id);
    return segment;
  }

  /** The fields that were given, with people and tags looked up. */
  private recordFields(
    given: ReturnType<typeof segmentPatchSchema.parse> & { id?: string | undefined },
  ): Partial<SegmentRecord> {
    const { owner, tags, ...same } = given;
    return defined({
      ...same,
      ...(same.definition !== undefined && { definition: structuredClone(same.definition) }),
      ...(owner !== undefined && { ownerId: this.tenant.store.personFor(owner).id }),
      ...(tags !== undefined && { tagIds: tags.map((name) => this.tenant.store.tagNamed(name).id) }),
    });
  }
}
