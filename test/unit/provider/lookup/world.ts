import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator, type EmulatorOptions } from "../../../../emulator";
import { createLookups, type Lookups } from "../../../../provider/lookups";
import { openStores } from "../../../../provider/stores";
import { createRuntime, type Runtime } from "../../../../provider/runtime";
import { parseSettings, type Settings } from "../../../../model/settings/settings";
import { InstantClock } from "../http/virtual-clock";

/** A service, and what asks it, in a time of its own. */
export interface RuntimeWorld {
  readonly emulator: Emulator;
  readonly runtime: Runtime;
  readonly settings: Settings;
  readonly clock: InstantClock;
  /** Another process of the same host. */
  another(): Runtime;
  /** What was asked of an endpoint, as the values of these parameters. */
  asked(path: string, ...parameters: readonly string[]): (string | undefined)[][];
  stop(): Promise<void>;
}

/** A program's lookups, and the service that they ask. */
export type World = Omit<RuntimeWorld, "runtime" | "settings" | "clock" | "another"> & { readonly lookups: Lookups };

/** @param environment settings beside those that lead to the emulator. */
export async function lookupWorld(
  options: EmulatorOptions = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<World> {
  const world = await runtimeWorld(options, environment);
  return { ...world, lookups: createLookups(world.runtime, world.settings, world.clock) };
}

/** @param environment as above */
export async function runtimeWorld(
  options: EmulatorOptions = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<RuntimeWorld> {
  const emulator = await startEmulator({ limits: false, ...options });
  const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-lookup-"));
  const clock = new InstantClock();
  const parsed = parseSettings(
    {},
    { ...emulator.environment, CJA_REQUESTS_PER_MINUTE: "100000", CJA_MAX_CONCURRENT: "50", ...environment },
  );
  const another = () =>
    createRuntime(parsed, {
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
    runtime: another(),
    settings: parsed.settings,
    clock,
    another,
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
