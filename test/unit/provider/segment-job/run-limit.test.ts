import { World, type Provider } from "./world";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const HOUR = 3_600_000;
const TWO = { CJA_MAX_RUNS_PER_DAY: "2" };
const MIDNIGHT = Date.UTC(2026, 10, 22);

let world: World;
beforeEach(async () => {
  world = await World.start();
  at(9.5);
});
afterEach(() => world.stop());

/** Goes to this hour of the day. */
function at(hour: number): void {
  world.clock.time = MIDNIGHT + hour * HOUR;
  world.emulator.control.setClock({ now: world.clock.time });
}

const add = (id: string, hour: number, more: object = {}) =>
  world.emulator.control.addJob({
    id,
    segmentIds: ["theirs"],
    status: "SUCCEEDED",
    created: MIDNIGHT + hour * HOUR,
    ...more,
  });
const audience = (id: string, more: object = {}) => ({ segmentIds: [id], ...more });
/** What the engine does with a new resource, or one that it will replace, in a preview. */
const plan = (provider: Provider, inputs: object) => provider.jobs.check({}, { ...inputs });
/** What `up` does with it. */
async function up(provider: Provider, inputs: object): Promise<string> {
  await plan(provider, inputs);
  return (await provider.jobs.create({ ...inputs })).id;
}

describe("cja:maxRunsPerDay in a preview", () => {
  it("asks nothing where it is not set, and nothing for a job that is there already", async () => {
    const inputs = audience("a");
    await plan(world.provider(), inputs);
    await world.provider(TWO).jobs.check(inputs, { ...inputs, triggers: { release: 2 } });
    await world.provider({ CJA_MAX_RUNS_PER_DAY: "1" }).jobs.check(inputs, audience("b"));
    expect(world.requests()).toEqual([]);
  });

  it("refuses the run above it, with those of today and the way out, and asks once", async () => {
    add("nightly", 1, { source: "scheduler" });
    add("elsewhere", 2, { sandbox: "dev" });
    add("yesterday", -1);
    add("theirs", 8, { requestId: "r-1", status: "PROCESSING" });
    const provider = world.provider(TWO);
    expect((await plan(provider, audience("a"))).mistakes).toEqual([]);
    await expect(plan(provider, audience("b"))).rejects.toThrow(
      [
        'Could not run a segment job in the sandbox "prod": 1 run was started there today (UTC) and 1 is planned before this one, ' +
          "and cja:maxRunsPerDay (CJA_MAX_RUNS_PER_DAY) is 2. Started today:",
        "  theirs, 08:00 UTC, PROCESSING, by somebody else, request r-1",
        "Wait until 00:00 UTC (14 h 30 min), raise cja:maxRunsPerDay, or remove the changed trigger, the changed audiences or the new job from the program.",
      ].join("\n"),
    );
    expect(world.requests()).toEqual(["LIST"]);
  });

  it("tells whose they are, the newest first", async () => {
    const first = await up(world.provider(TWO), audience("a"));
    add("theirs", 3);
    await expect(plan(world.provider(TWO), audience("b"))).rejects.toThrow(
      new RegExp(
        `Started today:\n  ${first}, 09:30 UTC, NEW, by pulumi-cja, request pulumi-cja-1-\\d+\n  theirs, 03:00 UTC`,
      ),
    );
  });

  it("counts each sandbox for itself, and one that is not known yet not at all", async () => {
    const provider = world.provider({ CJA_MAX_RUNS_PER_DAY: "1" });
    await plan(provider, audience("a"));
    await plan(provider, audience("a", { sandbox: "dev" }));
    await plan(provider, audience("a", { sandbox: UNKNOWN }));
    await expect(plan(provider, audience("b", { sandbox: "dev" }))).rejects.toThrow(
      'in the sandbox "dev": 0 runs were',
    );
    expect(world.requests()).toEqual(["LIST", "LIST"]);
  });

  it("reads page after page, until yesterday's", async () => {
    for (let index = 0; index < 130; index += 1) add(`today-${index}`, 1);
    for (let index = 0; index < 300; index += 1) add(`before-${index}`, -2);
    const provider = world.provider({ CJA_MAX_RUNS_PER_DAY: "131" });
    await plan(provider, audience("a"));
    await expect(plan(provider, audience("b"))).rejects.toThrow(
      "130 runs were started there today (UTC) and 1 is planned",
    );
    expect(world.requests()).toEqual(["LIST", "LIST"]);
  });

  it("says nothing of the limit where the arguments are wrong, and counts them not", async () => {
    const provider = world.provider({ CJA_MAX_RUNS_PER_DAY: "1" });
    expect((await plan(provider, { segmentIds: [] })).mistakes).toHaveLength(1);
    expect(world.requests()).toEqual([]);
    await plan(provider, audience("a"));
  });

  it("asks again after a listing that failed", async () => {
    world.emulator.control.addFault({ path: "/segment/jobs$", status: 403 });
    const provider = world.provider(TWO);
    await expect(plan(provider, audience("a"))).rejects.toThrow("Could not list segment jobs");
    expect((await plan(provider, audience("a"))).mistakes).toEqual([]);
  });
});

