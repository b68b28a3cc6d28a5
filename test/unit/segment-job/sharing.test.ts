import { NotFoundError } from "../../../provider/http/errors";
import type { Values } from "../../../provider/lifecycle";
import { SettledClock } from "./settled-clock";
import { World, type Provider } from "./world";

/** So many resources the engine reads at a time on two cores. */
const AT_A_TIME = 8;
const MINUTE = 60_000;
const LISTING = { method: "GET", path: "/segment/jobs$" };

interface Known {
  readonly id: string;
  readonly state: Values;
}

let world: World;
beforeEach(async () => {
  world = await World.start({}, new SettledClock());
});
afterEach(() => world.stop());

/** Jobs of this stack, at work when it has last seen them. */
function made(count: number, change: Partial<Parameters<World["emulator"]["control"]["addJob"]>[0]> = {}): Known[] {
  return Array.from({ length: count }, (_, i) => {
    const job = { segmentIds: [`s${i}`], status: "PROCESSING" as const, ...change };
    const { id } = world.emulator.control.addJob(job);
    return { id, state: { segmentIds: job.segmentIds, status: "PROCESSING", sandboxName: "prod" } };
  });
}

/** Jobs that are none of this stack's. */
const others = (count: number) => void made(count, { source: "scheduler", status: "SUCCEEDED" });

