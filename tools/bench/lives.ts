/** Lives over provider processes without an engine: the same scenarios, whatever the processes are. */
import type { Emulator } from "../../emulator";
import type { ResourceCalls } from "../../test/provider-process/resource-calls";
import { jobArguments, LASTING, segmentArguments } from "./arguments";
import { destroy, preview, refresh, up, type Kept } from "./operations";
import { lifeUpTo, MOST_JOBS, type Cost, type LifeScenario, type Scenario } from "./scenarios";

/** What can be asked in a provider process. */
export interface Calls {
  readonly segment: ResourceCalls;
  readonly job: ResourceCalls;
}

/** What the work of one process took. */
export interface Spent {
  readonly seconds: number;
  readonly processorSeconds?: number | undefined;
  readonly peakBytes?: number | undefined;
  readonly idleBytes?: number | undefined;
}

/** Where provider processes run, one for each preview and each run of an operation. */
export interface Ground {
  readonly emulator: Emulator;
  /** Lets pass what the operation before has used up. */
  rest(): void;
  inProcess(work: (calls: Calls) => Promise<void>): Promise<Spent>;
}

type Say = (cost: Cost) => void;

/**
 * @param newGround a service and a host on which nothing has happened; `done` ends them
 * @returns a cost for each scenario that is wanted
 */
export async function lives(
  newGround: () => Promise<Ground & { done(): Promise<void> }>,
  count: number,
  wanted: ReadonlySet<Scenario>,
  say: Say,
): Promise<Cost[]> {
  const on = async (life: (ground: Ground) => Promise<Cost[]>) => {
    const ground = await newGround();
    try {
      return await life(ground);
    } finally {
      await ground.done();
    }
  };
  const costs = lifeUpTo(wanted).length > 0 ? await on((ground) => lifeOf(ground, count, wanted, say)) : [];
  if (wanted.has("adopt")) costs.push(...(await on((ground) => adoption(ground, count, say))));
  if (wanted.has("jobs") && count <= MOST_JOBS) costs.push(...(await on((ground) => jobs(ground, count, say))));
  return costs;
}

async function lifeOf(ground: Ground, count: number, wanted: ReadonlySet<Scenario>, say: Say): Promise<Cost[]> {
  let state: Kept[] = [];
  const first = segmentArguments(count);
  const edited = segmentArguments(count, { edited: true });
  const run = (args: typeof first) => async (calls: Calls) => {
    state = await up(calls.segment, args, state);
  };
  const look = (args: typeof first) => (calls: Calls) => preview(calls.segment, args, state);
  const processes: Readonly<Record<LifeScenario, readonly ((calls: Calls) => Promise<void>)[]>> = {
    create: [run(first)],
    nothing: [look(first), run(first)],
    refresh: [async (calls) => void (state = await refresh(calls.segment, state))],
    change: [look(edited), run(edited)],
    destroy: [
      async (calls) => {
        await destroy(calls.segment, state);
        state = [];
      },
    ],
  };
  const costs: Cost[] = [];
  for (const scenario of lifeUpTo(wanted)) {
    const cost = await measure(ground, scenario, count, processes[scenario], () => state);
    if (!wanted.has(scenario)) continue;
    costs.push(cost);
    say(cost);
  }
  return costs;
}

async function adoption(ground: Ground, count: number, say: Say): Promise<Cost[]> {
  let state: Kept[] = [];
  const added = ground.emulator.control.addSegment(segmentArguments(count));
  const wanted = segmentArguments(count).map((args, i) => ({ ...args, adoptId: added[i]?.id }));
  const run = async (calls: Calls) => void (state = await up(calls.segment, wanted));
  const cost = await measure(ground, "adopt", count, [run], () => state);
  say(cost);
  return [cost];
}

async function jobs(ground: Ground, count: number, say: Say): Promise<Cost[]> {
  let state: Kept[] = [];
  ground.emulator.control.setJobOutcome({ status: "SUCCEEDED", jobTiming: LASTING });
  await ground.inProcess(async (calls) => void (state = await up(calls.job, jobArguments(count))));
  const run = async (calls: Calls) => void (state = await refresh(calls.job, state));
  const cost = await measure(ground, "jobs", count, [run], () => state);
  say(cost);
  return [cost];
}

async function measure(
  ground: Ground,
  scenario: Scenario,
  resources: number,
  processes: readonly ((calls: Calls) => Promise<void>)[],
  state: () => readonly Kept[],
): Promise<Cost> {
  const { control } = ground.emulator;
  control.clearRequests();
  ground.rest();
  const spent: Spent[] = [];
  for (const work of processes) spent.push(await ground.inProcess(work));
  const requests = control.requests();
  return {
    scenario,
    resources,
    seconds: sum(spent.map(({ seconds }) => seconds)) ?? 0,
    processorSeconds: sum(spent.map(({ processorSeconds }) => processorSeconds)),
    requests: requests.length,
    refused: requests.filter(({ status }) => status === 429).length,
    stateBytes: Buffer.byteLength(JSON.stringify(state())),
    ...highest(spent),
  };
}

/** Undefined if one of them is. */
const sum = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce((so, value) => (so === undefined || value === undefined ? undefined : so + value), 0);

/** Of the process that needed the most memory. */
function highest(spent: readonly Spent[]): Pick<Spent, "peakBytes" | "idleBytes"> {
  const [most] = spent.toSorted((a, b) => (b.peakBytes ?? 0) - (a.peakBytes ?? 0));
  return { peakBytes: most?.peakBytes, idleBytes: most?.idleBytes };
}
