import type { Values } from "../../../../provider/lifecycle";
import type { Provider, World } from "./world";

/** So many resources the engine reads at a time on two cores. */
const AT_A_TIME = 8;

/** A job of a stack, as its state has it. */
export interface Known {
  readonly id: string;
  readonly state: Values;
}

export type JobChange = Partial<Parameters<World["emulator"]["control"]["addJob"]>[0]>;

/** Jobs of a stack, at work when it has last seen them. */
export function made(world: World, count: number, change: JobChange = {}): Known[] {
  return Array.from({ length: count }, (_, i) => {
    const job = { segmentIds: [`s${i}`], status: "PROCESSING" as const, ...change };
    const { id } = world.emulator.control.addJob(job);
    return { id, state: { segmentIds: job.segmentIds, status: "PROCESSING", sandboxName: job.sandbox ?? "prod" } };
  });
}

/** What the engine does in a refresh: the statuses, in the order of the jobs. */
export async function refreshed(provider: Provider, jobs: readonly Known[]): Promise<unknown[]> {
  const statuses: unknown[] = [];
  const queue = [...jobs.entries()];
  const reader = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, { id, state }] = next;
      statuses[index] = (await provider.jobs.read(id, state))?.state["status"];
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, reader));
  return statuses;
}

/** The same status for each of so many jobs. */
export const all = (count: number, status: string) => Array<string>(count).fill(status);
