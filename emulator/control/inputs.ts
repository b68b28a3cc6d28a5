import type { AudienceOrigin } from "../audiences/audience";
import type { ClockMode } from "../clock";
import type { LimitSettings } from "../limits";
import type { JobError, JobStatus, JobTiming } from "../jobs/job";
import type { AudienceForm } from "../tenant";

/** Milliseconds since 1970, or ISO 8601 as `"2026-11-05T09:30:00Z"`. */
export type Moment = number | string;

/** Some of the fields. */
export type Change<T> = { [Field in keyof T]?: T[Field] | undefined };

/** A segment that somebody makes in the UI. */
export interface NewSegment {
  /** Default: a new one, as the service makes them. */
  id?: string | undefined;
  name: string;
  /** Default empty. */
  description?: string | undefined;
  /** As `"dv_prod"`; not checked. */
  dataViewId: string;
  /** Not checked: a test may put an odd one here. */
  definition: unknown;
  /** A name, a login, a number or an IMS user ID; an unknown one is a new person. Default Jane Analyst. */
  owner?: string | number | undefined;
  /** Names; an unknown one makes a new tag. Default none. */
  tags?: string[] | undefined;
  /** Whom it is shared with, as its owner did it. With `technicalAccount` or all: as `shared` does. Default none. */
  shares?: ShareInput[] | undefined;
  /** Whether its owner has shared it with the technical account; no share is listed for that. Default true. */
  shared?: boolean | undefined;
  /** One of the company's templates. Default false. */
  template?: boolean | undefined;
  /** One that only lives in a project. Default false. */
  internal?: boolean | undefined;
  /** Published as an audience. Default false. */
  published?: boolean | undefined;
  /** Default false. */
  approved?: boolean | undefined;
  /** Deleted as the UI does it: not listed, still readable by its ID. Default false. */
  deleted?: boolean | undefined;
  /** Default now, by the emulator's clock. */
  created?: Moment | undefined;
  /** Default: when it was created. */
  modified?: Moment | undefined;
  /** Who changed it last, as in `owner`. Default: its owner. */
  modifiedBy?: string | number | undefined;
}

/** Whom a segment is shared with. */
export type ShareInput =
  | {
      type: "user" | "group";
      /** A person as in `owner`, or the number or ID of a group. */
      to: string | number;
      /** Default none. */
      accessLevel?: string | undefined;
    }
  | { type: "all"; accessLevel?: string | undefined };

/** Something that contains a segment. */
export interface UseInput {
  /** As `"project"`, `"calculatedMetric"`, `"segment"`; not checked. */
  type: string;
  id: string;
  name: string;
  /** Default false. */
  internal?: boolean | undefined;
  /** Default now, by the emulator's clock. */
  lastAccess?: Moment | undefined;
}

/** Components whose tags and shares cannot be changed. */
export interface RefusalInput {
  /** Empty for none. */
  ids: string[];
  /** What the service says of them. Default: a text that fits. */
  message?: string | undefined;
}

/** What changes in a segment: anything may, what is not given stays, `modified` becomes now, and `modifiedBy` Jane Analyst. */
export type SegmentPatch = Change<Omit<NewSegment, "id">>;

/** A job that somebody else starts. */
export interface NewJob {
  /** Default: a new one. */
  id?: string | undefined;
  /** Who has started it: a colleague's POST, or the nightly schedule. Default `"api"`. */
  source?: "api" | "scheduler" | undefined;
  /** At least one; `["*"]` for all segments. */
  segmentIds: string[];
  /** `"prod"` (default), `"dev"` or `"stage"`. */
  sandbox?: string | undefined;
  /** Stands until it is changed. Default none: the job runs by the clock, as `setJobOutcome` says. */
  status?: JobStatus | undefined;
  /** What it shows as FAILED. Default: an example of Adobe's. */
  errors?: JobError[] | undefined;
  /** What it shows as `requestId`. Default: one of the emulator's making. */
  requestId?: string | undefined;
  /** Default now, by the emulator's clock. */
  created?: Moment | undefined;
}

/** What changes in a job; what is not given stays. */
export type JobPatch = Change<Omit<NewJob, "id">>;

