import type { Values } from "../../../../provider/lifecycle";
import { World, type Provider } from "./world";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const most = (count: number) => ({ CJA_MAX_RUNS_PER_DAY: String(count) });
const inApply = (count: number) => ({ ...most(count), CJA_VALIDATE: "apply" });

let world: World;
afterEach(() => world.stop());

const theirs = (id: string) =>
  world.emulator.control.addJob({ id, segmentIds: ["theirs"], status: "SUCCEEDED", created: world.clock.now() });
const statusOf = (id: string) => world.emulator.control.jobs().find((job) => job.id === id)?.status;

describe("cja:maxRunsPerDay and an active job that is replaced", () => {
  const before = { segmentIds: ["a"], triggers: { release: 1 } };
  const after = { segmentIds: ["a"], triggers: { release: 2 } };
  let old: { id: string; state: Values };
  beforeEach(async () => {
    world = await World.start();
    world.jobsTake(1000);
    old = await world.provider().jobs.create(before);
    world.emulator.control.clearRequests();
  });

  /** What `up` does with a replacement, deleting first; `planned` is what `diff` is asked with. */
  async function replaced({ jobs }: Provider, planned: Values = after): Promise<string> {
    expect(await jobs.diff(old.id, old.state, planned)).toMatchObject({ kind: "replace", deleteBeforeReplace: true });
    await jobs.check({}, after);
    await jobs.delete(old.id, old.state);
    return (await jobs.create(after)).id;
  }

  it("is refused before anything is cancelled, where a preview may send nothing", async () => {
    await expect(replaced(world.provider(inApply(1)))).rejects.toThrow("1 run was started there today (UTC), and");
    expect([statusOf(old.id), world.requests()]).toEqual(["PROCESSING", ["LIST"]]);
  });

  it("is refused, too, where somebody else has got the last run since it was planned", async () => {
    const { jobs } = world.provider(most(2));
    await jobs.diff(old.id, old.state, after);
    await jobs.check({}, after);
    theirs("meanwhile");
    await expect(jobs.delete(old.id, old.state)).rejects.toThrow("2 runs were started there today (UTC), and");
    expect(statusOf(old.id)).toBe("PROCESSING");
  });

  it.each([
    ["once", after],
    ["once, too, where its arguments were not known yet", { segmentIds: [UNKNOWN], triggers: { release: 2 } }],
  ])("is counted %s", async (_, planned) => {
    const id = await replaced(world.provider(inApply(2)), planned);
    expect([statusOf(old.id), statusOf(id)]).toEqual(["CANCELLED", "PROCESSING"]);
  });

  it("is counted once where it was planned in a check, too", async () => {
    const id = await replaced(world.provider(most(2)));
    expect([statusOf(old.id), statusOf(id)]).toEqual(["CANCELLED", "PROCESSING"]);
  });

  it("keeps its place while the old one is being cancelled", async () => {
    const one = world.provider(inApply(2));
    await one.jobs.diff(old.id, old.state, after);
    await one.jobs.delete(old.id, old.state);
    const other = world.provider(inApply(2));
    await expect(other.jobs.create({ segmentIds: ["b"] })).rejects.toThrow(
      "1 run was started there today (UTC) and 1 is under way on this machine, and",
    );
    await one.jobs.create(after);
    expect(world.count("POST")).toBe(1);
  });

  it("gives its place back where the old one cannot be cancelled", async () => {
    const { jobs } = world.provider(inApply(2));
    world.emulator.control.addFault({ method: "DELETE", path: "/segment/jobs/", status: 403 });
    await expect(replaced(world.provider(inApply(2)))).rejects.toThrow("403");
    await jobs.create({ segmentIds: ["b"] });
    expect(world.count("POST")).toBe(1);
  });

  it("is not asked for where a job only ends", async () => {
    await world.provider(inApply(1)).jobs.delete(old.id, old.state);
    expect([statusOf(old.id), world.count("LIST")]).toEqual(["CANCELLED", 0]);
  });
});

describe("cja:maxRunsPerDay and other stacks of the same machine", () => {
  beforeEach(async () => {
    world = await World.start();
  });

  const create = ({ jobs }: Provider, audience: string) =>
    jobs.create({ segmentIds: [audience] }).then(
      () => "made",
      (error: Error) => error.message,
    );

  it.each([1, 2])("lets %i of four at once run", async (limit) => {
    const stacks = ["a", "b", "c", "d"].map((audience) => ({ audience, provider: world.provider(most(limit)) }));
    await Promise.all(stacks.map(({ audience, provider }) => provider.jobs.check({}, { segmentIds: [audience] })));
    const told = await Promise.all(stacks.map(({ audience, provider }) => create(provider, audience)));
    expect(world.count("POST")).toBe(limit);
    expect(told.filter((text) => text === "made")).toHaveLength(limit);
    for (const text of told.filter((one) => one !== "made")) expect(text).toMatch(/runs? (was|were) started|under way/);
  });

  it("reads the day anew before each run: a long up has planned it hours ago", async () => {
    const provider = world.provider(most(2));
    for (const id of ["a", "b"]) await provider.jobs.check({}, { segmentIds: [id] });
    expect(await create(provider, "a")).toBe("made");
    theirs("meanwhile");
    expect(await create(provider, "b")).toContain("2 runs were started there today (UTC), and");
    expect(world.count("POST")).toBe(1);
  });

  it("counts what another has started, although no listing shows it yet", async () => {
    expect(await create(world.provider(most(1)), "a")).toBe("made");
    const late = { status: 200, body: { children: [], _page: { totalCount: 0, pageSize: 0 } } };
    world.emulator.control.addFault({ method: "GET", path: "/segment/jobs$", ...late });
    expect(await create(world.provider(most(1)), "b")).toContain(
      "0 runs were started there today (UTC) and 1 is under way",
    );
  });

  it("counts no run that was refused by the service, or whose process was killed before it started", async () => {
    world.emulator.control.addFault({ method: "POST", path: "/segment/jobs$", status: 400 });
    expect(await create(world.provider(most(1)), "a")).toContain("400");
    const killed = world.provider(most(1));
    world.emulator.control.addFault({ method: "POST", path: "/segment/jobs$", reset: "before" });
    world.onSleep = () => void killed.die();
    expect(await create(killed, "b")).not.toBe("made");
    world.onSleep = () => undefined;
    expect(await create(world.provider(most(1)), "c")).toBe("made");
  });

  it("counts each sandbox for itself", async () => {
    const [one, other] = [world.provider(most(1)), world.provider({ ...most(1), CJA_SANDBOX: "dev" })];
    expect(await Promise.all([create(one, "a"), create(other, "a")])).toEqual(["made", "made"]);
  });
});
