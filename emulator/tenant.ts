import type { EmulatorClock } from "./clock";
import type { EventData } from "./events/data-set";
import type { JobOutcome, JobTiming } from "./jobs/job";
import type { Limits } from "./limits";
import type { Verdict } from "./segments/validation";
import type { Store } from "./store";
import type { Tokens } from "./tokens";

/** What a service does that pages as no document says. */
export interface PagingFaults {
  /** Every page is the first one. */
  readonly ignorePage: boolean;
  /** The most entries on a page, whatever the limit is; null for no such bound. */
  readonly largest: number | null;
}

/** How the service of audiences behaves. */
export interface AudienceService {
  /** "definitions": only `/segment/definitions` answers, and `/audiences` is not found. */
  readonly form: AudienceForm;
  /** Whether a published audience is shown by the older word, `active`. */
  readonly oldStates: boolean;
  /** Whether streaming and edge audiences become batch ones outside of the rules of May 2025, when they are made or edited. */
  readonly downgrade: boolean;
  /** Whether `/audiences`, too, refuses a name that the sandbox has. */
  readonly uniqueNames: boolean;
  /** The number of the first page of `/segment/definitions`. */
  readonly firstPage: 0 | 1;
  /** How many of the next lists come back empty. */
  readonly emptyLists: number;
}

/** How reports are answered. */
export interface ReportService {
  /** Whether the technical account may run reports. */
  readonly allowed: boolean;
  /** The most functions that the definitions of a report may have together; more are too complex. */
  readonly mostFunctions: number;
}

/** Where audiences are: under `/audiences` and `/segment/definitions`, or under the older path alone. */
export type AudienceForm = "both" | "definitions";

/** "guide": the bodies of the segments guide. "reference": those of the OpenAPI document. */
export type DialectName = "guide" | "reference";

/** Who may come in: any other organisation, client or secret is refused. */
interface Identity {
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What a test may switch while the emulator runs. */
interface Switches {
  /** Whether the technical account is a product administrator, and may touch segments of others. */
  admin: boolean;
  /** Whether the service rewrites definitions on POST and PUT as Analytics was seen to do (see segments/writing.ts). */
  rewrite: boolean;
  /** Whether `expansion=usedIn` is answered: an older service ignores it, as it does every expansion that it does not know. */
  usedIn: boolean;
  /** What validate answers; null to have it look at the definition. */
  verdict: Verdict | null;
  /** Components whose tags and shares cannot be changed, and what the service says of them. */
  refusedComponents: { readonly ids: readonly string[]; readonly message: string };
  /** How lists are cut into pages. */
  paging: PagingFaults;
  /** How audiences are answered. */
  audiences: AudienceService;
  /** How reports are answered. */
  reports: ReportService;
  /** How jobs that start from now on run and end. */
  jobOutcome: JobOutcome;
}

/** What the service of audiences does where nothing else is said. */
export const usualAudienceService: AudienceService = {
  form: "both",
  oldStates: false,
  downgrade: true,
  uniqueNames: false,
  firstPage: 0,
  emptyLists: 0,
};

/** What reports do where nothing else is said: a report of twenty columns may have a large segment in each. */
export const usualReportService: ReportService = { allowed: true, mostFunctions: 4000 };

/** Everything as at the start. */
export function initialSwitches(timing: JobTiming, form: AudienceForm): Switches {
  return {
    admin: true,
    rewrite: false,
    usedIn: true,
    verdict: null,
    refusedComponents: { ids: [], message: "" },
    paging: { ignorePage: false, largest: null },
    audiences: { ...usualAudienceService, form },
    reports: usualReportService,
    jobOutcome: { status: "SUCCEEDED", errors: [], timing },
  };
}

/** The emulated organisation: everything that the routes work on. */
export interface Tenant {
  readonly identity: Identity;
  readonly dialect: DialectName;
  readonly clock: EmulatorClock;
  readonly store: Store;
  /** What reports count. */
  readonly events: EventData;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly switches: Switches;
}