/** What the engine does in a refresh: the statuses, in the order of the jobs. */
async function refreshed(provider: Provider, jobs: readonly Known[]): Promise<unknown[]> {
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

const all = (count: number, status: string) => Array<string>(count).fill(status);

describe("the requests of a refresh", () => {
  it.each<[number, number, string[]]>([
    [1, 0, ["GET"]],
    [8, 5_000, ["BULK 8"]],
    [100, 0, ["BULK 8", "LIST"]],
    [100, 90, ["BULK 8", "LIST", "LIST"]],
    [200, 0, ["BULK 8", "LIST", "LIST"]],
  ])("of %d jobs, which %d younger ones have followed", async (count, younger, expected) => {
    const jobs = made(count);
    world.emulator.control.advance(MINUTE);
    others(younger);
    expect(await refreshed(world.provider(), jobs)).toEqual(all(count, "PROCESSING"));
    expect(world.requests().map((request) => request.replace(/^GET .*/, "GET"))).toEqual(expected);
  });

  it("of three jobs among 5,000 is one", async () => {
    others(2_500);
    const jobs = made(3);
    others(2_497);
    expect(await refreshed(world.provider(), jobs)).toEqual(all(3, "PROCESSING"));
    expect(world.requests()).toEqual(["BULK 3"]);
  });

  it("of 100 jobs that lie deep in the listing are twice those without the listing, and no more", async () => {
    const jobs = made(100);
    world.emulator.control.advance(MINUTE);
    others(2_000);
    expect(await refreshed(world.provider(), jobs)).toEqual(all(100, "PROCESSING"));
    expect(world.count("BULK")).toBe(13);
    expect(world.count("LIST")).toBe(13);
    expect(world.requests()).toHaveLength(26);
  });

  it("are made for each sandbox, with its jobs only", async () => {
    const jobs = made(10);
    const inDev = made(10, { sandbox: "dev" }).map(({ id, state }) => ({
      id,
      state: { ...state, sandboxName: "dev" },
    }));
    expect(await refreshed(world.provider(), [...jobs, ...inDev])).toEqual(all(20, "PROCESSING"));
    const sandboxes = world.emulator.control
      .requests()
      .filter(({ path }) => path.includes("/segment/jobs"))
      .map(({ headers }) => headers["x-sandbox-name"]);
    expect(sandboxes.sort()).toEqual(["dev", "dev", "prod", "prod"]);
  });

  it("are one for each hundred jobs when an engine reads all at once", async () => {
    const jobs = made(103);
    const provider = world.provider();
    await Promise.all(jobs.map(({ id, state }) => provider.jobs.read(id, state)));
    expect(world.requests()).toEqual(["BULK 100", "LIST"]);
  });
});

describe("a job that the service does not know", () => {
  it("is asked for by itself, and costs the others nothing", async () => {
    const jobs = made(30);
    world.emulator.control.forgetJob(jobs[12]?.id ?? "");
    const statuses = await refreshed(world.provider(), jobs);
    expect(statuses[12]).toBe("REMOVED");
    expect(statuses.filter((status) => status === "PROCESSING")).toHaveLength(29);
    expect(world.count("GET")).toBe(1);
    expect(world.requests()).toContain(`GET ${jobs[12]?.id}`);
  });

  it("is not one that only the listing lacks", async () => {
    const jobs = made(30);
    world.emulator.control.addFault({ ...LISTING, times: 100, status: 200, body: { children: [] } });
    expect(await refreshed(world.provider(), jobs)).toEqual(all(30, "PROCESSING"));
    expect(world.requests()).toEqual(["BULK 8", "LIST", "BULK 8", "BULK 8", "BULK 6"]);
  });

  it("is looked for in ever smaller parts where the service refuses all for its sake", async () => {
    const jobs = made(100);
    const lost = jobs[7]?.id ?? "";
    world.emulator.control.forgetJob(lost);
    world.emulator.control.addFault({ path: "bulk-get$", times: 2, status: 404, body: { title: "not found" } });
    const provider = world.provider();
    const found = await Promise.all(jobs.map(({ id, state }) => provider.jobs.read(id, state)));
    expect(found.map((job) => job?.state["status"])).toEqual([
      ...all(7, "PROCESSING"),
      "REMOVED",
      ...all(92, "PROCESSING"),
    ]);
    expect(world.requests()).toEqual(["BULK 100", "BULK 50", "BULK 25", `GET ${lost}`, "BULK 25", "BULK 50"]);
  });
});

describe("a listing", () => {
  it.each([403, 400, 500])("that is answered with %d is done without", async (status) => {
    const jobs = made(24);
    world.emulator.control.addFault({ ...LISTING, times: 100, status });
    expect(await refreshed(world.provider(), jobs)).toEqual(all(24, "PROCESSING"));
    expect(world.count("BULK")).toBe(3);
  });

  it("is not asked for again after a refusal", async () => {
    const jobs = made(24);
    world.emulator.control.addFault({ ...LISTING, status: 403 });
    await refreshed(world.provider(), jobs);
    expect(world.requests()).toEqual(["BULK 8", "LIST", "BULK 8", "BULK 8"]);
  });

  it("that answers the same page again and again is left", async () => {
    const jobs = made(40);
    const page = { _page: { totalCount: 5_000 }, children: [{ id: "x", status: "NEW", segments: [] }] };
    world.emulator.control.addFault({ ...LISTING, times: 100, status: 200, body: page });
    expect(await refreshed(world.provider(), jobs)).toEqual(all(40, "PROCESSING"));
    expect(world.requests()).toEqual(["BULK 8", "LIST", "LIST", ...all(4, "BULK 8")]);
  });
});

describe("what is known of a job", () => {
  it("is as of this pass: the next process sees what has changed", async () => {
    const jobs = made(30);
    await refreshed(world.provider(), jobs);
    world.emulator.control.editJob(jobs[20]?.id ?? "", { status: "SUCCEEDED" });
    const statuses = await refreshed(world.provider(), jobs);
    expect(statuses[20]).toBe("SUCCEEDED");
  });

  it("stands for half a minute, and then the same process asks anew", async () => {
    const jobs = made(30);
    const provider = world.provider();
    await refreshed(provider, jobs);
    const before = world.requests().length;
    world.emulator.control.editJob(jobs[20]?.id ?? "", { status: "FAILED" });

    await world.clock.sleep(29_000);
    expect((await refreshed(provider, jobs))[20]).toBe("PROCESSING");
    expect(world.requests()).toHaveLength(before);

    await world.clock.sleep(1_000);
    expect((await refreshed(provider, jobs))[20]).toBe("FAILED");
    expect(world.requests().slice(before)).toEqual(["BULK 8", "LIST"]);
  });

  it("stands for good when the job is over", async () => {
    const [job] = made(1, { status: "SUCCEEDED" });
    const provider = world.provider();
    await refreshed(provider, job ? [job] : []);
    await world.clock.sleep(60 * MINUTE);
    expect(await refreshed(provider, job ? [job] : [])).toEqual(["SUCCEEDED"]);
    expect(world.requests()).toHaveLength(1);
  });

  it("ends when this process deletes its record", async () => {
    const [job] = made(1, { status: "SUCCEEDED" });
    const [id, state] = [job?.id ?? "", { ...job?.state, deleteRecord: true }];
    const provider = world.provider();
    await provider.jobs.read(id, state);
    await provider.jobs.delete(id, { ...state, status: "SUCCEEDED" });
    await expect(provider.jobs.read(id, {})).rejects.toThrow(NotFoundError);
  });

  it("is nothing to a cancellation: a job that has ended since is not sent a DELETE", async () => {
    const [job] = made(1);
    const provider = world.provider();
    await refreshed(provider, job ? [job] : []);
    world.emulator.control.editJob(job?.id ?? "", { status: "SUCCEEDED" });
    await provider.jobs.delete(job?.id ?? "", job?.state ?? {});
    expect(world.count("DELETE")).toBe(0);
  });
});

describe("jobs that are waited for", () => {
  const waiting = (provider: Provider, count: number, sandbox = "prod") =>
    Array.from({ length: count }, (_, i) =>
      provider.jobs.create({ segmentIds: [`s${i}`], waitForCompletion: true, sandbox }),
    );
  const polls = () =>
    world.emulator.control
      .requests()
      .filter(({ path, method }) => path.endsWith("bulk-get") || (method === "GET" && path.includes("/jobs/")))
      .map(({ time, body }) => ({ at: Date.parse(time), ids: (body as { ids?: unknown[] } | null)?.ids?.length ?? 1 }));

  it("share one request a poll, whenever their waits began", async () => {
    world.jobsTake(7);
    const began = world.clock.now();
    const provider = world.provider();
    const first = waiting(provider, 60);
    await world.clock.sleep(11_700);
    const last = waiting(provider, 40);
    const states = (await Promise.all([...first, ...last])).map(({ state }) => state["status"]);
    expect(states).toEqual(all(100, "SUCCEEDED"));

    const times = polls().map(({ at }) => at);
    expect(new Set(times).size).toBe(times.length);
    // To the common beat of 2 s, while one wait is young; then of 10 s, then of 30 s.
    const between = (from: number, to: number) => times.filter((at) => at > began + from && at <= began + to).length;
    expect(between(0, 40_050)).toBe(20);
    expect(between(60_050, 300_050)).toBe(24);
    expect(between(330_050, 420_050)).toBe(3);
    const common = polls().filter(({ at }) => at > began + 60_000 && at < began + 300_000);
    expect(new Set(common.map(({ ids }) => ids))).toEqual(new Set([100]));
  });

  it("share one request for each hundred of them", async () => {
    world.jobsTake(1);
    const states = await Promise.all(waiting(world.provider(), 250));
    expect(states.map(({ state }) => state["status"])).toEqual(all(250, "SUCCEEDED"));
    expect(polls().slice(0, 3)).toMatchObject([{ ids: 100 }, { ids: 100 }, { ids: 50 }]);
  });

  it("are asked for anew with every poll, whatever a refresh has told", async () => {
    const [job] = made(1);
    const provider = world.provider();
    const began = world.clock.now();
    await refreshed(provider, job ? [job] : []);
    world.emulator.control.editJob(job?.id ?? "", { status: "SUCCEEDED" });
    const waited = { ...job?.state, waitForCompletion: true };
    expect(await provider.jobs.update(job?.id ?? "", job?.state ?? {}, waited)).toMatchObject({ status: "SUCCEEDED" });
    expect(world.clock.now() - began).toBeLessThan(3_000);
  });
});
