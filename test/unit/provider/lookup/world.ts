import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator, type EmulatorOptions } from "../../../../emulator";
import { createLookups, type Lookups } from "../../../../provider/lookups";
import { openStores } from "../../../../provider/stores";
import { createRuntime } from "../../../../provider/runtime";
import { parseSettings } from "../../../../model/settings/settings";
import { InstantClock } from "../http/virtual-clock";

/** A program's lookups, and the service that they ask. */
export interface World {
  readonly emulator: Emulator;
  readonly lookups: Lookups;
  /** What was asked of an endpoint, as the values of these parameters. */
  asked(path: string, ...parameters: readonly string[]): (string | undefined)[][];
  stop(): Promise<void>;
}

/** @param environment settings beside those that lead to the emulator. */
export async function lookupWorld(
  options: EmulatorOptions = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<World> {
  const emulator = await startEmulator({ limits: false, ...options });
  const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-lookup-"));
  const clock = new InstantClock();
  const parsed = parseSettings(
    {},
    { ...emulator.environment, CJA_REQUESTS_PER_MINUTE: "100000", CJA_MAX_CONCURRENT: "50", ...environment },
  );
  const runtime = createRuntime(parsed, {
    clock,
    random: () => 0.5,
    newId: () => "id",
    print: () => undefined,
    userAgent: "test",
    self: { pid: 1 },
    isAlive: async () => true,
    openStores: (settings, print) => openStores(settings, { XDG_STATE_HOME: folder }, clock, print),
  });
  return {
    emulator,
    lookups: createLookups(runtime, parsed.settings, clock),
    asked: (path, ...parameters) =>
      emulator.control
        .requests()
        .filter((request) => request.path === path)
        .map(({ query }) => parameters.map((name) => query[name])),
    stop: async () => {
      await emulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The numbers from 0, as they end names. */
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);
