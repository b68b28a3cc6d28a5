/** Lives of real provider processes, spoken to over the engine's protocol: what the provider costs without the engine. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import { startProviderProcess, type ProviderProcess } from "../../test/provider-process/provider-process";
import { UNLIMITED } from "./arguments";
import { doNothingText } from "./do-nothing";
import { lives, type Calls, type Ground, type Spent } from "./lives";
import type { Cost, Scenario } from "./scenarios";

type Say = (cost: Cost) => void;

/** What is wanted of segments. */
export const segmentLives = (count: number, wanted: ReadonlySet<Scenario>, say: Say): Promise<Cost[]> =>
  lives(() => ground((process) => process), count, wanted, say);

/** The same of resources that do nothing. @param provider the file with their code */
export const nothingLife = (
  count: number,
  wanted: ReadonlySet<Scenario>,
  provider: string,
  say: Say,
): Promise<Cost[]> => lives(() => ground((process) => callsOfNothing(process, provider)), count, wanted, say);

function callsOfNothing(process: ProviderProcess, provider: string): Calls {
  const nothing = process.resource(doNothingText(provider));
  return { segment: nothing, job: nothing };
}

async function ground(callsOf: (process: ProviderProcess) => Calls): Promise<Ground & { done(): Promise<void> }> {
  const emulator = await startEmulator({ limits: false });
  const stateHome = mkdtempSync(join(tmpdir(), "pulumi-cja-bench-"));
  const environment = { ...emulator.environment, ...UNLIMITED };
  return {
    emulator,
    rest: () => undefined,
    async inProcess(work) {
      const process = await startProviderProcess({ environment, stateHome });
      try {
        return await spentBy(process, callsOf(process), work);
      } finally {
        await process.stop();
      }
    },
    async done() {
      await emulator.close();
      rmSync(stateHome, { recursive: true });
    },
  };
}

/** Without the start: what grows with the number of resources is looked for. */
async function spentBy(process: ProviderProcess, calls: Calls, work: (calls: Calls) => Promise<void>): Promise<Spent> {
  // Loads the code and sends nothing: what is wrong with it is found without the service.
  await calls.segment.check({ news: { name: "" } });
  const idleBytes = process.peakMemory();
  const used = process.processorSeconds();
  const began = performance.now();
  await work(calls);
  return {
    seconds: (performance.now() - began) / 1000,
    processorSeconds: used === undefined ? undefined : (process.processorSeconds() ?? NaN) - used,
    idleBytes,
    peakBytes: process.peakMemory(),
  };
}
