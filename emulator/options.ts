import type { ClockMode } from "./clock";
import type { JobTiming } from "./jobs/job";
import type { DialectName } from "./tenant";

/** How to start the emulator. Every field has a default. */
export interface EmulatorOptions {
  /** Port on 127.0.0.1. Default 0: a free one. */
  readonly port?: number | undefined;
  /** Whose bodies the CJA endpoints have: those of the segments guide (default), or of the OpenAPI document. */
  readonly dialect?: DialectName | undefined;
  /** Whether the published limits hold, with 429. Default true. */
  readonly limits?: boolean | undefined;
  /** IDs of data views beside dv_dev, dv_stage and dv_prod. */
  readonly dataViews?: readonly string[] | undefined;
  /** File that keeps the content between runs. Default: none, the content goes with the emulator. */
  readonly stateFile?: string | undefined;
  /** Default "EMULATOR@AdobeOrg". */
  readonly orgId?: string | undefined;
  /** Default "emulator". */
  readonly clientId?: string | undefined;
  /** Default "emulator-secret". */
  readonly clientSecret?: string | undefined;
  /** "manual": time stands still, from the present on, until `control.advance`. Default "real". */
  readonly clock?: ClockMode | undefined;
  /** How long a job stays in its states. Default: about 4 s in all. */
  readonly jobTiming?: Partial<JobTiming> | undefined;
}
