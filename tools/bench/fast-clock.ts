/** Lives under Adobe's documented limits, on a clock on which their minutes pass in seconds: the seconds are of that clock. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import type { Lifecycle } from "../../provider/lifecycle";
import { openStores } from "../../provider/stores";
import { createRuntime } from "../../provider/runtime";
import { parseSettings } from "../../model/settings/settings";
import type { ResourceCalls } from "../../test/provider-process/resource-calls";
import { lives, type Calls, type Ground } from "./lives";
import { QuietClock } from "./quiet-clock";
import type { Cost, Scenario } from "./scenarios";

/** After it every window is empty. */
const REST_MS = 2 * 60_000;

/** What is wanted of segments, with the default settings. */
export const segmentLives = (
  count: number,
  wanted: ReadonlySet<Scenario>,
  say: (cost: Cost) => void,
): Promise<Cost[]> => lives(ground, count, wanted, say);

async function ground(): Promise<Ground & { done(): Promise<void> }> {
  const emulator = await startEmulator({ limits: true, clock: "manual" });
  const stateHome = mkdtempSync(join(tmpdir(), "pulumi-cja-bench-"));
  const clock = new QuietClock(emulator.control.clock().now, (ms) => void emulator.control.advance(ms));
  let processes = 0;
  return {
    emulator,
    rest: () => clock.rest(REST_MS),
    async inProcess(work) {
      processes += 1;
      const began = clock.now();
      await clock.run(work(newProcess(emulator, stateHome, clock, processes)));
      return { seconds: (clock.now() - began) / 1000 };
    },
    async done() {
      clock.stop();
      await emulator.close();
      rmSync(stateHome, { recursive: true });
    },
  };
}

/** What provider/index.ts makes of a process, but for the clock. */
function newProcess(emulator: Emulator, stateHome: string, clock: QuietClock, pid: number): Calls {
  let ids = 0;
  const runtime = createRuntime(parseSettings({}, { ...emulator.environment, CJA_CHECK_TARGET: "never" }), {
    clock,
    random: Math.random,
    newId: () => `${pid}-${(ids += 1)}`,
    print: () => undefined,
    userAgent: "bench",
    self: { pid },
    isAlive: async (other) => other.pid === pid,
    openStores: (settings) => openStores(settings, { XDG_STATE_HOME: stateHome }, clock, () => undefined),
  });
  return { segment: callsOf(runtime.lifecycles.Segment), job: callsOf(runtime.lifecycles.SegmentJob) };
}

/** The engine's calls without its protocol. */
function callsOf(life: Lifecycle): ResourceCalls {
  return {
    async check({ news, olds = {} }) {
      const { inputs, mistakes } = await life.check(olds, news);
      return { inputs, failures: mistakes.map(({ message, path }) => ({ property: path, reason: message })) };
    },
    async diff({ id, olds, news }) {
      const answer = await life.diff(id, olds, news);
      const replaces = answer.kind === "replace" ? [...answer.replaces] : [];
      return { changes: answer.kind === "same" ? "none" : "unknown", replaces, deleteBeforeReplace: false };
    },
    async create(inputs) {
      const { id, state } = await life.create(inputs);
      return { id, outs: state };
    },
    async read(id, props) {
      const found = await life.read(id, props);
      return found ? { id, props: found.state, inputs: found.inputs } : { id: "", props: {}, inputs: {} };
    },
    update: async ({ id, olds, news }) => ({ outs: await life.update(id, olds, news) }),
    delete: (id, props) => life.delete(id, props),
  };
}
