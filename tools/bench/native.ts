/** Both doors on the real engine, side by side: the same segments as dynamic resources, and through the plugin. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import { WITH_PLUGIN, type Door } from "../../test/engine/native/project";
import { createStack } from "../../test/engine/harness/stack";
import { startPluginProcess } from "../../test/provider-process/plugin-process";
import { startProviderProcess } from "../../test/provider-process/provider-process";
import { segmentArguments, UNLIMITED } from "./arguments";
import { operate } from "./engine-life";
import { segmentProgram } from "./programs";
import type { Statement } from "./row";
import type { LifeScenario } from "./scenarios";

/** What a door took. */
export interface DoorRow {
  readonly door: Door;
  readonly segments: number;
  /** By operation, the mean of some runs. */
  readonly seconds: Readonly<Record<DoorScenario, number>>;
  /** Of one segment, after its creation. */
  readonly stateBytes: number;
  /** From the start of the provider's process to its first verdict on arguments: the median of some. */
  readonly startMs: number;
}

type DoorScenario = Extract<LifeScenario, "create" | "nothing" | "refresh" | "destroy">;
const SCENARIOS: readonly DoorScenario[] = ["create", "nothing", "refresh", "destroy"];

const SEGMENTS = 1_000;
/** In turns, so that a machine that gets slower or faster meets both alike. */
const TURNS: readonly Door[] = ["dynamic", "native", "native", "dynamic"];
const STARTS = 6;

export async function measureDoors(say: (line: string) => void): Promise<DoorRow[]> {
  const empty = await Promise.all(
    (["dynamic", "native"] as const).map(async (door) => [door, await life(door, 0)] as const),
  );
  const lives: { door: Door; seconds: Record<DoorScenario, number>; stateBytes: number }[] = [];
  for (const door of TURNS) {
    const { seconds, stateBytes } = await life(door, SEGMENTS);
    say(`${door}: ${SCENARIOS.map((scenario) => `${scenario} ${seconds[scenario].toFixed(1)} s`).join(", ")}`);
    const without = empty.find(([of]) => of === door)?.[1].stateBytes ?? 0;
    lives.push({ door, seconds, stateBytes: (stateBytes - without) / SEGMENTS });
  }
  const starts: Record<Door, number[]> = { dynamic: [], native: [] };
  // The first of each is thrown away: it fills the system's file cache.
  for (let round = 0; round <= STARTS; round += 1)
    for (const door of ["dynamic", "native"] as const) {
      const ms = await startOf(door);
      if (round > 0) starts[door].push(ms);
    }
  return (["dynamic", "native"] as const).map((door) => {
    const own = lives.filter((one) => one.door === door);
    const mean = (of: (one: (typeof own)[number]) => number) => own.reduce((sum, one) => sum + of(one), 0) / own.length;
    const seconds = Object.fromEntries(SCENARIOS.map((scenario) => [scenario, mean((one) => one.seconds[scenario])]));
    return {
      door,
      segments: SEGMENTS,
      seconds: seconds as Record<DoorScenario, number>,
      stateBytes: mean(({ stateBytes }) => stateBytes),
      startMs: starts[door].toSorted((a, b) => a - b)[Math.floor(starts[door].length / 2)] ?? NaN,
    };
  });
}

async function life(door: Door, count: number) {
  const emulator = await startEmulator({ limits: false });
  const entry = door === "native" ? "pulumi-cja/native" : "pulumi-cja";
  const stack = await createStack({
    env: { ...emulator.environment, ...UNLIMITED },
    program: segmentProgram(segmentArguments(count), entry),
    files: WITH_PLUGIN,
  });
  try {
    const seconds = {} as Record<DoorScenario, number>;
    let stateBytes = 0;
    for (const scenario of count === 0 ? (["create"] as const) : SCENARIOS) {
      const cost = await operate(scenario, count, { stack, emulator });
      seconds[scenario] = cost.seconds;
      if (scenario === "create") stateBytes = cost.stateBytes ?? 0;
    }
    return { seconds, stateBytes };
  } finally {
    await stack.dispose();
    await emulator.close();
  }
}

async function startOf(door: Door): Promise<number> {
  const stateHome = mkdtempSync(join(tmpdir(), "pulumi-cja-bench-"));
  const environment = { CJA_ORG_ID: "A@AdobeOrg", CJA_CLIENT_ID: "a", CJA_CLIENT_SECRET: "a" };
  const began = performance.now();
  // Loads the code and sends nothing: what is wrong with it is found without the service.
  const process =
    door === "native"
      ? await startPluginProcess({ environment, stateHome })
      : await startProviderProcess({ environment, stateHome });
  try {
    if ("segment" in process) await process.segment.check({ news: { name: "" } });
    else await process.resource("cja:index:Segment", "start").check({ name: "" });
    return performance.now() - began;
  } finally {
    await process.stop();
    rmSync(stateHome, { recursive: true });
  }
}

/** What a machine's noise may be of seconds that are compared. */
const NOISE = 1.1;

export function doorStatements(rows: readonly DoorRow[]): Statement[] {
  const [dynamic, native] = [rows.find(({ door }) => door === "dynamic"), rows.find(({ door }) => door === "native")];
  if (!dynamic || !native) return [];
  const state = (text: string, value: number, atMost: number): Statement => ({ part: "native", text, value, atMost });
  return [
    ...SCENARIOS.map((scenario) =>
      state(
        `${scenario} of ${native.segments} segments by the plugin ÷ as dynamic resources`,
        native.seconds[scenario] / dynamic.seconds[scenario],
        NOISE,
      ),
    ),
    state("state of a segment of the plugin ÷ of a dynamic one", native.stateBytes / dynamic.stateBytes, 1),
    state("start of the plugin ÷ of the dynamic provider", native.startMs / dynamic.startMs, 1),
  ];
}
