import { PermissionError } from "../../../../provider/http/errors";
import { SettledClock } from "./settled-clock";
import { all, made, refreshed } from "./stack";
import { World } from "./world";

const MINUTE = 60_000;
/** How long a request waits for what else it could ask for. */
const GATHER_MS = 50;
const LISTING = { method: "GET", path: "/segment/jobs$" };

let world: World;
beforeEach(async () => {
  world = await World.start({}, new SettledClock());
});
afterEach(() => world.stop());

/** Jobs that are none of this stack's. */
const others = (count: number) => void made(world, count, { source: "scheduler", status: "SUCCEEDED" });

describe("the requests of a refresh", () => {
  it.each<[number, number, string[]]>([
    [1, 0, ["GET"]],
    [8, 5_000, ["BULK 8"]],
    [100, 0, ["BULK 8", "LIST"]],
    [100, 90, ["BULK 8", "LIST", "LIST"]],
    [200, 0, ["BULK 8", "LIST", "LIST"]],
  ])("of %d jobs, which %d younger ones have followed", async (count, younger, expected) => {
    const jobs = made(world, count);
    world.emulator.control.advance(MINUTE);
    others(younger);
    expect(await refreshed(world.provider(), jobs)).toEqual(all(count, "PROCESSING"));
    expect(world.requests().map((request) => request.replace(/^GET .*/, "GET"))).toEqual(expected);
  });

  it("of three jobs among 5,000 is one", async () => {
    others(2_500);
    const jobs = made(world, 3);
    others(2_497);
    expect(await refreshed(world.provider(), jobs)).toEqual(all(3, "PROCESSING"));
    expect(world.requests()).toEqual(["BULK 3"]);
  });

  it("of jobs that lie deep in the listing are twice those without the listing, and no more", async () => {
    const jobs = made(world, 40);
    world.emulator.control.advance(MINUTE);
    others(600);
    expect(await refreshed(world.provider(), jobs)).toEqual(all(40, "PROCESSING"));
    expect([world.count("BULK"), world.count("LIST"), world.requests().length]).toEqual([5, 5, 10]);
  });

  it("wait for each other only until they are known", async () => {
    const jobs = made(world, 100);
    const began = world.clock.now();
    await refreshed(world.provider(), jobs);
    expect(world.clock.now() - began).toBe(2 * GATHER_MS);
  });

  it("are made for each sandbox, with its jobs only", async () => {
    const jobs = made(world, 10);
    const inDev = made(world, 10, { sandbox: "dev" }).map(({ id, state }) => ({
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

  it("are one for a job that several resources read", async () => {
    const [job] = made(world, 1);
    const same = Array.from({ length: 3 }, () => job).filter((one) => one !== undefined);
    expect(await refreshed(world.provider(), same)).toEqual(all(3, "PROCESSING"));
    expect(world.requests()).toEqual([`GET ${job?.id}`]);
  });

  it("are one for each hundred jobs when an engine reads all at once", async () => {
    const jobs = made(world, 103);
    const provider = world.provider();
    await Promise.all(jobs.map(({ id, state }) => provider.jobs.read(id, state)));
    expect(world.requests()).toEqual(["BULK 100", "LIST"]);
  });
});

describe("a job that the service does not know", () => {
  it("is asked for by itself, and costs the others nothing", async () => {
    const jobs = made(world, 30);
    world.emulator.control.forgetJob(jobs[12]?.id ?? "");
    const statuses = await refreshed(world.provider(), jobs);
    expect(statuses[12]).toBe("REMOVED");
    expect(statuses.filter((status) => status === "PROCESSING")).toHaveLength(29);
    expect(world.requests()).toEqual(["BULK 8", "LIST", `GET ${jobs[12]?.id}`, "LIST"]);
  });

  it("is not one that could not be asked for", async () => {
    const jobs = made(world, 3);
    world.emulator.control.addFault({ path: "bulk-get$", status: 403 });
    await expect(refreshed(world.provider(), jobs)).rejects.toThrow(PermissionError);
  });

  it("is not one that only the listing lacks", async () => {
    const jobs = made(world, 30);
    world.emulator.control.addFault({ ...LISTING, times: 100, status: 200, body: { children: [] } });
    expect(await refreshed(world.provider(), jobs)).toEqual(all(30, "PROCESSING"));
    expect(world.requests()).toEqual(["BULK 8", "LIST", "BULK 8", "BULK 8", "BULK 6"]);
  });

  it("is looked for in ever smaller parts where the service refuses all for its sake", async () => {
    const jobs = made(world, 100);
    const lost = jobs[7]?.id ?? "";
    world.emulator.control.forgetJob(lost);
    world.emulator.control.addFault({ path: "bulk-get$", times: 2, status: 404 });
    const provider = world.provider();
    const found = await Promise.all(jobs.map(({ id, state }) => provider.jobs.read(id, state)));
    expect(found.map((job) => job?.state["status"])).toEqual([
      ...all(7, "PROCESSING"),
      "REMOVED",
      ...all(92, "PROCESSING"),
    ]);
    const parts = ["BULK 100", "BULK 50", "BULK 25", `GET ${lost}`, "LIST", "BULK 25", "BULK 50"];
    expect(world.requests()).toEqual(parts);
  });
});

describe("a listing", () => {
  it.each([403, 400, 500])("that is answered with %d is done without", async (status) => {
    const jobs = made(world, 24);
    world.emulator.control.addFault({ ...LISTING, times: 100, status });
    expect(await refreshed(world.provider(), jobs)).toEqual(all(24, "PROCESSING"));
    expect(world.count("BULK")).toBe(3);
  });

  it("is not asked for again after a refusal", async () => {
    const jobs = made(world, 24);
    world.emulator.control.addFault({ ...LISTING, status: 403 });
    await refreshed(world.provider(), jobs);
    expect(world.requests()).toEqual(["BULK 8", "LIST", "BULK 8", "BULK 8"]);
  });

  it("that answers the same page again and again is left", async () => {
    const jobs = made(world, 40);
    const page = { _page: { totalCount: 5_000 }, children: [{ id: "x", status: "NEW", segments: [] }] };
    world.emulator.control.addFault({ ...LISTING, times: 100, status: 200, body: page });
    expect(await refreshed(world.provider(), jobs)).toEqual(all(40, "PROCESSING"));
    expect(world.requests()).toEqual(["BULK 8", "LIST", "LIST", ...all(4, "BULK 8")]);
  });
});
