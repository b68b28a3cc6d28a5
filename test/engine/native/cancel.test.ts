import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { startEmulator, type Emulator } from "../../../emulator";
import { ENGINE_CHECK_MS } from "../../../provider/state/exit-with-engine";
import { alive, descendants } from "../harness/process-tree";
import { createStack, type Run, type Stack } from "../harness/stack";
import type { Running } from "../harness/process";
import { deviceIs, UNLIMITED } from "../programs";
import { JobRequests, until } from "../segment-job-requests";
import { programOf, WITH_PLUGIN } from "./project";

const segment = (name: string) => ["Segment", { name, dataViewId: "dv_dev", definition: deviceIs(name) }] as const;
const waiting = { waiting: ["SegmentJob", { segmentIds: ["one"], waitForCompletion: true }] } as const;

/** The engine's language host looks for its engine more seldom, and does nothing meanwhile. */
function isPlugin(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("pulumi-resource-cja");
  } catch {
    return false;
  }
}

// In steps, on one stack. The service's time stands still: no job ends by itself.
describe("a run that is ended", () => {
  let emulator: Emulator;
  let stack: Stack;
  let jobs: JobRequests;
  const start = (resources: Parameters<typeof programOf>[1]): Running<Run> => {
    emulator.control.clearRequests();
    stack.setProgram(programOf("native", resources));
    return stack.start("up");
  };
  const creations = () =>
    emulator.control.requests().filter(({ method, path }) => method === "POST" && /^\/segments$|\/jobs$/.test(path));
  const names = () => emulator.control.segments().map(({ name }) => name);
  /** What a terminal does. */
  const ctrlC = ({ pid }: Running<Run>) => process.kill(pid, "SIGINT");

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false, clock: "manual" });
    // It stands still, and later than any machine's: what a killed run has made is looked for among what was made since its request.
    emulator.control.setClock({ now: Date.UTC(2099, 10, 30) });
    jobs = new JobRequests(emulator);
    stack = await createStack({
      env: { ...emulator.environment, ...UNLIMITED },
      program: "",
      files: WITH_PLUGIN,
    });
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("by Ctrl-C waits no longer for a job, which goes on and is in state", async () => {
    const running = start(waiting);
    await until("a poll", () => jobs.polls() > 0);
    const started = await descendants(running.pid);
    const polls = jobs.polls();
    ctrlC(running);
    const run = await running.done;
    expect(run.code).not.toBe(0);
    expect(run.output).toContain("the run was cancelled");
    const [job] = emulator.control.jobs();
    expect(job?.status).toBe("NEW");
    expect(stack.resource("waiting")).toMatchObject({ id: job?.id, outputs: { status: "NEW" } });
    // One may have been under way; the pause to the next one is two seconds.
    expect(jobs.polls() - polls).toBeLessThanOrEqual(1);
    expect([jobs.deletes(), jobs.runs().length]).toEqual([[], 1]);
    expect(await alive(started)).toEqual([]);
  });

  test("goes on with the same job the next time", async () => {
    const running = start(waiting);
    await until("a poll", () => jobs.polls() > 0);
    emulator.control.advance(4_000);
    const run = await running.done;
    expect(run).toMatchObject({ code: 0, changes: { update: 1 } });
    expect([jobs.runs(), stack.resource("waiting").outputs["status"]]).toEqual([[], "SUCCEEDED"]);
  });

  test("while a segment is made has it in state as soon as the service answers", async () => {
    emulator.control.addFault({ method: "POST", path: "^/segments$", delayMs: 3_000 });
    const running = start({ ...waiting, made: segment("made") });
    await until("the POST", () => creations().length > 0);
    ctrlC(running);
    await running.done;
    expect(stack.resource("made").id).toBe(emulator.control.segments()[0]?.id);
    expect((await stack.up()).changes).toEqual({ same: 2 });
    expect(names()).toEqual(["made"]);
  });

  test("whose engine is killed leaves no process, and nothing is lost", async () => {
    emulator.control.addFault({ method: "POST", path: "^/segments$", process: true, hang: true });
    const again = ["SegmentJob", { segmentIds: ["two"], waitForCompletion: true }] as const;
    const running = start({ ...waiting, made: segment("made"), lost: segment("lost"), again });
    await until("a poll, and the POST", () => jobs.polls() > 0 && creations().length > 1);
    const plugins = (await descendants(running.pid)).filter(isPlugin);
    expect(plugins).toHaveLength(1);
    await running.killEngine();
    await running.done;
    while ((await alive(plugins)).length > 0) await pause(50);
    // So often a process looks for its engine; none is left after five seconds.
    expect(2 * ENGINE_CHECK_MS).toBeLessThanOrEqual(5_000);

    await stack.cancel();
    const next = stack.start("up");
    await until("a poll of the next run", () => jobs.polls() > 0);
    emulator.control.advance(4_000);
    expect((await next.done).code).toBe(0);
    expect([names().toSorted(), emulator.control.jobs().length]).toEqual([["lost", "made"], 2]);
    expect(stack.resource("again").outputs).toMatchObject({ status: "SUCCEEDED" });
  });

  test("is not ended by pulumi cancel where the state is in a folder: it takes the lock away", async () => {
    const running = start({ third: ["SegmentJob", { segmentIds: ["three"], waitForCompletion: true }] });
    await until("a poll", () => jobs.polls() > 0);
    await stack.cancel();
    const polls = jobs.polls();
    await until("the next poll", () => jobs.polls() > polls);
    ctrlC(running);
    await running.done;
  });
});
