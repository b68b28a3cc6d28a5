import { NotFoundError } from "../../../../provider/http/errors";
import { SettledClock } from "./settled-clock";
import { all, made, refreshed } from "./stack";
import { World } from "./world";

const MINUTE = 60_000;

let world: World;
beforeEach(async () => {
  world = await World.start({}, new SettledClock());
});
afterEach(() => world.stop());

describe("what is known of a job", () => {
  it("is as of this pass: the next process sees what has changed", async () => {
    const jobs = made(world, 30);
    await refreshed(world.provider(), jobs);
    world.emulator.control.editJob(jobs[20]?.id ?? "", { status: "SUCCEEDED" });
    const statuses = await refreshed(world.provider(), jobs);
    expect(statuses[20]).toBe("SUCCEEDED");
  });

  it.each<[number, string[]]>([
    [3, ["BULK 3"]],
    [30, ["BULK 8", "LIST"]],
  ])("stands for half a minute, and then the same process asks anew, for %d jobs", async (count, requests) => {
    const jobs = made(world, count);
    const provider = world.provider();
    await refreshed(provider, jobs);
    for (const { id } of jobs) world.emulator.control.editJob(id, { status: "FAILED" });

    await world.clock.sleep(29_000);
    expect(await refreshed(provider, jobs)).toEqual(all(count, "PROCESSING"));
    expect(world.requests()).toEqual(requests);

    await world.clock.sleep(1_000);
    expect(await refreshed(provider, jobs)).toEqual(all(count, "FAILED"));
    expect(world.requests()).toEqual([...requests, ...requests]);
  });

  it("stands for who has asked, however long the answer about another one takes", async () => {
    const jobs = made(world, 9);
    const [first, ...others] = jobs;
    const provider = world.provider();
    await refreshed(provider, first ? [first] : []);
    world.emulator.control.forgetJob(others[7]?.id ?? "");
    // The listing tells seven of them at once; the answer about the eighth comes after a minute.
    world.emulator.control.addFault({ path: "/jobs/", status: 429, headers: { "retry-after": "60" } });
    expect(await refreshed(provider, others)).toEqual([...all(7, "PROCESSING"), "REMOVED"]);
    expect(world.requests().slice(1, 3)).toEqual(["LIST", `GET ${others[7]?.id}`]);
  });

  it("stands for good when the job is over", async () => {
    const [job] = made(world, 1, { status: "SUCCEEDED" });
    const provider = world.provider();
    await refreshed(provider, job ? [job] : []);
    await world.clock.sleep(60 * MINUTE);
    expect(await refreshed(provider, job ? [job] : [])).toEqual(["SUCCEEDED"]);
    expect(world.requests()).toHaveLength(1);
  });

  it("ends when this process deletes its record", async () => {
    const [job] = made(world, 1, { status: "SUCCEEDED" });
    const [id, state] = [job?.id ?? "", { ...job?.state, deleteRecord: true }];
    const provider = world.provider();
    await provider.jobs.read(id, state);
    await provider.jobs.delete(id, { ...state, status: "SUCCEEDED" });
    await expect(provider.jobs.read(id, {})).rejects.toThrow(NotFoundError);
  });

  it("ends when a poll finds nothing", async () => {
    const [job] = made(world, 1);
    const [id, state] = [job?.id ?? "", job?.state ?? {}];
    const provider = world.provider();
    await provider.jobs.read(id, state);
    world.emulator.control.forgetJob(id);
    await provider.jobs.delete(id, state);
    expect(await provider.jobs.read(id, state)).toMatchObject({ state: { status: "REMOVED" } });
  });

  it("is nothing to a cancellation: a job that has ended since is not sent a DELETE", async () => {
    const [job] = made(world, 1);
    const provider = world.provider();
    await refreshed(provider, job ? [job] : []);
    world.emulator.control.editJob(job?.id ?? "", { status: "SUCCEEDED" });
    await provider.jobs.delete(job?.id ?? "", job?.state ?? {});
    expect(world.count("DELETE")).toBe(0);
  });
});
