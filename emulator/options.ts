import type { ClockMode } from "./clock";
import type { JobTiming } from "./jobs/job";
import type { DialectName } from "./tenant";

/**
 * How to start the emulator. Every field has a default.
 *
 * @example
 * // for tests: nothing waits, and time goes on when the test says so
 * const options: EmulatorOptions = { limits: false, clock: "manual" };
 * @example
 * // for a machine that many use: a known port, content that stays
 * const options: EmulatorOptions = { port: 4080, stateFile: "emulator.json", dataViews: ["dv_shop"] };
 */
export interface EmulatorOptions {
  /** Port on 127.0.0.1; no other host can reach it. Default 0: a free one, which `emulator.url` tells. */
  readonly port?: number | undefined;
  /**
   * Whose bodies the endpoints of CJA have: `"guide"` (default), those of the segments guide (`rsid`, lists are arrays), or
   * `"reference"`, those of the OpenAPI document (`dataId`, lists are pages). Segment jobs are the same in both.
   */
  readonly dialect?: DialectName | undefined;
  /**
   * Whether the published limits hold: 60 requests a minute and 6 at a time for the organisation, 12 in 6 seconds for a user;
   * more is answered with 429. Default true. Other numbers: `control.setLimits`.
   */
  readonly limits?: boolean | undefined;
  /** IDs of data views beside `dv_dev`, `dv_stage` and `dv_prod`, as `["dv_shop"]`; each has the usual dimensions and metrics. Default none. */
  readonly dataViews?: readonly string[] | undefined;
  /**
   * Path of a JSON file that keeps segments, jobs, tags, shares, people and data views between runs; made when it is not there,
   * in a folder that is. Default none: the content goes with the emulator.
   */
  readonly stateFile?: string | undefined;
  /** The only organisation that is let in (`x-gw-ims-org-id`). Default `"EMULATOR@AdobeOrg"`. */
  readonly orgId?: string | undefined;
  /** The only client, and the API key (`x-api-key`). Default `"emulator"`. */
  readonly clientId?: string | undefined;
  /** The client's secret, for the token endpoint. Default `"emulator-secret"`. */
  readonly clientSecret?: string | undefined;
  /**
   * The emulator's time, which jobs, tokens, limits and timestamps follow: `"real"` (default), or `"manual"`, which stands still
   * from the present on until `control.advance`.
   */
  readonly clock?: ClockMode | undefined;
  /**
   * How long a job stays in its states, in milliseconds of the emulator's clock. Default 500 as NEW, 500 as QUEUED, 3000 as
   * PROCESSING, and 500 as CANCELLING when it is cancelled; what is not given keeps its default: `{ processingMs: 60_000 }`.
   */
  readonly jobTiming?: Partial<JobTiming> | undefined;
}
