import { StartedButFailedError, type Values } from "../../../../provider/lifecycle";
import { World, type Provider } from "./world";

const MINUTE = 60_000;
/** How long a poll waits for others. */
const GATHER_MS = 50;
const ONE = { method: "GET", path: "/segment/jobs/[^/]+$" };
const ALL = { method: "GET", path: "/segment/jobs$" };
const WAITED = { segmentIds: ["a"], waitForCompletion: true };

let world: World;
let provider: Provider;
beforeEach(async () => {
  world = await World.start();
  provider = world.provider();
});
afterEach(() => world.stop());

const jobId = () => world.emulator.control.jobs()[0]?.id ?? "";
const failureOf = (work: Promise<unknown>): Promise<StartedButFailedError> =>
  work.then(
    () => Promise.reject(new Error("it has not failed")),
    (error: unknown) => {
      if (error instanceof StartedButFailedError) return error;
      throw error;
    },
  );

/** From now on the service says of the job what no document tells. */
const says = (status: string) =>
  world.emulator.control.addFault({
    ...ONE,
    status: 200,
    times: 100_000,
    body: { id: jobId(), status, segments: [{ segmentId: "a" }] },
  });

/** What happens once a time has gone by since now. */
function after(ms: number, event: () => void): void {
  const at = world.clock.now() + ms;
  let done = false;
  world.onSleep = () => {
    if (done || world.clock.now() < at) return;
    done = true;
    event();
  };
}

