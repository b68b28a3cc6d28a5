import { copyOf } from "../json";
import { janeAnalyst } from "../people";
import { idPrefix, type SegmentRecord } from "../segments/segment";
import { changeSegment, createSegment } from "../segments/writing";
import type { Share } from "../shares/share";
import { shareFor, targetOf } from "../shares/writing";
import type { Tenant } from "../tenant";
import { throwUnknownId, parseInput, defined } from "./parse-input";
import { neutralSegment, type NeutralSegment } from "./neutral";
import type { NewSegment, SegmentPatch, ShareInput, UseInput } from "./inputs";
import { newSegmentSchema, segmentPatchSchema, usesSchema } from "./schemas";

/** What somebody does to segments in the UI. Definitions are not checked: tests put odd ones here on purpose. */
export class SegmentControl {
  constructor(private readonly tenant: Tenant) {}

  all(): NeutralSegment[] {
    return this.tenant.store.segments.all().map((segment) => neutralSegment(segment, this.tenant.store));
  }

  add(input: NewSegment): NeutralSegment {
    const { store, clock, dialect, identity } = this.tenant;
    const parsed = parseInput(newSegmentSchema, input);
    const { owner } = parsed;
    const ownerId = owner === undefined ? janeAnalyst.id : store.personFor(owner).id;
    const given = this.recordFields(parsed, { ownerId, shares: [] });
    const { name, dataViewId, definition } = parsed;
    const base = { name, description: "", dataViewId, definition, ownerId, shared: true };
    const now = given.created ?? clock.now();
    const dates = { created: now, modified: now, definitionModified: now };
    const fields = { ...base, ...dates, ...given };
    return neutralSegment(createSegment(store, fields, idPrefix(dialect, identity.orgId), now), store);
  }

  edit(id: string, patch: SegmentPatch): NeutralSegment {
    const { store, clock } = this.tenant;
    const segment = this.find(id);
    const change = {
      modifiedById: janeAnalyst.id,
      ...this.recordFields(parseInput(segmentPatchSchema, patch), segment),
    };
    return neutralSegment(changeSegment(store, segment, change, clock.now()), store);
  }

  setUses(id: string, input: readonly UseInput[]): NeutralSegment {
    const { store, clock } = this.tenant;
    const uses = parseInput(usesSchema, input).map(({ lastAccess, ...use }) => ({
      ...use,
      lastAccess: lastAccess ?? clock.now(),
    }));
    return neutralSegment(store.segments.put({ ...this.find(id), uses }), store);
  }

  delete(id: string, purge: boolean): void {
    const { store, clock } = this.tenant;
    const segment = this.find(id);
    if (purge) store.segments.remove(id);
    else changeSegment(store, segment, { deleted: true }, clock.now());
  }

  private find(id: string): SegmentRecord {
    const segment = this.tenant.store.segments.get(id);
    if (segment === undefined) throw throwUnknownId("segment", id);
    return segment;
  }

  /** The fields that were given, with people, tags and shares looked up. */
  private recordFields(
    given: ReturnType<typeof segmentPatchSchema.parse> & { id?: string | undefined },
    present: Pick<SegmentRecord, "ownerId" | "shares">,
  ): Partial<SegmentRecord> {
    const { owner, modifiedBy, tags, shares, ...same } = given;
    const ownerId = owner === undefined ? present.ownerId : this.tenant.store.personFor(owner).id;
    return defined({
      ...same,
      ...(same.definition !== undefined && { definition: copyOf(same.definition) }),
      ...(owner !== undefined && { ownerId }),
      ...(modifiedBy !== undefined && { modifiedById: this.tenant.store.personFor(modifiedBy).id }),
      ...(tags !== undefined && { tagIds: tags.map((name) => this.tenant.store.tagNamed(name).id) }),
      ...(shares !== undefined && { shares: shares.map((share) => this.share(share, { ...present, ownerId })) }),
    });
  }

  private share(input: ShareInput, { ownerId, shares }: Pick<SegmentRecord, "ownerId" | "shares">): Share {
    const { store } = this.tenant;
    const to = input.type === "all" ? undefined : input.type === "group" ? input.to : store.personFor(input.to).id;
    return shareFor(store, shares, targetOf(store, input.type, to), input.accessLevel ?? null, ownerId);
  }
}
