import type { Values } from "../../../provider/lifecycle";
import { deviceIs } from "../../engine/programs";
import { SettledClock } from "../segment-job/settled-clock";
import { World, type Provider } from "../segment-job/world";

const TAGS = "/componentmetadata/tags/tagitems";
const SHARES = "/componentmetadata/shares";
const SEARCH = `${SHARES}/component/search`;
const segment = (i: number, more: object = {}) => ({
  name: `Segment ${i}`,
  dataViewId: "dv_dev",
  definition: deviceIs("Phone"),
  tags: ["web", `n${i}`],
  ...more,
});
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describe.each(["guide", "reference"] as const)("tags and shares, in the %s dialect", (dialect) => {
  let world: World;
  let provider: Provider;
  const control = () => world.emulator.control;
  const count = (path: string) =>
    control()
      .requests()
      .filter((request) => request.path === path).length;
  const tagsOf = (id: string) =>
    control()
      .segments()
      .find((found) => found.id === id)?.tags;

  beforeEach(async () => {
    world = await World.start({ dialect }, new SettledClock());
    provider = world.provider({ CJA_VALIDATE: "never" });
  });
  afterEach(() => world.stop());

  test("of what is made at the same time go out together, up to a hundred a request", async () => {
    const group = { to: "group", id: "812345678" };
    const made = await Promise.all(range(110).map((i) => provider.segments.create(segment(i, { shares: [group] }))));
    expect([count(TAGS), count(SHARES)]).toEqual([2, 2]);
    expect(made.map(({ id }) => tagsOf(id))).toEqual(range(110).map((i) => ["web", `n${i}`]));
  });

  test.each([
    ["wait for a step that is a little late", 429, 1],
    ["do not wait for one whose answer is lost and has to be looked for", 503, 2],
  ])("%s", async (_, status, requests) => {
    control().addFault({ method: "POST", path: "^/segments$", status });
    const made = await Promise.all(range(3).map((i) => provider.segments.create(segment(i))));
    expect(count(TAGS)).toBe(requests);
    expect(made.map(({ id }) => tagsOf(id))).toEqual(range(3).map((i) => ["web", `n${i}`]));
  });

  test("do not wait for a step that writes neither", async () => {
    control().addFault({ method: "POST", path: "^/segments$", status: 503 });
    const other = provider.segments.create(segment(7, { tags: undefined }));
    const { id } = control().addSegment({ ...segment(8), tags: [] });
    const start = world.clock.time;
    await provider.segments.create(segment(8, { adoptId: id }));
    expect(world.clock.time - start).toBeLessThan(5_000);
    expect(tagsOf(id)).toEqual(["web", "n8"]);
    await other;
  });

  test("of a segment that the service refuses are nobody else's trouble", async () => {
    const states = await Promise.all(range(3).map((i) => provider.segments.create(segment(i))));
    control().clearRequests();
    control().deleteSegment(states[1]?.id ?? "");
    const change = (i: number) =>
      provider.segments.update(states[i]?.id ?? "", states[i]?.state ?? {}, segment(i, { tags: ["new"] }));
    const ends = await Promise.allSettled(range(3).map(change));
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(ends[1]).toMatchObject({
      reason: { message: expect.stringContaining(`tag segment ${states[1]?.id}`) as string },
    });
  });

  test("that are refused together are sent one by one", async () => {
    const states = await Promise.all(range(3).map((i) => provider.segments.create(segment(i))));
    control().clearRequests();
    control().addFault({ method: "PUT", path: `^${TAGS}$`, status: 400 });
    await Promise.all(
      range(3).map((i) =>
        provider.segments.update(states[i]?.id ?? "", states[i]?.state ?? {}, segment(i, { tags: ["new"] })),
      ),
    );
    expect(count(TAGS)).toBe(4);
    expect(states.map(({ id }) => tagsOf(id))).toEqual([["new"], ["new"], ["new"]]);
  });

  test("that could not be set leave the segment in state without them, for the next run to set", async () => {
    control().addFault({ method: "PUT", path: `^${TAGS}$`, times: 100, status: 500 });
    const failed: { id: string; state: Values } = await provider.segments
      .create(segment(1))
      .then(() => Promise.reject(new Error("it did not fail")))
      .catch((error: unknown) => error as { id: string; state: Values });
    expect(failed.state).toMatchObject({ name: "Segment 1" });
    expect(failed.state).not.toHaveProperty("tags");
    control().clearFaults();
    expect(await provider.segments.diff(failed.id, failed.state, segment(1))).toEqual({ kind: "update" });
    expect(await provider.segments.update(failed.id, failed.state, segment(1))).toMatchObject({ tags: ["web", "n1"] });
    expect(control().segments()).toHaveLength(1);
    expect(tagsOf(failed.id)).toEqual(["web", "n1"]);
  });

  test("of a process that died before they were set are set by the next, on the same segment", async () => {
    control().addFault({ method: "PUT", path: `^${TAGS}$`, times: 100, status: 403 });
    provider.die();
    await provider.segments.create(segment(1)).catch(() => undefined);
    control().clearFaults();
    const next = world.provider({ CJA_VALIDATE: "never" });
    const { id } = await next.segments.create(segment(1));
    expect(control().segments()).toEqual([expect.objectContaining({ id, tags: ["web", "n1"] })]);
  });

  test("of many segments are read with few requests, and only where they are managed", async () => {
    const made = await Promise.all(
      range(120).map((i) => provider.segments.create(segment(i, { shares: [{ to: "all" }] }))),
    );
    const reader = world.provider();
    control().clearRequests();
    // As the engine reads: some at a time.
    for (let from = 0; from < made.length; from += 10)
      await Promise.all(made.slice(from, from + 10).map(({ id, state }) => reader.segments.read(id, state)));
    expect(count(SEARCH)).toBeLessThanOrEqual(4);
    expect(count("/segments")).toBeLessThanOrEqual(2);

    control().editSegment(made[0]?.id ?? "", { tags: ["by hand"], shares: [] });
    const again = world.provider();
    const found = await again.segments.read(made[0]?.id ?? "", made[0]?.state ?? {});
    expect(found?.inputs).toMatchObject({ tags: ["by hand"], shares: [] });
    control().clearRequests();
    const { tags: _t, shares: _s, ...unmanaged } = made[1]?.state ?? {};
    expect((await again.segments.read(made[1]?.id ?? "", unmanaged))?.inputs).not.toHaveProperty("tags");
    expect(count(SEARCH)).toBe(0);
  });
});