describe("waiting for a job", () => {
  it("ends with what the service says of the finished job", async () => {
    world.jobsTake(3);
    const { id, state } = await provider.jobs.create(WAITED);
    expect(state).toMatchObject({
      status: "SUCCEEDED",
      metrics: { totalProfiles: 13_146_432 },
      waitForCompletion: true,
    });
    expect([id, world.count("POST")]).toEqual([jobId(), 1]);
    // The end is told by the resource itself.
    expect(provider.lines.filter((line) => line.includes("SUCCEEDED"))).toEqual([]);
  });

  it("asks often at first and seldom later, and tells its progress every half minute", async () => {
    world.jobsTake(30);
    const began = world.clock.now();
    const polls: number[] = [];
    const told: number[] = [];
    let known = { requests: 0, lines: 0 };
    world.onSleep = () => {
      const now = { requests: world.count("GET"), lines: provider.lines.length };
      if (now.requests > known.requests) polls.push(world.clock.now() - began);
      if (now.lines > known.lines) told.push(world.clock.now() - began);
      known = now;
    };
    await provider.jobs.create(WAITED);

    const within = (from: number, to: number) => polls.filter((at) => at > from && at <= to).length;
    expect(within(0, MINUTE / 2)).toBeGreaterThanOrEqual(14);
    expect(within(0, MINUTE / 2)).toBeLessThanOrEqual(16);
    expect(within(MINUTE, 5 * MINUTE)).toBe(24);
    expect(within(10 * MINUTE, 20 * MINUTE)).toBe(20);
    // All that wait do so to a common beat (and gather for a moment), so that they share requests.
    const offBeat = (beat: number, from: number) =>
      polls.filter((at) => at > from && (began + at - GATHER_MS) % beat !== 0).length;
    expect([offBeat(2_000, 0), offBeat(10_000, MINUTE), offBeat(30_000, 6 * MINUTE)]).toEqual([0, 0, 0]);
    const pauses = told.slice(1).map((at, i) => at - (told[i] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(MINUTE / 2);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(MINUTE);
    expect(provider.lines[0]).toBe(`Segment job ${jobId()}: PROCESSING, waiting for at most 4 h.`);
    expect(provider.lines[1]).toMatch(/: PROCESSING, waited 3\d s of at most 4 h\.$/);
  });

  it.each([
    ["90s", 90_000],
    // Between two polls.
    ["75s", 75_000],
    ["5m30s", 5.5 * MINUTE],
  ])("with a time-out of %s ends then, and keeps the job", async (timeout, ms) => {
    world.jobsTake(1000);
    const began = world.clock.now();
    const error = await failureOf(provider.jobs.create({ ...WAITED, timeout }));
    expect(error).toMatchObject({ id: jobId(), state: { status: "PROCESSING" } });
    expect(error.message).toContain("is still PROCESSING after");
    expect(world.clock.now() - began).toBe(ms + GATHER_MS);
  });

  it("asks in the sandbox of the run", async () => {
    world.jobsTake(1);
    expect(await provider.jobs.create({ ...WAITED, sandbox: "dev" })).toMatchObject({ state: { status: "SUCCEEDED" } });
  });

  it("sees a job that ends with its time", async () => {
    world.jobsTake(1);
    expect(await provider.jobs.create({ ...WAITED, timeout: "60s" })).toMatchObject({ state: { status: "SUCCEEDED" } });
  });

  it.each<[string, object]>([
    ["that does not work", { status: 503 }],
    ["that cannot be reached", { reset: "before" }],
    ["that has no time", { status: 429 }],
  ])("outlasts a service %s: the job goes on meanwhile", async (_, fault) => {
    world.jobsTake(30);
    world.emulator.control.addFault({ method: "GET", times: 60, ...fault });
    expect(await provider.jobs.create(WAITED)).toMatchObject({ state: { status: "SUCCEEDED" } });
    expect(provider.lines).toContainEqual(expect.stringContaining(`Still waiting for segment job ${jobId()}.`));
    expect(world.count("POST")).toBe(1);
  });

  it("ends when the account may not read the job, and keeps it", async () => {
    world.jobsTake(30);
    world.emulator.control.addFault({ method: "GET", status: 403 });
    const error = await failureOf(provider.jobs.create(WAITED));
    expect(error).toMatchObject({ id: jobId(), state: { status: "PROCESSING" } });
    expect(error.reasons[0]).toBe(`Segment job ${jobId()} was started, but the wait for it failed.`);
    expect(error.reasons[1]).toContain("403 Forbidden");
  });

  it.each([
    [2, "SUCCEEDED"],
    [3, "REMOVED"],
  ])("takes a job that is missing %d times in a row for %s", async (times, status) => {
    world.jobsTake(3);
    world.emulator.control.addFault({ ...ONE, status: 404, skip: 2, times });
    world.emulator.control.addFault({ ...ALL, status: 200, body: { children: [] }, times });
    const ended = provider.jobs.create(WAITED).catch((error: unknown) => error as StartedButFailedError);
    expect(await ended).toMatchObject({ id: jobId(), state: { status } });
  });

  it("counts only what is missing in a row", async () => {
    world.jobsTake(3);
    for (const skip of [1, 2, 3, 4]) world.emulator.control.addFault({ ...ONE, status: 404, skip });
    world.emulator.control.addFault({ ...ALL, status: 200, body: { children: [] }, times: 4 });
    expect(await provider.jobs.create(WAITED)).toMatchObject({ state: { status: "SUCCEEDED" } });
  });

  it("goes on with a job that is listed, however often it is missing by its ID", async () => {
    world.jobsTake(3);
    world.emulator.control.addFault({ ...ONE, status: 404, times: 1000 });
    expect(await provider.jobs.create(WAITED)).toMatchObject({ state: { status: "SUCCEEDED" } });
  });

  it("ends when the service has forgotten the job, and keeps it as REMOVED", async () => {
    world.jobsTake(30);
    let id = "";
    after(MINUTE, () => world.emulator.control.forgetJob((id = jobId())));
    const error = await failureOf(provider.jobs.create(WAITED));
    expect(error).toMatchObject({ id, state: { status: "REMOVED" } });
    expect(error.message).toContain("To run it again, change a trigger.");
  });

  it.each([["PAUSED"], ["::error::\u001b[2J"]])(
    "does not wait for ever for a job that is %j, and keeps it",
    async (status) => {
      world.jobsTake(1000);
      after(MINUTE, () => says(status));
      const began = world.clock.now();
      const error = await failureOf(provider.jobs.create(WAITED));
      expect(error).toMatchObject({ id: jobId(), state: { status } });
      expect(error.reasons).toEqual([
        expect.stringMatching(/^Segment job \S+ has the status ".*keeps the job in state.*starts no new run/),
      ]);
      expect(error.message).toContain(JSON.stringify(status));
      expect(world.clock.now() - began).toBeLessThan(7 * MINUTE);
      expect(provider.lines.filter((line) => line.startsWith("warning:"))).toEqual([
        `warning: Segment job ${jobId()} has the status ${JSON.stringify(status)}, which this version of pulumi-cja does not know (it knows NEW, QUEUED, PROCESSING, CANCELLING, CANCELLED, FAILED, SUCCEEDED), so it cannot tell whether the job is over. Check the job in Experience Platform, or update pulumi-cja.`,
      ]);
      expect(world.count("POST")).toBe(1);
    },
  );

  it("waits on for one that only passes through a status that is new", async () => {
    world.jobsTake(30);
    after(MINUTE, () => {
      says("WARMING");
      after(4 * MINUTE, () => {
        world.emulator.control.clearFaults();
        after(4 * MINUTE, () => world.emulator.control.editJob(jobId(), { status: "SUCCEEDED" }));
      });
    });
    expect(await provider.jobs.create(WAITED)).toMatchObject({ state: { status: "SUCCEEDED" } });
    expect(provider.lines.filter((line) => line.startsWith("warning:"))).toHaveLength(1);
  });

  it("says so within the time-out, too", async () => {
    world.jobsTake(1000);
    after(MINUTE, () => says("PAUSED"));
    const error = await failureOf(provider.jobs.create({ ...WAITED, timeout: "2m" }));
    expect(error.message).toContain('has the status "PAUSED"');
  });

  it("ends when somebody has cancelled the job", async () => {
    world.jobsTake(30);
    after(MINUTE, () => world.emulator.control.editJob(jobId(), { status: "CANCELLED" }));
    const error = await failureOf(provider.jobs.create(WAITED));
    expect(error).toMatchObject({ id: jobId(), state: { status: "CANCELLED" } });
    expect(error.message).toContain("was cancelled outside this stack");
  });
});

test("a run that is not waited for is kept with a status that is new, and a warning", async () => {
  world.emulator.control.addFault({
    method: "POST",
    path: "/segment/jobs$",
    status: 200,
    body: { id: "j1", status: "PAUSED", segments: [{ segmentId: "a" }] },
  });
  expect(await provider.jobs.create({ segmentIds: ["a"] })).toMatchObject({ id: "j1", state: { status: "PAUSED" } });
  expect(provider.lines).toEqual([expect.stringMatching(/^warning: Segment job j1 has the status "PAUSED"/)]);
});

describe("an update", () => {
  const started = async (minutes: number, change: object = {}): Promise<{ id: string; state: Values }> => {
    world.jobsTake(minutes);
    return provider.jobs.create({ segmentIds: ["a"], triggers: { release: 1 }, ...change });
  };

  it("waits for the job that runs, and runs none", async () => {
    const { id, state } = await started(10);
    const next = await provider.jobs.update(id, state, { ...state, waitForCompletion: true });
    expect(next).toMatchObject({ status: "SUCCEEDED", waitForCompletion: true });
    expect(world.count("POST")).toBe(1);
  });

  it("fails again for a job that has failed, and asks nothing", async () => {
    const state = { status: "FAILED", sandboxName: "prod", errors: [{ code: "1", msg: "no" }], ...WAITED };
    const error = await failureOf(provider.jobs.update("j", state, WAITED));
    expect(error).toMatchObject({ id: "j", state });
    expect(error.reasons).toEqual([expect.stringContaining("ended as FAILED"), "1: no"]);
    expect([world.requests(), provider.lines]).toEqual([[], []]);
  });

  it("keeps the set and the triggers of the run, and takes how it is waited for from the program", async () => {
    const { id, state } = await started(10, { retryFailed: true, timeout: "1h" });
    const next = await provider.jobs.update(id, state, { segmentIds: ["a"], timeout: "2h", deleteRecord: true });
    const { retryFailed: _, ...rest } = state;
    expect(next).toEqual({ ...rest, timeout: "2h", deleteRecord: true });
    expect(world.requests()).toEqual(["POST"]);
  });
});
