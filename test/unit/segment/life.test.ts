import { deviceIs } from "../../engine/programs";
import { World, type Provider } from "../segment-job/world";

const mobile = { name: "Mobile", dataViewId: "dv_dev", definition: deviceIs("Phone") };

describe.each(["guide", "reference"] as const)("the life of a segment, in the %s dialect", (dialect) => {
  let world: World;
  let provider: Provider;

  beforeEach(async () => {
    world = await World.start({ dialect });
    provider = world.provider({ CJA_VALIDATE: "never" });
  });
  afterEach(() => world.stop());

  const control = () => world.emulator.control;
  const sent = (method: string) =>
    control()
      .requests()
      .filter((request) => request.method === method && request.path.startsWith("/segments")).length;
  const exist = () => control().segments().length;

  test.each([
    ["is never answered, and was not carried out", { reset: "before" }],
    ["is never answered, though it was carried out", { reset: "after" }],
    ["is answered 502, though it was carried out", { process: true, status: 502 }],
    ["is answered 503, and was not carried out", { status: 503 }],
    ["is answered with half a body", { truncate: true }],
    ["is answered with a page of HTML", { process: true, status: 200, body: "<html>Sign in</html>" }],
    ["is answered without an ID", { process: true, status: 200, body: { name: "Mobile" } }],
    ["is refused by the limits at first", { status: 429 }],
  ] as const)("makes one segment and no second one when its POST %s", async (_, fault) => {
    control().addFault({ method: "POST", path: "^/segments$", ...fault });
    const { id } = await provider.segments.create(mobile);
    expect(control().segments()).toEqual([expect.objectContaining({ id, name: "Mobile" })]);
  });

  test("gives two resources of the same content a segment each, whatever is lost on the way", async () => {
    control().addFault({ method: "POST", path: "^/segments$", times: 2, reset: "after" });
    const made = await Promise.all([provider.segments.create(mobile), provider.segments.create(mobile)]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(2);
    expect(exist()).toBe(2);
  });

  test("is taken over from a process that died before it heard the answer, and only then", async () => {
    const first = await provider.segments.create(mobile);
    // What another stack made looks the same: without a record nothing is taken over.
    const second = await world.provider({ CJA_VALIDATE: "never" }).segments.create(mobile);
    expect(second.id).not.toBe(first.id);

    control().addFault({ method: "POST", path: "^/segments$", hang: true, process: true });
    control().addFault({ method: "GET", path: "^/segments$", times: 50, status: 403 });
    const dying = world.provider({ CJA_VALIDATE: "never", CJA_REQUEST_TIMEOUT: "0.2s" });
    await expect(dying.segments.create({ ...mobile, name: "Lost" })).rejects.toThrow(/may have been carried out/);
    dying.die();
    control().clearFaults();
    const before = exist();
    const next = world.provider({ CJA_VALIDATE: "never" });
    const { id } = await next.segments.create({ ...mobile, name: "Lost" });
    expect(control().segments().at(-1)?.id).toBe(id);
    expect(exist()).toBe(before);
    expect(next.lines.join("\n")).toContain(`an interrupted run had made ${id}; it is taken over`);
  });

  test("keeps what is usable of an odd answer, and says which field of which request was odd", async () => {
    const { id, state } = await provider.segments.create(mobile);
    const wire = { guide: { rsid: "dv_dev" }, reference: { dataId: "dv_dev" } }[dialect];
    const body = { id, name: "Renamed", ...wire, owner: "Jane", modified: 5 };
    control().addFault({ method: "PUT", status: 200, body });
    const updated = await provider.segments.update(id, state, { ...mobile, name: "Renamed" });
    expect(updated).toMatchObject({ name: "Renamed" });
    expect(
      provider.lines.filter((line) => line.includes(`update segment ${id} (PUT /segments/${encodeURIComponent(id)})`)),
    ).toEqual([
      expect.stringContaining('the field "owner" of the answer is not as documented'),
      expect.stringContaining('the field "modified" of the answer is not as documented'),
    ]);
  });

  test("is read with others by few requests, however many there are", async () => {
    const ids = control()
      .addSegment(Array.from({ length: 1500 }, (_, i) => ({ ...mobile, name: `Segment ${i}`, owner: 700001 })))
      .map(({ id }) => id);
    const state = (i: number) => ({ ...mobile, name: `Segment ${i}`, orgId: "EMULATOR@AdobeOrg" });
    const read = async (some: readonly string[]) => {
      const reader = world.provider({ CJA_DIALECT: dialect });
      control().clearRequests();
      for (let start = 0; start < some.length; start += 8) {
        await Promise.all(some.slice(start, start + 8).map((id, i) => reader.segments.read(id, state(start + i))));
      }
      return sent("GET");
    };
    expect(await read(ids.slice(0, 3))).toBe(1);
    expect(await read(ids.slice(0, 1000))).toBeLessThanOrEqual(3);
    expect(await read(ids)).toBeLessThanOrEqual(4);
  });

  test("is gone when it is deleted or unknown, and only then", async () => {
    const { id, state } = await provider.segments.create(mobile);
    const fresh = () => world.provider().segments;
    expect(await fresh().read(id, state)).toMatchObject({ inputs: mobile });
    control().editSegment(id, { dataViewId: "dv_stage" });
    expect(await fresh().read(id, state)).toMatchObject({ inputs: { dataViewId: "dv_stage" } });
    control().deleteSegment(id);
    expect(await fresh().read(id, state)).toBeUndefined();
    control().deleteSegment(id, { purge: true });
    expect(await fresh().read(id, state)).toBeUndefined();
    control().addFault({ method: "GET", times: 50, status: 404, body: "<html>not here</html>" });
    await expect(fresh().read(id, state)).rejects.toThrow(/URL/);
  });

  test("is not written in another organisation than the state's", async () => {
    const { id, state } = await provider.segments.create(mobile);
    const elsewhere = { ...state, orgId: "OTHER@AdobeOrg" };
    control().clearRequests();
    const operations = [
      () => provider.segments.read(id, elsewhere),
      () => provider.segments.diff(id, elsewhere, mobile),
      () => provider.segments.update(id, elsewhere, mobile),
      () => provider.segments.delete(id, elsewhere),
    ];
    for (const operation of operations) await expect((async () => operation())()).rejects.toThrow(/OTHER@AdobeOrg/);
    expect(control().requests()).toEqual([]);
  });
});
