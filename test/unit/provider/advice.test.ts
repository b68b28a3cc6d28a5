import { segmentJobMistakes } from "../../../model";
import type { Values } from "../../../provider/lifecycle";
import { deviceIs } from "../../engine/programs";
import { World, type Provider } from "./segment-job/world";

// Each way out that a message names is gone once, to the letter; those of a refused deletion in test/engine/deletion-advice.test.ts.

const wish = { name: "Mobile", dataViewId: "dv_dev", definition: deviceIs("Phone") };

let world: World;
let provider: Provider;
const control = () => world.emulator.control;
const process = (environment = {}) => (provider = world.provider({ CJA_VALIDATE: "never", ...environment }));
beforeEach(async () => {
  world = await World.start({ dialect: "guide" });
  process();
});
afterEach(() => world.stop());

const live = () =>
  control()
    .segments()
    .flatMap(({ id, deleted }) => (deleted ? [] : [id]));
const said = () => provider.lines.join("\n");

/** `pulumi up --refresh` of one segment: what is gone is made anew. @returns its ID */
async function upWithRefresh(id: string, state: Values, news: Values): Promise<string> {
  process();
  const found = await provider.segments.read(id, state);
  const { inputs, mistakes } = await provider.segments.check(found?.inputs ?? {}, news);
  expect(mistakes).toEqual([]);
  if (!found) return (await provider.segments.create(inputs)).id;
  await provider.segments.diff(id, found.state, inputs);
  await provider.segments.update(id, found.state, inputs);
  return id;
}

test('retained: "To manage it again, set adoptId"', async () => {
  const { id, state } = await provider.segments.create({ ...wish, deletionPolicy: "retain" });
  process();
  await provider.segments.delete(id, state);
  expect(said()).toContain(`To manage it again, set adoptId to "${id}"`);
  process();
  expect((await provider.segments.create({ ...wish, adoptId: id })).id).toBe(id);
  expect(live()).toEqual([id]);
});

describe("a segment that an interrupted run may have left", () => {
  const left = async () => {
    const old = await provider.segments.create(wish);
    world.loseRecords();
    world.newFolder = true;
    process();
    const made = await provider.segments.create(wish);
    const keep = `To keep it instead, delete the new one in the UI, set adoptId to "${old.id}", and run pulumi up --refresh.`;
    expect(said()).toContain(`that run created it: delete it in the UI. ${keep}`);
    return { old, made };
  };

  test("delete it in the UI", async () => {
    const { old, made } = await left();
    control().deleteSegment(old.id);
    expect(await upWithRefresh(made.id, made.state, wish)).toBe(made.id);
    expect(live()).toEqual([made.id]);
  });

  test("to keep it, delete the new one, set adoptId, and run pulumi up --refresh", async () => {
    const { old, made } = await left();
    control().deleteSegment(made.id);
    expect(await upWithRefresh(made.id, made.state, { ...wish, adoptId: old.id })).toBe(old.id);
    expect(live()).toEqual([old.id]);
  });
});

test("what an interrupted run has made with other content: the same two ways", async () => {
  const tagged = { ...wish, tags: ["web"] };
  control().addFault({ method: "PUT", path: "^/componentmetadata/tags", times: 100, status: 403 });
  // Its engine is gone once the creation has begun: the record stays.
  provider.die(1);
  const old = (await provider.segments.create(tagged).catch((error: unknown) => error)) as { id: string };
  control().clearFaults();
  process();
  const made = await provider.segments.create({ ...tagged, description: "Changed" });
  expect(said()).toContain(
    `Delete the older one in the UI. To keep it instead, delete the new one in the UI, set adoptId to "${old.id}", and run pulumi up --refresh.`,
  );
  control().deleteSegment(made.id);
  const adopting = { ...tagged, description: "Changed", adoptId: old.id };
  expect(await upWithRefresh(made.id, made.state, adopting)).toBe(old.id);
  expect(live()).toEqual([old.id]);
});

describe("adoptId on a resource that has another segment", () => {
  const refused = async () => {
    const mine = await provider.segments.create(wish);
    const other = control().addSegment({ ...wish, name: "Other" }).id;
    process();
    await provider.segments.check(wish, wish);
    await expect(provider.segments.diff(mine.id, mine.state, { ...wish, adoptId: other })).rejects.toThrow(
      /Remove adoptId, or give that segment a resource of its own\./,
    );
    return { mine, other };
  };

  test("remove it", async () => {
    const { mine } = await refused();
    expect(await provider.segments.diff(mine.id, mine.state, wish)).toEqual({ kind: "same" });
  });

  test("give that segment a resource of its own", async () => {
    const { other } = await refused();
    const adopting = { ...wish, name: "Other", adoptId: other };
    expect((await provider.segments.check({}, adopting)).mistakes).toEqual([]);
    expect((await provider.segments.create(adopting)).id).toBe(other);
  });
});

