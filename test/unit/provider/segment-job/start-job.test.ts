import { OutcomeUnknownError, PermissionError } from "../../../../provider/http/errors";
import { turn } from "../../../faults/turn";
import { World, type Provider } from "./world";

const SET = { segmentIds: ["a", "b"], triggers: { release: 1 } };
const WAITED = { ...SET, waitForCompletion: true };
const POST = { method: "POST", path: "/segment/jobs$" };

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world.stop());

const jobIds = () => world.emulator.control.jobs().map(({ id }) => id);
const requestIds = () =>
  world.emulator.control
    .requests()
    .filter(({ method, path }) => method === "POST" && path.endsWith("/segment/jobs"))
    .map(({ headers }) => headers["x-request-id"]);

/** A run whose engine is killed in the first pause after the POST. */
async function interrupted(inputs: object, provider = world.provider()): Promise<void> {
  const before = world.count("POST");
  world.onSleep = () => {
    if (world.count("POST") > before) provider.die();
  };
  await expect(provider.jobs.create({ ...inputs })).rejects.toThrow("the engine of this run has ended");
  world.onSleep = () => undefined;
}

describe("a POST whose answer never came", () => {
  it("is not repeated when the job is there", async () => {
    world.emulator.control.addFault({ ...POST, process: true, status: 502 });
    const { id } = await world.provider().jobs.create(SET);
    expect([jobIds(), world.requests()]).toEqual([[id], ["POST", "LIST"]]);
  });

  it("is its own job by the ID of its request, also where the emulator was emptied and gives out an ID again", async () => {
    const provider = world.provider();
    const { id } = await provider.jobs.create(SET);
    world.emulator.control.reset();
    expect((await provider.jobs.create({ ...SET, triggers: { release: 2 } })).id).toBe(id);
    expect(jobIds()).toEqual([id]);
  });

  it("is not repeated when the job appears late in the list", async () => {
    world.emulator.control.addFault({ ...POST, process: true, reset: "after" });
    world.emulator.control.addFault({
      method: "GET",
      path: "/segment/jobs$",
      times: 2,
      status: 200,
      body: { children: [] },
    });
    const { id } = await world.provider().jobs.create(SET);
    expect([jobIds(), world.requests()]).toEqual([[id], ["POST", "LIST", "LIST", "LIST"]]);
  });

  it("is sent once more, as the same request, when no job has come of it", async () => {
    world.emulator.control.addFault({ ...POST, reset: "before" });
    const { id } = await world.provider().jobs.create(SET);
    expect(jobIds()).toEqual([id]);
    // The service may be at work on the first one for as long as an answer could have taken.
    expect(world.requests()).toEqual(["POST", ...Array<string>(9).fill("LIST"), "POST"]);
    expect(new Set(requestIds()).size).toBe(1);
  });

  it("is found by set and time where the service gives its own IDs to jobs", async () => {
    world.emulator.control.addFault({ ...POST, process: true, status: 502 });
    world.onSleep = () => jobIds().forEach((id) => world.emulator.control.editJob(id, { requestId: "gateway" }));
    const { id } = await world.provider().jobs.create(SET);
    expect([jobIds(), world.count("POST")]).toEqual([[id], 1]);
  });

  it("does not make a colleague's job of the same set ours", async () => {
    const provider = world.provider();
    const { id: earlier } = await provider.jobs.create({ segmentIds: ["z"] });
    const { id: colleagues } = world.emulator.control.addJob({ segmentIds: ["a", "b"] });
    world.emulator.control.addFault({ ...POST, reset: "before" });
    const { id } = await provider.jobs.create(SET);
    expect(jobIds()).toEqual([earlier, colleagues, id]);
  });

  it("does not make another stack's job of the same set ours, and finds its own behind it", async () => {
    const { id: others } = await world.provider().jobs.create(SET);
    // The service gives its own IDs to jobs, so that set and time decide; the other one is the newest.
    const created = world.clock.now() + 30_000;
    world.emulator.control.editJob(others, { requestId: "gateway", created });
    world.onSleep = () => jobIds().forEach((id) => world.emulator.control.editJob(id, { requestId: "gateway" }));
    world.emulator.control.addFault({ ...POST, process: true, status: 502 });
    world.emulator.control.addFault({ method: "GET", path: "/segment/jobs$", status: 200, body: { children: [] } });
    const { id } = await world.provider().jobs.create(SET);
    expect(jobIds()).toEqual([others, id]);
    expect(world.count("POST")).toBe(2);
  });

  it("leaves another stack's job of the same set to it while its answer is still on its way there", async () => {
    const killed = world.provider();
    world.emulator.control.addFault({ ...POST, status: 500, times: 1_000 });
    await expect(killed.jobs.create(SET)).rejects.toThrow(OutcomeUnknownError);
    world.emulator.control.clearFaults();
    killed.die();

    const [one, next] = [world.provider(), world.provider()];
    // Longer than the look of the other one takes. Where it is not, what is expected comes all the same.
    world.emulator.control.addFault({ ...POST, process: true, delayMs: 500 });
    let mine: Promise<{ id: string }> | undefined;
    let looked = false;
    world.onSleep = async () => {
      if (mine === undefined) {
        mine = one.jobs.create(SET);
        while (jobIds().length === 0) await turn();
      } else if (!looked) {
        looked = true;
        await mine;
      }
      // Set and time decide.
      for (const id of jobIds()) world.emulator.control.editJob(id, { requestId: "gateway" });
    };
    const theirs = await next.jobs.create(SET);
    expect(jobIds()).toEqual([(await mine)?.id, theirs.id]);
  });

  it("never finds a job that this process has already answered with", async () => {
    const provider = world.provider();
    const { id: first } = await provider.jobs.create(SET);
    world.emulator.control.editJob(first, { requestId: "gateway" });
    world.emulator.control.addFault({ ...POST, reset: "before" });
    const { id: second } = await provider.jobs.create({ ...SET, triggers: { release: 2 } });
    expect(jobIds()).toEqual([first, second]);
  });

  it("leaves the matter open when the list cannot be read; the next run settles it", async () => {
    world.emulator.control.addFault({ ...POST, process: true, status: 502 });
    world.emulator.control.addFault({ method: "GET", path: "/segment/jobs$", status: 403 });
    const one = world.provider();
    await expect(one.jobs.create(SET)).rejects.toThrow(OutcomeUnknownError);
    one.die();
    const next = world.provider();
    const { id } = await next.jobs.create(SET);
    expect([jobIds(), world.count("POST")]).toEqual([[id], 1]);
    expect(next.lines).toContainEqual(expect.stringContaining(`The interrupted run started segment job ${id}`));
  });

  it("is not sent again for an engine that is gone, but by the next run, as the same request", async () => {
    world.emulator.control.addFault({ ...POST, reset: "before" });
    const provider = world.provider();
    world.onSleep = () => provider.die();
    await expect(provider.jobs.create(SET)).rejects.toThrow(OutcomeUnknownError);
    expect(world.count("POST")).toBe(1);

    const { id } = await world.provider().jobs.create(SET);
    expect([jobIds(), world.count("POST"), new Set(requestIds()).size]).toEqual([[id], 2, 1]);
  });
});