/** An audience that somebody makes in the platform's UI, or another service. */
export interface NewAudience {
  /** As `"7863c010-e092-41c8-ae5e-9e533186752e"`, which jobs take. Default: a new one. */
  id?: string | undefined;
  name: string;
  /** Default empty. */
  description?: string | undefined;
  /** `"prod"` (default), `"dev"` or `"stage"`. */
  sandbox?: string | undefined;
  /** PQL text, or an object in the form of pql/json; not checked. Default: an example of Adobe's. */
  expression?: string | Record<string, unknown> | undefined;
  /** Default `"batch"`. */
  evaluation?: "batch" | "streaming" | "edge" | undefined;
  /** The name of a merge policy of its sandbox; an unknown one is an error. Default: the sandbox's default one. */
  mergePolicy?: string | undefined;
  /** The XDM class that it is about. Default `"_xdm.context.profile"`. */
  schemaName?: string | undefined;
  /** Default `"published"`. */
  lifecycle?: "draft" | "published" | "inactive" | undefined;
  /** As `["core/C1"]`. Default none. */
  labels?: string[] | undefined;
  /** Default null: none. */
  ttlInDays?: number | null | undefined;
  /** Which service has made it. Default `"REAL_TIME_CUSTOMER_PROFILE"`; one of another is read only. */
  originName?: AudienceOrigin | undefined;
  /** Names of the destinations that use it, so that it cannot be deleted. Default none. */
  destinations?: string[] | undefined;
  /** Default now, by the emulator's clock. */
  created?: Moment | undefined;
  /** Default: when it was created. */
  modified?: Moment | undefined;
  /** A name, a login, a number or an IMS user ID; an unknown one is a new person. Default Jane Analyst. */
  createdBy?: string | number | undefined;
}

/** What changes in an audience: what is not given stays, and `modified` becomes now. */
export type AudiencePatch = Change<Omit<NewAudience, "id" | "sandbox">>;

/** A merge policy of a sandbox. */
export interface MergePolicyInput {
  /** Default: one that name and sandbox make. */
  id?: string | undefined;
  name: string;
  /** Default `"_xdm.context.profile"`. */
  schemaName?: string | undefined;
  /** Whether audiences of its class have it that name none. Default false. */
  default?: boolean | undefined;
  /** Default false. */
  activeOnEdge?: boolean | undefined;
}

/** How the service of audiences behaves; what is not given is as usual. */
export interface AudienceServiceInput {
  /** `"definitions"`: `/audiences` is not found. Default: as the emulator was started. */
  form?: AudienceForm | undefined;
  /** `true`: published audiences are shown as `active`, the older word. Default false. */
  oldStates?: boolean | undefined;
  /** `false`: streaming stays streaming, whatever the expression is. Default true: batch outside of Adobe's rules of May 2025. */
  downgrade?: boolean | undefined;
  /** `true`: `/audiences`, too, refuses a name that the sandbox has. Default false: only `/segment/definitions` does. */
  uniqueNames?: boolean | undefined;
  /** The number of the first page of `/segment/definitions`. Default 0. */
  firstPage?: 0 | 1 | undefined;
  /** How many of the next lists are empty. Default 0. */
  emptyLists?: number | undefined;
}

/** How reports are answered; what is not given is as usual. */
export interface ReportServiceInput {
  /** `false`: the technical account may run none, and is answered 403. Default true. */
  allowed?: boolean | undefined;
  /** The most functions that the definitions of a report may have together; more are "too complex", 400. Default 4000. */
  mostFunctions?: number | undefined;
}

/** How jobs that start from now on run and end. */
export interface OutcomeInput {
  status: "SUCCEEDED" | "FAILED";
  /** What those that fail show. Default: an example of Adobe's. */
  errors?: JobError[] | undefined;
  /** How long they stay in their states; what is not given is as at the start of the emulator. */
  jobTiming?: Change<JobTiming> | undefined;
}

/** What validation answers, whatever it is given; null to have it look at the definition again. */
export type VerdictInput = {
  valid: boolean;
  /** Default: a text that fits. */
  message?: string | undefined;
  /** Default none. */
  errors?: string[] | undefined;
} | null;

/** What changes in the limits; what is not given stays. */
export type LimitsInput = Change<LimitSettings>;

/** What changes in the clock; what is not given stays. */
export interface ClockInput {
  /** `"real"` goes on by itself, `"manual"` by `advance` only. */
  mode?: ClockMode | undefined;
  now?: Moment | undefined;
}

/** How lists are cut into pages, as no document says; what is not given is as documented. */
export interface PagingInput {
  /** Every page, and every `start`, is the first one. Default false. */
  ignorePage?: boolean | undefined;
  /** The most entries on a page, whatever `limit` says; what lies between is on no page. Default null: no such bound. */
  largest?: number | null | undefined;
}

/** A data view and what can be used in its segments. */
export interface DataViewInput {
  /** As `"dv_shop"`. */
  id: string;
  name: string;
  /** Default empty. */
  description?: string | undefined;
  /** The IANA name of the zone of its dates; null for one whose zone cannot be told, which refuses reports. Default `"Etc/UTC"`. */
  timeZone?: string | null | undefined;
  /** As `[{ id: "variables/page", name: "Page" }]`. Default: those of the documents' examples. */
  dimensions?: ComponentInput[] | undefined;
  /** As `[{ id: "metrics/orders", name: "Orders", type: "INT" }]`. Default: those of the documents' examples. */
  metrics?: ComponentInput[] | undefined;
}

/** A dimension or a metric. */
export interface ComponentInput {
  /** As definitions name it: `"variables/page"`, `"metrics/orders"`. */
  id: string;
  name: string;
  /** Default `"STRING"`. */
  type?: string | undefined;
}
