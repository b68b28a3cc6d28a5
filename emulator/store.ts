import { audienceFrom, type AudienceRecord } from "./audiences/audience";
import { defaultDataViews, usualTimeZone, type DataView } from "./data-views/data-view";
import { objectId, uuidOf } from "./identifiers";
import type { JobRecord } from "./jobs/job";
import { defaultMergePolicies, type MergePolicy } from "./merge-policies/merge-policy";
import type { OtherComponent } from "./metadata/component";
import { janeAnalyst, personNamed, technicalAccount, type Person } from "./people";
import type { Preview } from "./previews/preview";
import type { SegmentRecord } from "./segments/segment";
import type { Tag } from "./tags/tag";

/** All that the emulated organisation owns, as plain JSON. */
interface Content {
  readonly segments: SegmentRecord[];
  readonly tags: Tag[];
  readonly dataViews: DataView[];
  readonly people: Person[];
  readonly jobs: JobRecord[];
  readonly audiences: AudienceRecord[];
  readonly mergePolicies: MergePolicy[];
  readonly otherComponents: OtherComponent[];
  readonly counter: number;
}

/**
 * Content that an earlier version may have kept: no shares, uses and editors of segments, no audiences or only their names, no
 * merge policies, no components beside segments, no time zones of data views.
 */
export type KeptContent = Omit<
  Content,
  "segments" | "dataViews" | "audiences" | "mergePolicies" | "otherComponents"
> & {
  readonly dataViews: (Omit<DataView, "timeZone"> & Partial<DataView>)[];
  readonly segments: (Omit<SegmentRecord, "shares" | "uses" | "modifiedById"> & Partial<SegmentRecord>)[];
  readonly audiences?: (Pick<AudienceRecord, "id" | "name" | "description" | "sandbox" | "created"> &
    Partial<AudienceRecord>)[];
  readonly mergePolicies?: MergePolicy[];
  readonly otherComponents?: OtherComponent[];
};

/** The content of the emulated organisation. One counter feeds every ID, so that no two are ever alike. */
export class Store {
  readonly segments = new Collection<SegmentRecord>();
  readonly tags = new Collection<Tag>();
  readonly dataViews = new Collection<DataView>();
  readonly people = new Collection<Person>();
  readonly jobs = new Collection<JobRecord>();
  readonly audiences = new Collection<AudienceRecord>();
  readonly mergePolicies = new Collection<MergePolicy>();
  /** Components that are no segments, as far as they have tags or shares. */
  readonly otherComponents = new Collection<OtherComponent>();
  /** Questions, which a state file does not keep. */
  readonly previews = new Collection<Preview>();
  private counter = 0;

  /** @param extraDataViews IDs of data views beside the default ones, also after `clear`. */
  constructor(private readonly extraDataViews: readonly string[] = []) {
    this.clear();
  }

  nextNumber(): number {
    return ++this.counter;
  }

  nextUuid(kind: string): string {
    return uuidOf(`${kind} ${this.nextNumber()}`);
  }

  /** @param prefix what stands before the 24 hex digits, with its underscore. */
  nextSegmentId(prefix: string, now: number): string {
    return prefix + objectId(now, this.nextNumber());
  }

  /** Who is meant by a name, a login, a number or an IMS user ID; a name that nobody has is somebody new. */
  personFor(who: string | number): Person {
    const known = this.people.find((p) => p.id === who || p.name === who || p.login === who || p.imsUserId === who);
    return known ?? this.people.put(personNamed(String(who), 600000 + this.nextNumber()));
  }

  /** The tag of this name; an unknown name makes one, and only then is the description looked at. */
  tagNamed(name: string, description = ""): Tag {
    const known = this.tags.find((tag) => tag.name === name);
    return known ?? this.tags.put({ id: 1000 + this.nextNumber(), name, description });
  }

  clear(): void {
    this.segments.replaceAll([]);
    this.tags.replaceAll([]);
    this.jobs.replaceAll([]);
    this.audiences.replaceAll([]);
    this.mergePolicies.replaceAll(defaultMergePolicies());
    this.otherComponents.replaceAll([]);
    this.previews.replaceAll([]);
    this.people.replaceAll([technicalAccount, janeAnalyst]);
    this.dataViews.replaceAll(defaultDataViews(this.extraDataViews));
    this.counter = 0;
  }

  content(): Content {
    return {
      segments: this.segments.all(),
      tags: this.tags.all(),
      dataViews: this.dataViews.all(),
      people: this.people.all(),
      jobs: this.jobs.all(),
      audiences: this.audiences.all(),
      mergePolicies: this.mergePolicies.all(),
      otherComponents: this.otherComponents.all(),
      counter: this.counter,
    };
  }

  restore(content: KeptContent): void {
    this.segments.replaceAll(
      content.segments.map((segment) => ({ shares: [], uses: [], modifiedById: segment.ownerId, ...segment })),
    );
    this.otherComponents.replaceAll(content.otherComponents ?? []);
    this.tags.replaceAll(content.tags);
    this.jobs.replaceAll(content.jobs);
    this.mergePolicies.replaceAll(content.mergePolicies ?? defaultMergePolicies());
    this.audiences.replaceAll((content.audiences ?? []).map((audience) => audienceFrom(audience, this)));
    this.people.replaceAll(content.people);
    const kept = content.dataViews.map((view) => ({ timeZone: usualTimeZone, ...view }));
    this.dataViews.replaceAll([...defaultDataViews(this.extraDataViews), ...kept]);
    this.counter = content.counter;
  }
}

/** Records of one kind by ID, in the order in which they came. */
class Collection<T extends { readonly id: string | number }> {
  private readonly byId = new Map<T["id"], T>();

  get(id: T["id"]): T | undefined {
    return this.byId.get(id);
  }

  put(record: T): T {
    this.byId.set(record.id, record);
    return record;
  }

  remove(id: T["id"]): boolean {
    return this.byId.delete(id);
  }

  all(): T[] {
    return [...this.byId.values()];
  }

  find(matches: (record: T) => boolean): T | undefined {
    for (const record of this.byId.values()) if (matches(record)) return record;
    return undefined;
  }

  replaceAll(records: Iterable<T>): void {
    this.byId.clear();
    for (const record of records) this.put(record);
  }
}
