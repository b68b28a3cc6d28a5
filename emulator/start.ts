import type { SampleEvent } from "../definition/evaluate/sample-event";
import { type ClockMode, EmulatorClock } from "./clock";
import { type JobTiming, quickTiming } from "./jobs/job";
import { type AudienceForm, type DialectName, initialSwitches, type Tenant } from "./tenant";
import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { adobeApp } from "./app";
import { defined, parseInput } from "./control/parse-input";
import { eventsSchema } from "./control/schemas";
import { EventData } from "./events/data-set";
import { Control } from "./control/control";
import type { Change } from "./control/inputs";
import { controlRoutes } from "./control/routes";
import { Faults } from "./http/fault";
import { RequestLog } from "./http/request-log";
import { emulatorServer } from "./http/server";
import { Limits, publishedLimits } from "./limits";
import { StateFile } from "./state-file";
import { Store } from "./store";
import { Tokens } from "./tokens";

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
  /**
   * Where audiences are: `"both"` (default), under `/audiences` and the older `/segment/definitions`, or `"definitions"`, as in an
   * organisation that has the older path alone.
   */
  readonly audiences?: AudienceForm | undefined;
  /** IDs of data views beside `dv_dev`, `dv_stage` and `dv_prod`, as `["dv_shop"]`; each has the usual dimensions and metrics. Default none. */
  readonly dataViews?: readonly string[] | undefined;
  /**
   * Path of a JSON file that keeps segments, jobs, audiences, tags, shares, people and data views between runs; made when it is not there,
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
  readonly jobTiming?: Change<JobTiming> | undefined;
  /**
   * The events that reports count, as `[{ person: "p1", session: "s1", time: "2026-11-05T09:30:00Z", values: { "variables/page": "Cart" } }]`.
   * Default: those of 2,000 made-up persons in the 30 days up to the last midnight, UTC.
   */
  readonly events?: readonly SampleEvent[] | undefined;
}

/** Settings of pulumi-cja that lead to an emulator, as environment variables. */
export type EmulatorEnvironment = {
  /** `EmulatorOptions.orgId`. */
  readonly CJA_ORG_ID: string;
  /** `EmulatorOptions.clientId`. */
  readonly CJA_CLIENT_ID: string;
  /** `EmulatorOptions.clientSecret`. */
  readonly CJA_CLIENT_SECRET: string;
  /** Where segments are: the emulator's URL. */
  readonly CJA_URL: string;
  /** Where audiences and segment jobs are: the emulator's URL with `/data/core/ups`. */
  readonly CJA_PLATFORM_URL: string;
  /** Where tokens are: the emulator's URL. */
  readonly CJA_IMS_URL: string;
};

/** A running emulator. */
export interface Emulator {
  /** Its address, as `http://127.0.0.1:4080`, without a slash at the end. */
  readonly url: string;
  /** For the environment of the program under test: `{ env: { ...process.env, ...emulator.environment } }`. */
  readonly environment: EmulatorEnvironment;
  /** The test's hands: what `/__emulator/…` does, in the same process. */
  readonly control: Control;
  /** Cuts all connections, saves the state file if there is one, and frees the port. */
  close(): Promise<void>;
}

/**
 * Starts an emulator of Adobe's APIs on 127.0.0.1: CJA segments with their tags and shares, and reports; AEP audiences, their estimates, and
 * segment jobs; and the token endpoint. It answers until `close` is called, and keeps the process alive so long.
 *
 * @param options where, how fast and how strict; every field has a default
 * @returns the running emulator
 * @throws Error when the port is taken (code `EADDRINUSE`), or the state file is something else, or its folder is not there
 * @example
 * const emulator = await startEmulator({ dialect: "reference", limits: false, clock: "manual" });
 * Object.assign(process.env, emulator.environment);
 * emulator.control.addSegment({ name: "Mobile", dataViewId: "dv_prod", definition });
 * await emulator.close();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const jobTiming = { ...quickTiming, ...defined(options.jobTiming ?? {}) };
  const mark = `emulator-token-${randomUUID()}`;
  const audienceForm = options.audiences ?? "both";
  const tenant = tenantOf(options, mark, initialSwitches(jobTiming, audienceForm));
  const stateFile = options.stateFile === undefined ? undefined : new StateFile(options.stateFile, tenant.store);
  stateFile?.load();
  const { clock, limits, identity } = tenant;
  const changed = (): void => stateFile?.saveSoon();
  const faults = new Faults();
  const log = new RequestLog(new RegExp(`${escaped(identity.clientSecret)}|${mark}\\.\\d+`, "g"));
  const control = new Control({ tenant, faults, log, jobTiming, audienceForm, changed });
  const parts = { adobe: adobeApp(tenant), control: controlRoutes(control), clock, limits, faults, log, changed };
  const server = emulatorServer(parts);
  await listening(server, options.port ?? 0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    environment: environmentOf(url, tenant),
    control,
    close: async () => {
      await closed(server);
      stateFile?.save();
    },
  };
}

function tenantOf(options: EmulatorOptions, mark: string, switches: Tenant["switches"]): Tenant {
  const clock = new EmulatorClock(options.clock);
  return {
    identity: {
      orgId: options.orgId ?? "EMULATOR@AdobeOrg",
      clientId: options.clientId ?? "emulator",
      clientSecret: options.clientSecret ?? "emulator-secret",
    },
    dialect: options.dialect ?? "guide",
    clock,
    store: new Store(options.dataViews),
    events: new EventData(clock, options.events === undefined ? null : parseInput(eventsSchema, options.events)),
    tokens: new Tokens(clock, mark),
    limits: new Limits({ ...publishedLimits, enabled: options.limits ?? true }),
    switches,
  };
}

function environmentOf(url: string, { identity }: Tenant): EmulatorEnvironment {
  return {
    CJA_ORG_ID: identity.orgId,
    CJA_CLIENT_ID: identity.clientId,
    CJA_CLIENT_SECRET: identity.clientSecret,
    CJA_URL: url,
    CJA_PLATFORM_URL: `${url}/data/core/ups`,
    CJA_IMS_URL: url,
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
