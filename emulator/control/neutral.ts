import { progressOf } from "../jobs/progress";
import type { JobError, JobRecord, JobStatus } from "../jobs/job";
import type { Person } from "../people";
import { iso } from "../segments/dialect";
import type { SegmentRecord } from "../segments/segment";
import type { Store } from "../store";

/** A segment as control shows it: the same in both dialects. */
export interface NeutralSegment {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly dataViewId: string;
  readonly definition: unknown;
  readonly owner: Person;
  /** Names. */
  readonly tags: readonly string[];
  readonly shared: boolean;
  readonly template: boolean;
  readonly internal: boolean;
  readonly published: boolean;
  readonly approved: boolean;
  readonly deleted: boolean;
  /** ISO 8601 */
  readonly created: string;
  /** ISO 8601 */
  readonly modified: string;
}

/** A job as control shows it. */
export interface NeutralJob {
  readonly id: string;
  readonly source: "api" | "scheduler";
  readonly segmentIds: readonly string[];
  readonly schemaName: string;
  readonly sandbox: string;
  readonly status: JobStatus;
  readonly errors: readonly JobError[];
  readonly requestId: string;
  /** ISO 8601 */
  readonly created: string;
}

export function neutralSegment(segment: SegmentRecord, store: Store): NeutralSegment {
  const { id, name, description, dataViewId, shared, template, internal, published, approved, deleted } = segment;
  return {
    ...{ id, name, description, dataViewId, shared, template, internal, published, approved, deleted },
    definition: structuredClone(segment.definition),
    owner: store.people.get(segment.ownerId) ?? store.personFor(segment.ownerId),
    tags: segment.tagIds.flatMap((tagId) => store.tags.get(tagId)?.name ?? []),
    created: iso(segment.created),
    modified: iso(segment.modified),
  };
}

export function neutralJob(job: JobRecord, now: number): NeutralJob {
  const { id, source, segmentIds, schemaName, sandbox, requestId } = job;
  const { status } = progressOf(job, now);
  const errors = status === "FAILED" ? job.outcome.errors : [];
  return { id, source, segmentIds, schemaName, sandbox, status, errors, requestId, created: iso(job.created) };
}
