import { janeAnalyst, technicalAccount } from "../../../../emulator";
import { deviceIs } from "../../../engine/programs";
import { lostAnswers } from "../lost-answers";
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

  test.each(lostAnswers("Mobile"))("makes one segment and no second one when its POST %s", async (_, fault) => {
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
    await expect(dying.segments.create({ ...mobile, name: "Lost" })).rejects.toThrow(/The request may have succeeded/);
    dying.die();
    control().clearFaults();
    const before = exist();
    const next = world.provider({ CJA_VALIDATE: "never" });
    const { id } = await next.segments.create({ ...mobile, name: "Lost" });
    expect(control().segments().at(-1)?.id).toBe(id);
    expect(exist()).toBe(before);
    expect(next.lines.join("\n")).toContain(`the interrupted run created ${id}; this run takes it over`);
  });

  const late = { ...mobile, owner: 700001 };

  test("waits for a segment that the service is still making, as long as an answer may take", async () => {
    control().addFault({ method: "POST", path: "^/segments$", reset: "before" });
    let slept = 0;
    let done = false;
    /** The service ends its work after 40 s, whoever waits for it. */
    const work = (ms: number) => {
      slept += ms;
      if (slept < 40_000 || done) return;
      done = true;
      control().addSegment(late);
    };
    world.onSleep = work;
    await provider.segments.create(mobile);
    work(40_000);
    expect(exist()).toBe(1);
  });

  test("waits for one that a dead process had asked for", async () => {
    control().addFault({ method: "POST", path: "^/segments$", hang: true });
    control().addFault({ method: "GET", path: "^/segments$", times: 50, status: 403 });
    const dying = world.provider({ CJA_VALIDATE: "never", CJA_REQUEST_TIMEOUT: "0.2s", CJA_DIALECT: dialect });
    await expect(dying.segments.create(mobile)).rejects.toThrow(/The request may have succeeded/);
    dying.die();
    control().clearFaults();
    world.onSleep = () => void (exist() === 0 && control().addSegment(late));
    const { id } = await world.provider({ CJA_VALIDATE: "never" }).segments.create(mobile);
    expect(
      control()
        .segments()
        .map((segment) => segment.id),
    ).toEqual([id]);
  });

  test("is never the one that another stack of this host has made", async () => {
    const { id } = await provider.segments.create(mobile);
    control().addFault({ method: "POST", path: "^/segments$", status: 503 });
    const other = await world.provider({ CJA_VALIDATE: "never" }).segments.create(mobile);
    expect(other.id).not.toBe(id);

    control().addFault({ method: "POST", path: "^/segments$", times: 2, reset: "after" });
    const stacks = [1, 2].map(() => world.provider({ CJA_VALIDATE: "never" }).segments.create(mobile));
    const ids = (await Promise.all(stacks)).map((made) => made.id);
    expect(new Set([...ids, id, other.id]).size).toBe(4);
    expect(exist()).toBe(4);
  });

  test("is read and written although the endpoint spoke another dialect when it was last asked", async () => {
    const wrong = dialect === "guide" ? "reference" : "guide";
    control().addSegment(Array.from({ length: 1200 }, (_, i) => ({ ...late, name: `Segment ${i}` })));
    const { id, state } = await world.provider({ CJA_VALIDATE: "always" }, wrong).segments.create(mobile);
    expect(await world.provider({}, wrong).segments.read(id, state)).toMatchObject({ inputs: mobile });
    const checked = await world.provider({}, wrong).segments.check({}, { ...mobile, definition: deviceIs("Tablet") });
    expect(checked.mistakes).toEqual([]);
    const misled = world.provider({ CJA_DIALECT: wrong }).segments;
    await expect(misled.read(id, state)).rejects.toThrow(/CJA_DIALECT/);
  });

  test("is not left behind for another one that adoptId names", async () => {
    const { id, state } = await provider.segments.create(mobile);
    await expect(provider.segments.diff(id, state, { ...mobile, adoptId: "s_other" })).rejects.toThrow(
      /has the segment/,
    );
    expect(await provider.segments.diff(id, state, { ...mobile, adoptId: id })).toEqual({ kind: "same" });
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

  test("is read with who edited it where the service tells, with no further request, and never with who it was before", async () => {
    const { id, state } = await provider.segments.create(mobile);
    const told = dialect === "reference";
    expect(state["modifiedBy"]).toBe(told ? technicalAccount.imsUserId : undefined);
    const edited = async (modifiedBy: string) => {
      control().editSegment(id, { name: `Edited by ${modifiedBy}`, modifiedBy });
      control().clearRequests();
      const reader = world.provider();
      const found = await reader.segments.read(id, state);
      expect([sent("GET"), reader.lines]).toEqual([1, []]);
      return found?.state["modifiedBy"];
    };
    expect(await edited("Jane Analyst")).toBe(told ? janeAnalyst.imsUserId : undefined);
    const bob = await edited("Bob");
    expect(bob).toBe(told ? control().segments()[0]?.modifiedBy.imsUserId : undefined);
    const [shown] = control().segments();
    const silent = {
      id,
      name: shown?.name,
      [told ? "dataId" : "rsid"]: "dv_dev",
      modified: "2026-11-05T09:30:00Z",
    };
    control().addFault({
      path: "^/segments$",
      status: 200,
      body: told ? { content: [silent], lastPage: true } : [silent],
    });
    const found = await world.provider().segments.read(id, state);
    expect(found?.state).toMatchObject({ modified: "2026-11-05T09:30:00Z" });
    expect(found?.state).not.toHaveProperty("modifiedBy");
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

  test("is taken over by a second try where the first one could not write", async () => {
    const { id, state } = await provider.segments.create(mobile);
    const run = world.provider({ CJA_VALIDATE: "never" }).segments;
    const adopting = { ...mobile, name: "Renamed", adoptId: id };
    control().addFault({ method: "PUT", status: 403 });
    await expect(run.create(adopting)).rejects.toThrow(/403/);
    expect(await run.create(adopting)).toMatchObject({ id, state: { name: "Renamed" } });
    // An earlier version's state says nothing of the policy, which is the default.
    expect(await run.diff(id, state, { ...mobile, deletionPolicy: "delete" })).toEqual({ kind: "same" });
    expect(await run.diff(id, state, { ...mobile, deletionPolicy: "retain" })).toEqual({ kind: "update" });
  });

  test("is sent what changed and nothing else, after Adobe's validation where the definition did", async () => {
    const { id, state } = await provider.segments.create({ ...mobile, description: "On a phone" });
    const { segments } = world.provider({ CJA_VALIDATE: "always" });
    control().clearRequests();
    await segments.update(id, state, mobile);
    const tablet = { ...mobile, definition: deviceIs("Tablet") };
    const now = await segments.update(id, { ...state, description: "" }, tablet);
    await segments.update(id, now, tablet);
    const writes = control()
      .requests()
      .filter(({ path, method }) => path.startsWith("/segments") && method !== "GET");
    expect(writes.map(({ method, path, body }) => ({ method, path: path.replace(/\?.*/, ""), body }))).toEqual([
      { method: "PUT", path: `/segments/${id}`, body: { description: "" } },
      { method: "POST", path: "/segments/validate", body: expect.anything() as unknown },
      { method: "PUT", path: `/segments/${id}`, body: { definition: tablet.definition } },
    ]);
    const refused = { ...mobile, definition: deviceIs("Desktop") };
    control().addFault({ path: "validate", status: 200, body: { valid: false, message: "no such dimension" } });
    await expect(segments.update(id, now, refused)).rejects.toThrow(/no such dimension.*Nothing was written/s);
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