test("an adoptId that is wrong: remove it to create a new segment", async () => {
  const wrong = await provider.segments.check({}, { ...wish, adoptId: "s300000022_5bb7c94e80f0073611afb35c" });
  expect(wrong.mistakes[0]?.message).toContain("or remove adoptId to create a new segment");
  expect((await provider.segments.check({}, wish)).mistakes).toEqual([]);
  await provider.segments.create(wish);
});

test('tags of a segment that somebody deleted elsewhere: "pulumi up --refresh creates it again"', async () => {
  const tagged = { ...wish, tags: ["web"] };
  const { id, state } = await provider.segments.create(tagged);
  control().deleteSegment(id);
  const news = { ...wish, tags: ["app"] };
  process();
  await expect(provider.segments.update(id, state, news)).rejects.toMatchObject({
    reasons: expect.arrayContaining([expect.stringContaining("pulumi up --refresh creates it again")]) as unknown,
  });
  const anew = await upWithRefresh(id, state, news);
  expect(anew).not.toBe(id);
  expect(live()).toEqual([anew]);
});

describe("segment jobs", () => {
  const job = { segmentIds: ["7863c010-e092-41c8-ae5e-9e533186752e"] };
  const starts = () => world.count("POST");

  test("more runs than cja:maxRunsPerDay: raise it, or wait until 00:00 UTC", async () => {
    control().addJob({ ...job, created: world.clock.now(), status: "SUCCEEDED", requestId: "r-1" });
    const one = { CJA_MAX_RUNS_PER_DAY: "1" };
    process(one);
    await expect(provider.jobs.check({}, job)).rejects.toThrow(/Wait until 00:00 UTC .*, raise cja:maxRunsPerDay/s);
    process({ CJA_MAX_RUNS_PER_DAY: "2" });
    expect((await provider.jobs.check({}, job)).mistakes).toEqual([]);
    control().advance(24 * 3_600_000);
    world.clock.time = control().clock().now;
    process(one);
    expect((await provider.jobs.check({}, job)).mistakes).toEqual([]);
    await provider.jobs.create(job);
    expect(starts()).toBe(1);
  });

  test("a cancellation that takes too long: run the same command again later, which sends no second one", async () => {
    const jobTiming = { newMs: 0, queuedMs: 0, processingMs: 90 * 3_600_000, cancellingMs: 2 * 3_600_000 };
    control().setJobOutcome({ status: "SUCCEEDED", jobTiming });
    const { id, state } = await provider.jobs.create(job);
    process();
    await expect(provider.jobs.delete(id, state)).rejects.toThrow(/Run the same command again later/);
    control().advance(2 * 3_600_000);
    process();
    await provider.jobs.delete(id, state);
    expect(world.count("DELETE")).toBe(1);
  });

  test("a run that the service has forgotten, or that was cancelled: change a trigger", async () => {
    const { id, state } = await provider.jobs.create({ ...job, triggers: { release: 1 } });
    for (const status of ["REMOVED", "CANCELLED", "FAILED"]) {
      const news = (release: number) => ({ ...job, triggers: { release } });
      await provider.jobs.check(news(1), news(2));
      expect(await provider.jobs.diff(id, { ...state, status }, news(1))).toMatchObject({ kind: "same" });
      expect(await provider.jobs.diff(id, { ...state, status }, news(2))).toMatchObject({ kind: "replace" });
    }
    const retried = { ...job, triggers: { release: 1 }, retryFailed: true };
    expect(await provider.jobs.diff(id, { ...state, status: "FAILED" }, retried)).toMatchObject({ kind: "replace" });
  });

  test.each<[string, object, string, readonly object[]]>([
    ["no audience", { segmentIds: [] }, "give allSegments: true instead", [{ allSegments: true }]],
    ["the sign for all", { segmentIds: ["*"] }, "give allSegments: true instead", [{ allSegments: true }]],
    ["one twice", { segmentIds: ["a", "a"] }, "give each once", [{ segmentIds: ["a"] }]],
    [
      "too many",
      { segmentIds: ["a", "b", "c"] },
      "split them over several jobs, or give allSegments: true",
      [{ segmentIds: ["a", "b"] }, { segmentIds: ["c"] }, { allSegments: true }],
    ],
    [
      "a list beside all",
      { segmentIds: ["a"], allSegments: true },
      "give one of the two",
      [{ segmentIds: ["a"] }, { allSegments: true }],
    ],
    ["a CJA segment", { segmentIds: ["s300000022_5bb7c94e80f0073611afb35c"] }, "a UUID, which the UI shows", [job]],
  ])("arguments: %s", (_, given, advice, ways) => {
    const mistakes = (args: object) => segmentJobMistakes(args, () => false, 2).map(({ message }) => message);
    expect(mistakes(given).join()).toContain(advice);
    for (const way of ways) expect(mistakes(way)).toEqual([]);
  });
});