describe("a POST that the service refuses", () => {
  it("leaves nothing behind", async () => {
    world.emulator.control.addFault({ ...POST, status: 403 });
    const one = world.provider();
    await expect(one.jobs.create(SET)).rejects.toThrow(PermissionError);
    one.die();
    // A record would make the next run look for a job.
    await world.provider().jobs.create(SET);
    expect(world.requests()).toEqual(["POST", "POST"]);
  });
});

describe("a run whose answer was heard", () => {
  it("leaves nothing behind: the same wish is another run", async () => {
    const one = world.provider();
    const { id: first } = await one.jobs.create(SET);
    one.die();
    const { id: second } = await world.provider().jobs.create(SET);
    expect(jobIds()).toEqual([first, second]);
  });
});

describe("a run whose engine was killed", () => {
  it("stops asking, and the next run waits for the same job", async () => {
    world.jobsTake(5);
    await interrupted(WAITED);
    const polls = world.count("GET");
    const [id] = jobIds();
    const next = world.provider();
    const created = await next.jobs.create(WAITED);
    expect(created).toMatchObject({ id, state: { status: "SUCCEEDED" } });
    expect([polls, jobIds(), world.count("POST")]).toEqual([0, [id], 1]);
  });

  it("is taken over when it was not waiting either: its answer was not heard", async () => {
    const one = world.provider();
    one.die(1);
    const { id } = await one.jobs.create(SET);
    expect((await world.provider().jobs.create(SET)).id).toBe(id);
    expect(world.count("POST")).toBe(1);
  });

  it("is known by the ID of its job, whatever the service tells of it", async () => {
    await interrupted(WAITED);
    const [id = ""] = jobIds();
    world.emulator.control.editJob(id, { requestId: "gateway", segmentIds: ["*"] });
    expect((await world.provider().jobs.create(SET)).id).toBe(id);
    expect(world.requests()).toEqual(["POST", `GET ${id}`]);
  });

  it.each<[string, object]>([
    ["other triggers", { ...SET, triggers: { release: 2 } }],
    ["another set", { ...SET, segmentIds: ["a"] }],
    ["another sandbox", { ...SET, sandbox: "dev" }],
  ])("is not taken over by a run with %s", async (_, other) => {
    await interrupted(WAITED);
    await world.provider().jobs.create({ ...other });
    expect([jobIds().length, world.count("POST")]).toEqual([2, 2]);
  });

  it("is taken over although the engine writes list and triggers in another order", async () => {
    await interrupted({ segmentIds: ["a", "b"], triggers: { x: 1, y: { p: 1, q: 2 } }, waitForCompletion: true });
    await world.provider().jobs.create({ triggers: { y: { q: 2, p: 1 }, x: 1 }, segmentIds: ["b", "a"] });
    expect(world.count("POST")).toBe(1);
  });

  it("is run anew when the service does not know its job any more", async () => {
    await interrupted(WAITED);
    const [lost = ""] = jobIds();
    world.emulator.control.forgetJob(lost);
    const { id } = await world.provider().jobs.create(SET);
    expect([jobIds(), id === lost, world.count("POST")]).toEqual([[id], false, 2]);
  });

  it("keeps that its job repeats a failed one", async () => {
    world.jobsTake(1, "FAILED");
    const wished = { ...WAITED, retryFailed: true };
    const failed = await failedRun(world.provider(), wished);
    world.jobsTake(5, "FAILED");
    const one = world.provider();
    expect(await one.jobs.diff(failed.id, failed.state, wished)).toMatchObject({
      kind: "replace",
      withoutInputChange: true,
    });
    await interrupted(wished, one);

    const next = world.provider();
    await next.jobs.diff(failed.id, failed.state, wished);
    const again = await failedRun(next, wished);
    expect(again.state).toMatchObject({ status: "FAILED", repeats: true });
    expect(await next.jobs.diff(again.id, again.state, wished)).toMatchObject({ kind: "update" });
    expect(world.count("POST")).toBe(2);
  });

  it("leaves a job alone that it has taken over when its former resource is deleted", async () => {
    await interrupted(WAITED);
    const next = world.provider();
    const { id, state } = await next.jobs.create(SET);
    await next.jobs.delete(id, { ...state, status: "PROCESSING" });
    expect(world.count("DELETE")).toBe(0);
    expect(next.lines).toContainEqual(expect.stringContaining(`warning: Segment job ${id} is not cancelled`));
  });
});