describe("cja:maxRunsPerDay in a run", () => {
  it("counts a run once: planned, made and listed", async () => {
    const provider = world.provider(TWO);
    await Promise.all(["a", "b"].map((id) => up(provider, audience(id))));
    await expect(plan(provider, audience("c"))).rejects.toThrow(
      "0 runs were started there today (UTC) and 2 are planned",
    );
    await expect(plan(world.provider(TWO), audience("c"))).rejects.toThrow(
      "2 runs were started there today (UTC), and",
    );
    expect(world.count("POST")).toBe(2);
  });

  it("begins anew at midnight by UTC", async () => {
    const provider = world.provider({ CJA_MAX_RUNS_PER_DAY: "1" });
    await up(provider, audience("a"));
    await expect(plan(provider, audience("b"))).rejects.toThrow("cja:maxRunsPerDay");
    at(24);
    await up(provider, audience("b"));
    expect(world.count("POST")).toBe(2);
  });

  it("refuses before the POST where a preview may send nothing", async () => {
    const provider = world.provider({ ...TWO, CJA_VALIDATE: "apply" });
    add("theirs", 8);
    for (const id of ["a", "b"]) await plan(provider, audience(id));
    expect(world.requests()).toEqual([]);
    await provider.jobs.create(audience("a"));
    await expect(provider.jobs.create(audience("b"))).rejects.toThrow("2 runs were started there today (UTC), and");
    expect(world.count("POST")).toBe(1);
    // Nothing is left to be settled: the next run does not look for what never began.
    const next = world.provider();
    provider.die();
    await next.jobs.create(audience("b"));
    expect(next.lines.join("\n")).not.toContain("interrupted");
  });

  it("takes an interrupted run over, although the day is full", async () => {
    const inputs = audience("a", { triggers: { release: 1 } });
    const killed = world.provider(TWO);
    killed.die(1);
    // The answer reaches nobody.
    await up(killed, inputs);
    add("theirs", 9);

    const next = world.provider(TWO);
    const id = await up(next, inputs);
    expect(next.lines.join("\n")).toContain(`The interrupted run started segment job ${id}`);
    expect(world.count("POST")).toBe(1);
    await expect(plan(next, audience("b"))).rejects.toThrow("2 runs were started there today (UTC), and");
  });

  it("counts the run after all where an interrupted one has started nothing", async () => {
    const inputs = audience("a");
    const killed = world.provider(TWO);
    world.emulator.control.addFault({ method: "POST", path: "/segment/jobs$", reset: "before" });
    world.onSleep = () => void killed.die();
    await expect(up(killed, inputs)).rejects.toThrow();
    world.onSleep = () => undefined;
    for (const id of ["one", "two"]) add(id, 9);

    const next = world.provider(TWO);
    await expect(up(next, inputs)).rejects.toThrow("2 runs were started there today (UTC), and");
    expect(world.count("POST")).toBe(1);
  });
});
