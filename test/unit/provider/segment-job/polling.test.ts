import type { Values } from "../../../../provider/lifecycle";
import { SettledClock } from "./settled-clock";
import { all, made, refreshed, type JobChange } from "./stack";
import { World, type Provider } from "./world";

let world: World;
beforeEach(async () => {
  world = await World.start({}, new SettledClock());
});
afterEach(() => world.stop());

describe("jobs that are waited for", () => {
  /** Waits for jobs that are started now. */
  const waiting = (provider: Provider, count: number, change: JobChange = {}): Promise<Values>[] =>
    Array.from({ length: count }, () => {
      const { id, sandbox: sandboxName } = world.emulator.control.addJob({ segmentIds: ["a"], ...change });
      const state = { segmentIds: ["a"], status: "NEW", sandboxName };
      return provider.jobs.update(id, state, { segmentIds: ["a"], waitForCompletion: true });
    });
  const polls = () =>
    world.emulator.control
      .requests()
      .filter(({ path }) => path.endsWith("/bulk-get"))
      .map(({ time, body }) => ({ at: Date.parse(time), jobs: (body as { ids: unknown[] }).ids.length }));

  it("ask at common beats, whenever their waits began", async () => {
    world.jobsTake(7);
    const began = world.clock.now();
    const provider = world.provider();
    const first = waiting(provider, 6);
    await world.clock.sleep(11_700);
    const last = waiting(provider, 4);
    const states = await Promise.all([...first, ...last]);
    expect(states.map(({ status }) => status)).toEqual(all(10, "SUCCEEDED"));

    expect(polls()).toHaveLength(world.requests().length);
    const times = polls().map(({ at }) => at);
    expect(new Set(times).size).toBe(times.length);
    // To the common beat of 2 s, while one wait is young; then of 10 s, then of 30 s.
    const between = (from: number, to: number) => times.filter((at) => at > began + from && at <= began + to).length;
    expect(between(0, 40_050)).toBe(20);
    expect(between(60_050, 300_050)).toBe(24);
    expect(between(330_050, 420_050)).toBe(3);
    const common = polls().filter(({ at }) => at > began + 60_000 && at < began + 300_000);
    expect(new Set(common.map(({ jobs }) => jobs))).toEqual(new Set([10]));
  });

  it.each<[number, number[]]>([
    [100, [100]],
    [250, [100, 100, 50]],
  ])("share one request for each hundred of %d", async (count, requests) => {
    world.jobsTake(0.1);
    const states = await Promise.all(waiting(world.provider(), count));
    expect(states.map(({ status }) => status)).toEqual(all(count, "SUCCEEDED"));
    // At 2, 4 and 6 seconds.
    expect(polls().map(({ jobs }) => jobs)).toEqual([...requests, ...requests, ...requests]);
  });

  it("share their requests with those of their sandbox", async () => {
    world.jobsTake(1);
    const provider = world.provider();
    await Promise.all([...waiting(provider, 3), ...waiting(provider, 2, { sandbox: "dev" })]);
    expect(polls().slice(0, 2)).toMatchObject([{ jobs: 3 }, { jobs: 2 }]);
  });

  it("are asked for anew with every poll, whatever a refresh has told", async () => {
    const [job] = made(world, 1);
    const provider = world.provider();
    const began = world.clock.now();
    await refreshed(provider, job ? [job] : []);
    world.emulator.control.editJob(job?.id ?? "", { status: "SUCCEEDED" });
    const waited = { ...job?.state, waitForCompletion: true };
    expect(await provider.jobs.update(job?.id ?? "", job?.state ?? {}, waited)).toMatchObject({ status: "SUCCEEDED" });
    expect(world.clock.now() - began).toBeLessThan(3_000);
  });
});
