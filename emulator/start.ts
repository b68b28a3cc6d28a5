import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { adobeApp } from "./app";
import { EmulatorClock } from "./clock";
import { Control } from "./control/control";
import { controlRoutes } from "./control/routes";
import { Faults } from "./http/fault";
import { RequestLog } from "./http/request-log";
import { emulatorServer } from "./http/server";
import { quickTiming } from "./jobs/job";
import { Limits, publishedLimits } from "./limits";
import type { EmulatorOptions } from "./options";
import { StateFile } from "./state-file";
import { Store } from "./store";
import { initialSwitches, type Tenant } from "./tenant";
import { Tokens } from "./tokens";

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
  /** Where segment jobs are: the emulator's URL with `/data/core/ups`. */
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
 * Starts an emulator of Adobe's APIs on 127.0.0.1: CJA segments with their tags and shares, AEP segment jobs, and the token endpoint. It answers until
 * `close` is called, and keeps the process alive so long.
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
  const jobTiming = { ...quickTiming, ...options.jobTiming };
  const mark = `emulator-token-${randomUUID()}`;
  const tenant = tenantOf(options, mark, jobTiming);
  const stateFile = options.stateFile === undefined ? undefined : new StateFile(options.stateFile, tenant.store);
  stateFile?.load();
  const { clock, limits, identity } = tenant;
  const changed = (): void => stateFile?.saveSoon();
  const faults = new Faults();
  const log = new RequestLog(new RegExp(`${escaped(identity.clientSecret)}|${mark}\\.\\d+`, "g"));
  const control = new Control({ tenant, faults, log, jobTiming, changed });
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

function tenantOf(options: EmulatorOptions, mark: string, timing: typeof quickTiming): Tenant {
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
    tokens: new Tokens(clock, mark),
    limits: new Limits({ ...publishedLimits, enabled: options.limits ?? true }),
    switches: initialSwitches(timing),
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
