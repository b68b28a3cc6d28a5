import type { EmulatorClock } from "./clock";
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
  /** How jobs that start from now on run and end. */
  jobOutcome: JobOutcome;
}

/** Everything as at the start. */
export function initialSwitches(timing: JobTiming): Switches {
  return {
    admin: true,
    rewrite: false,
    usedIn: true,
    verdict: null,
    refusedComponents: { ids: [], message: "" },
    paging: { ignorePage: false, largest: null },
    jobOutcome: { status: "SUCCEEDED", errors: [], timing },
  };
}

/** The emulated organisation: everything that the routes work on. */
export interface Tenant {
  readonly identity: Identity;
  readonly dialect: DialectName;
  readonly clock: EmulatorClock;
  readonly store: Store;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly switches: Switches;
}
