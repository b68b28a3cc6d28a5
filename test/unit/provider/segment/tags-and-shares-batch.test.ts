import type { Values } from "../../../../provider/lifecycle";
import { deviceIs } from "../../../engine/programs";
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
    ["wait for a step that is a little late", { status: 429 }, 1],
    ["wait for one that was answered 503, and is looked for in vain", { status: 503 }, 1],
    ["do not wait for one whose answer is lost and has to be looked for", { reset: "before" }, 2],
  ] as const)("%s", async (_, fault, requests) => {
    control().addFault({ method: "POST", path: "^/segments$", ...fault });
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
    // Side by side, two of them could make the same new tag twice.
    const inFlight = control()
      .requests()
      .filter(({ path }) => path === TAGS)
      .map((request) => request.inFlight);
    expect(Math.max(...inFlight)).toBe(1);
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

  test("that fail in an update leave in state what was changed, so that a revert is no change that nobody sees", async () => {
    const { id, state } = await provider.segments.create(segment(1));
    control().addFault({ method: "PUT", path: `^${TAGS}$`, times: 100, status: 403 });
    const news = segment(1, { name: "New", tags: ["new"], shares: [] });
    const failed: unknown = await provider.segments.update(id, state, news).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      id,
      state: { name: "New", shares: [] },
      reasons: [
        `Segment ${id} was changed, but its tags could not be set; the next pulumi up sets them.`,
        expect.any(String),
      ],
    });
    const kept = (failed as { state: Values }).state;
    expect(kept).not.toHaveProperty("tags");
    control().clearFaults();
    expect(await provider.segments.diff(id, kept, segment(1))).toEqual({ kind: "update" });
    await provider.segments.update(id, kept, segment(1));
    expect(control().segments()).toEqual([expect.objectContaining({ name: "Segment 1", tags: ["web", "n1"] })]);
  });

  test.each([
    ["speaks of another segment", { componentId: "other" }],
    ["is an empty list", []],
    ["is a list without it", [{ componentId: "other", status: { success: true } }]],
  ])("are not taken for set when the answer %s", async (_, body) => {
    const { id, state } = await provider.segments.create(segment(1));
    control().addFault({ method: "PUT", path: `^${TAGS}$`, times: 100, status: 200, body });
    await expect(provider.segments.update(id, state, segment(1, { tags: [] }))).rejects.toThrow(/could not be set/);
  });

  test("go to whom they name: a number that is none of the service's is an IMS ID", async () => {
    const ids = ["812345678", "0012", "123456789012345678901"];
    const shares = [...ids.map((id) => ({ to: "group", id, access: null })), { to: "all", id: null }];
    const { state } = await provider.segments.create(segment(1, { tags: undefined, shares }));
    const sent = control()
      .requests()
      .find(({ path }) => path === SHARES)?.body as { shares: object[] }[];
    expect(sent[0]?.shares).toEqual([
      { shareToType: "group", shareToId: 812345678 },
      { shareToType: "group", shareToImsId: "0012" },
      { shareToType: "group", shareToImsId: "123456789012345678901" },
      { shareToType: "all" },
    ]);
    expect(state["shares"]).toEqual([...ids.map((id) => ({ to: "group", id })), { to: "all" }]);
  });

  test("that are not known yet are no trouble where a segment is adopted", async () => {
    const { id } = control().addSegment({ ...segment(1), tags: ["old"] });
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const checking = world.provider();
    const { mistakes } = await checking.segments.check({}, segment(1, { adoptId: id, tags: unknown, shares: unknown }));
    expect(mistakes).toEqual([]);
    expect(checking.lines.join("\n")).toContain("this changes its tags and shares");
  });

  test("are not told in mistakes, as they may be secret", async () => {
    const { mistakes } = await provider.segments.check(
      {},
      segment(1, {
        tags: ["hidden one", "hidden one"],
        shares: [{ to: "group", id: "hid,den" }],
        deletionPolicy: "hidden",
      }),
    );
    expect(mistakes.map(({ path }) => path)).toEqual(["tags[1]", "shares[0].id", "deletionPolicy"]);
    expect(JSON.stringify(mistakes)).not.toMatch(/hid/);
  });

  test("that a listing is silent about, beside others that it tells, were taken off", async () => {
    const { id, state } = await provider.segments.create(segment(1));
    const told = { id: "other", name: "Other", tags: [{ id: 1, name: "web" }] };
    const { tags: _, ...silent } = { id, name: "Segment 1", tags: [], definition: deviceIs("Phone") };
    const list = [silent, told];
    const body = dialect === "guide" ? list : { content: list, lastPage: true };
    control().addFault({ method: "GET", path: "^/segments$", times: 10, status: 200, body });
    expect((await world.provider().segments.read(id, state))?.inputs).toMatchObject({ tags: [] });
  });

  test("of a process that died before they were set are set by the next, on the same segment", async () => {
    control().addFault({ method: "PUT", path: `^${TAGS}$`, times: 100, status: 403 });
    provider.die(1);
    await provider.segments.create(segment(1)).catch(() => undefined);
    control().clearFaults();
    const next = world.provider({ CJA_VALIDATE: "never" });
    const { id } = await next.segments.create(segment(1));
    expect(control().segments()).toEqual([expect.objectContaining({ id, tags: ["web", "n1"] })]);
  });

  test("of a process that died, of a program that was changed since: the segment that nobody has is named", async () => {
    control().addFault({ method: "PUT", path: `^${TAGS}$`, times: 100, status: 403 });
    provider.die(1);
    const lost = (await provider.segments.create(segment(1)).catch((error: unknown) => error)) as { id: string };
    control().clearFaults();
    const next = world.provider({ CJA_VALIDATE: "never" });
    const { id } = await next.segments.create(segment(1, { description: "Changed" }));
    expect(id).not.toBe(lost.id);
    expect(next.lines.join("\n")).toContain(
      `created it with other content, as ${lost.id}, and this run creates another one`,
    );
    // Its own record is no other's.
    const last = world.provider({ CJA_VALIDATE: "never" });
    expect((await last.segments.create(segment(1))).id).toBe(lost.id);
    expect(last.lines.join("\n")).not.toContain("other content");
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
