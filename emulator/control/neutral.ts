import { readJson } from "../../definition/json";
import type { AudienceRecord } from "../audiences/audience";
import type { References } from "../audiences/references";
import { copyOf } from "../json";
import { progressOf, type JobError, type JobRecord, type JobStatus } from "../jobs/job";
import type { MergePolicy } from "../merge-policies/merge-policy";
import type { Person } from "../people";
import { iso } from "../segments/dialect";
import type { SegmentRecord } from "../segments/segment";
import type { Share } from "../shares/share";
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
  readonly shares: readonly NeutralShare[];
  readonly uses: readonly NeutralUse[];
  /** Whether its owner has shared it with the technical account. */
  readonly shared: boolean;
  readonly template: boolean;
  readonly internal: boolean;
  readonly published: boolean;
  readonly approved: boolean;
  /** Deleted as the UI does it: not listed, still readable by its ID. */
  readonly deleted: boolean;
  /** ISO 8601, by the emulator's clock. */
  readonly created: string;
  /** ISO 8601, by the emulator's clock. */
  readonly modified: string;
  /** Who changed it last. */
  readonly modifiedBy: Person;
}

/** A share of a segment as control shows it. */
export interface NeutralShare {
  readonly shareId: number;
  readonly type: "user" | "group" | "all";
  /** Number of the person or group; null where it is not known, and for all. */
  readonly toId: number | null;
  /** IMS ID of the person or group; null for all. */
  readonly toImsId: string | null;
  /** Name of a person that the emulator knows. */
  readonly toName: string | null;
  readonly accessLevel: string | null;
}

/** Something that contains a segment, as control shows it. */
export interface NeutralUse {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly internal: boolean;
  /** ISO 8601, by the emulator's clock. */
  readonly lastAccess: string;
}

/** A job as control shows it. */
export interface NeutralJob {
  readonly id: string;
  /** Whether a POST or the nightly schedule has started it. */
  readonly source: "api" | "scheduler";
  /** `["*"]` for all segments. */
  readonly segmentIds: readonly string[];
  /** As `"_xdm.context.profile"`. */
  readonly schemaName: string;
  /** As `"prod"`. */
  readonly sandbox: string;
  /** As of now, by the emulator's clock. */
  readonly status: JobStatus;
  /** Empty unless it has failed. */
  readonly errors: readonly JobError[];
  /** The `x-request-id` of the POST, or one of the emulator's making. */
  readonly requestId: string;
  /** ISO 8601, by the emulator's clock. */
  readonly created: string;
}

/** An audience as control shows it: the same in both forms. */
export interface NeutralAudience {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** As `"prod"`. */
  readonly sandbox: string;
  /** PQL text, or the object of pql/json. */
  readonly expression: unknown;
  readonly evaluation: "batch" | "streaming" | "edge";
  readonly mergePolicyId: string;
  /** The name that the ID has in its sandbox; null for an ID that it does not have. */
  readonly mergePolicy: string | null;
  /** As `"_xdm.context.profile"`. */
  readonly schemaName: string;
  readonly lifecycle: "draft" | "published" | "inactive";
  readonly labels: readonly string[];
  readonly ttlInDays: number | null;
  /** As `"REAL_TIME_CUSTOMER_PROFILE"`. */
  readonly originName: string;
  /** Names of the destinations that use it. */
  readonly destinations: readonly string[];
  /** IDs of the audiences of its sandbox that it asks for by `inSegment`. */
  readonly dependencies: readonly string[];
  /** IDs of the audiences of its sandbox that ask for it. */
  readonly dependents: readonly string[];
  /** ISO 8601, by the emulator's clock. */
  readonly created: string;
  /** ISO 8601, by the emulator's clock. */
  readonly modified: string;
  readonly createdBy: Person;
}

/** A merge policy as control shows it. */
export interface NeutralMergePolicy {
  readonly id: string;
  readonly name: string;
  /** As `"prod"`. */
  readonly sandbox: string;
  /** As `"_xdm.context.profile"`. */
  readonly schemaName: string;
  readonly default: boolean;
  readonly activeOnEdge: boolean;
}

export function neutralSegment(segment: SegmentRecord, store: Store): NeutralSegment {
  const { id, name, description, dataViewId, shared, template, internal, published, approved, deleted } = segment;
  return {
    ...{ id, name, description, dataViewId, shared, template, internal, published, approved, deleted },
    definition: copyOf(segment.definition),
    owner: store.people.get(segment.ownerId) ?? store.personFor(segment.ownerId),
    tags: segment.tagIds.flatMap((tagId) => store.tags.get(tagId)?.name ?? []),
    shares: segment.shares.map((share) => neutralShare(share, store)),
    uses: segment.uses.map((use) => ({ ...use, lastAccess: iso(use.lastAccess) })),
    created: iso(segment.created),
    modified: iso(segment.modified),
    modifiedBy: store.people.get(segment.modifiedById) ?? store.personFor(segment.modifiedById),
  };
}

function neutralShare({ id, toType, toId, toImsId, accessLevel }: Share, store: Store): NeutralShare {
  const person = toType === "user" && toId !== null ? store.people.get(toId) : undefined;
  return { shareId: id, type: toType, toId, toImsId, toName: person?.name ?? null, accessLevel };
}

export function neutralAudience(audience: AudienceRecord, store: Store, references: References): NeutralAudience {
  const { id, name, description, sandbox, mergePolicyId, schemaName, ttlInDays, originName, expression } = audience;
  const policy = store.mergePolicies.get(mergePolicyId);
  return {
    ...{ id, name, description, sandbox, mergePolicyId, schemaName, ttlInDays, originName },
    expression: expression.format === "pql/text" ? expression.value : readJson(expression.value),
    evaluation: evaluationWords[audience.evaluation],
    mergePolicy: policy?.sandbox === sandbox ? policy.name : null,
    lifecycle: audience.lifecycleState,
    labels: [...audience.labels],
    destinations: [...audience.destinations],
    dependencies: references.dependenciesOf(audience),
    dependents: references.dependentsOf(audience),
    created: iso(audience.created),
    modified: iso(audience.modified),
    createdBy: store.people.get(audience.createdById) ?? store.personFor(audience.createdById),
  };
}

/** The words of the UI. */
const evaluationWords = { batch: "batch", continuous: "streaming", synchronous: "edge" } as const;

export function neutralMergePolicy(policy: MergePolicy): NeutralMergePolicy {
  const { id, name, sandbox, schemaName, isDefault, isActiveOnEdge } = policy;
  return { id, name, sandbox, schemaName, default: isDefault, activeOnEdge: isActiveOnEdge };
}

export function neutralJob(job: JobRecord, now: number): NeutralJob {
  const { id, source, segmentIds, schemaName, sandbox, requestId } = job;
  const { status } = progressOf(job, now);
  const errors = status === "FAILED" ? job.outcome.errors : [];
  return { id, source, segmentIds, schemaName, sandbox, status, errors, requestId, created: iso(job.created) };
}
