/** Lives on the real engine: `pulumi` as people run it, against the emulator without limits. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Operation, type RunOptions, type Stack } from "../../test/engine/harness/stack";
import { jobArguments, LASTING, segmentArguments, UNLIMITED } from "./arguments";
import { jobProgram, nothingProgram, segmentProgram } from "./programs";
import { watchProviders } from "./provider-memory";
import { lifeUpTo, MOST_JOBS, type Cost, type LifeScenario, type Scenario } from "./scenarios";

type Say = (cost: Cost) => void;

export interface Ground {
  readonly stack: Stack;
  readonly emulator: Emulator;
}

const HOW: Readonly<Record<LifeScenario, readonly [Operation, RunOptions]>> = {
  create: ["up", {}],
  nothing: ["up", { preview: true }],
  refresh: ["refresh", {}],
  change: ["up", { preview: true }],
  destroy: ["destroy", {}],
};

/** What is wanted of segments on the real engine. */
export async function segmentLives(count: number, wanted: ReadonlySet<Scenario>, say: Say): Promise<Cost[]> {
  const costs = await lifeOf(count, wanted, (edited) => segmentProgram(segmentArguments(count, { edited })), say);
  if (wanted.has("adopt")) costs.push(await adoption(count, say));
  if (wanted.has("jobs") && count <= MOST_JOBS) costs.push(await jobs(count, say));
  return costs;
}

/** The same of resources that do nothing. @param provider the file with their code */
export function nothingLife(count: number, wanted: ReadonlySet<Scenario>, provider: string, say: Say): Promise<Cost[]> {
  const program = (edited: boolean) => nothingProgram(segmentArguments(count, { edited }), provider);
  return lifeOf(count, wanted, program, say);
}

async function lifeOf(
  count: number,
  wanted: ReadonlySet<Scenario>,
  program: (edited: boolean) => string,
  say: Say,
): Promise<Cost[]> {
  const steps = lifeUpTo(wanted);
  if (steps.length === 0) return [];
  return onStack(program(false), async (ground) => {
    const costs: Cost[] = [];
    for (const scenario of steps) {
      if (scenario === "change") ground.stack.setProgram(program(true));
      const cost = await operate(scenario, count, ground);
      if (!wanted.has(scenario)) continue;
      costs.push(cost);
      say(cost);
    }
    return costs;
  });
}

async function adoption(count: number, say: Say): Promise<Cost> {
  return onStack("", async (ground) => {
    const wanted = segmentArguments(count);
    const ids = ground.emulator.control.addSegment(wanted).map(({ id }) => id);
    ground.stack.setProgram(segmentProgram(wanted.map((args, i) => ({ ...args, adoptId: ids[i] }))));
    const cost = await measure("adopt", count, ground, "up", {});
    say(cost);
    return cost;
  });
}

async function jobs(count: number, say: Say): Promise<Cost> {
  return onStack(jobProgram(jobArguments(count)), async (ground) => {
    ground.emulator.control.setJobOutcome({ status: "SUCCEEDED", jobTiming: LASTING });
    await ground.stack.up();
    const cost = await measure("jobs", count, ground, "refresh", {});
    say(cost);
    return cost;
  });
}

async function onStack<T>(program: string, work: (ground: Ground) => Promise<T>): Promise<T> {
  const emulator = await startEmulator({ limits: false });
  const stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program });
  try {
    return await work({ stack, emulator });
  } finally {
    await stack.dispose();
    await emulator.close();
  }
}

/** One operation of a stack's life. */
export const operate = (scenario: LifeScenario, count: number, ground: Ground): Promise<Cost> =>
  measure(scenario, count, ground, ...HOW[scenario]);

async function measure(
  scenario: Scenario,
  resources: number,
  { stack, emulator }: Ground,
  operation: Operation,
  options: RunOptions,
): Promise<Cost> {
  emulator.control.clearRequests();
  const running = stack.start(operation, options);
  const peak = watchProviders(running.pid);
  const { code, seconds, output } = await running.done;
  const peakBytes = await peak();
  if (code !== 0) throw new Error(`pulumi ${operation} exited with ${code}:\n${output.slice(-4000)}`);
  const requests = emulator.control.requests();
  const state = join(stack.folder, "backend", ".pulumi", "stacks", stack.project, `${stack.name}.json`);
  return {
    scenario,
    resources,
    seconds,
    requests: requests.length,
    refused: requests.filter(({ status }) => status === 429).length,
    stateBytes: statSync(state).size,
    peakBytes,
  };
}