describe("a run that repeats a failed one", () => {
  const wished = { ...WAITED, retryFailed: true };
  beforeEach(() => world.jobsTake(1, "FAILED"));

  it("says so in its state, also in the process that has made the first", async () => {
    const provider = world.provider();
    const failed = await failedRun(provider, wished);
    expect(failed.state).not.toHaveProperty("repeats");
    await provider.jobs.diff(failed.id, failed.state, wished);
    expect((await failedRun(provider, wished)).state).toMatchObject({ status: "FAILED", repeats: true });
  });

  it("is not one that another trigger has asked for", async () => {
    const provider = world.provider();
    const failed = await failedRun(provider, wished);
    const changed = { ...wished, triggers: { release: 2 } };
    expect(await provider.jobs.diff(failed.id, failed.state, changed)).toMatchObject({ replaces: ["triggers"] });
    expect((await failedRun(provider, changed)).state).not.toHaveProperty("repeats");
  });
});

describe("two runs at the same time", () => {
  it("have a job each, although they want the same", async () => {
    const [one, two] = [world.provider(), world.provider()];
    const made = await Promise.all([one.jobs.create(SET), one.jobs.create(SET), two.jobs.create(SET)]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
    expect(world.count("POST")).toBe(3);
  });
});

/** What the engine keeps of a run that has failed. */
async function failedRun(provider: Provider, inputs: object): Promise<{ id: string; state: Record<string, unknown> }> {
  return provider.jobs.create({ ...inputs }).then(
    () => Promise.reject(new Error("it has not failed")),
    (error: unknown) => error as { id: string; state: Record<string, unknown> },
  );
}
