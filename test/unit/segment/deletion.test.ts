import { deviceIs } from "../../engine/programs";
import { SettledClock } from "../segment-job/settled-clock";
import { World, type Provider } from "../segment-job/world";

const mobile = { name: "Mobile", dataViewId: "dv_dev", definition: deviceIs("Phone"), deletionPolicy: "refuseIfUsed" };
const moved = { ...mobile, dataViewId: "dv_stage" };
const project = { type: "project", id: "444", name: "Example" };

describe("refuseIfUsed", () => {
  let world: World;
  let provider: Provider;
  const control = () => world.emulator.control;
  const start = async (dialect: "guide" | "reference", environment = {}) => {
    world = await World.start({ dialect }, new SettledClock());
    provider = world.provider({ CJA_VALIDATE: "never", ...environment });
    return provider.segments.create(mobile);
  };
  const exists = (id: string) =>
    control()
      .segments()
      .some((segment) => segment.id === id && !segment.deleted);
  afterEach(() => world.stop());
  // What this process has made it does not delete: another one does.
  const next = (environment = {}) => world.provider({ CJA_VALIDATE: "never", ...environment }).segments;

  test("deletes what nothing uses, and counts what is gone as deleted", async () => {
    const { id, state } = await start("reference");
    await next().delete(id, state);
    expect(exists(id)).toBe(false);
    await next().delete(id, state);
  });

  test("names what uses a segment, and deletes nothing", async () => {
    const { id, state } = await start("reference");
    const uses = Array.from({ length: 25 }, (_, i) => ({ ...project, id: `p${i}`, name: `Project ${i}` }));
    control().setUses(id, uses);
    await expect(next().delete(id, state)).rejects.toThrow(
      /Could not delete segment .* "Mobile": it is used by the project "Project 0" \(p0\), .*"Project 19" \(p19\), 5 more, and its deletionPolicy is "refuseIfUsed"/,
    );
    expect(exists(id)).toBe(true);
  });

  test.each([
    ["does not know the expansion", "guide", undefined],
    ["does not tell this account", "reference", 403],
    ["refuses to be asked", "reference", 400],
  ] as const)("refuses where the service %s, and says how to go on", async (_, dialect, status) => {
    const { id, state } = await start(dialect);
    if (status !== undefined) control().addFault({ method: "GET", path: "^/segments$", status });
    await expect(next().delete(id, state)).rejects.toThrow(
      /the service does not tell what uses it.*Look in the UI what uses it, or set deletionPolicy to "delete" or "retain" and run pulumi up before you delete it/s,
    );
    expect(exists(id)).toBe(true);
  });

  test("counts one that was deleted in the UI as gone where the service tells no uses", async () => {
    const { id, state } = await start("guide");
    control().deleteSegment(id);
    await next().delete(id, state);
  });

  test("is asked for a replacement before anything is made, but not where it is not known whether there will be one", async () => {
    const { id, state } = await start("reference");
    control().setUses(id, [project]);
    await expect(next().diff(id, state, moved)).rejects.toThrow(/Could not replace segment/);
    const unknown = { ...mobile, dataViewId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
    await expect(next().diff(id, state, unknown)).resolves.toMatchObject({ kind: "replace" });
    control().clearRequests();
    // A program that adopts it anew keeps it.
    await expect(next().diff(id, state, { ...moved, adoptId: id })).resolves.toMatchObject({ kind: "replace" });
    expect(control().requests()).toEqual([]);
  });

  test("is asked in the run, before anything is made, where a preview may send nothing", async () => {
    const { id, state } = await start("reference");
    control().setUses(id, [project]);
    control().clearRequests();
    const run = next({ CJA_VALIDATE: "apply" });
    await expect(run.diff(id, state, moved)).resolves.toMatchObject({ kind: "replace" });
    expect(control().requests()).toEqual([]);
    await expect(run.create(moved)).rejects.toThrow(/Could not replace segment/);
    expect(control().segments()).toHaveLength(1);
    control().setUses(id, []);
    await run.create(moved);
    expect(control().segments()).toHaveLength(2);
  });

  test("counts where it comes together with the replacement, and retain is refused there: it comes too late", async () => {
    await start("reference");
    const { id, state } = await provider.segments.create({ ...mobile, deletionPolicy: undefined });
    await expect(next().diff(id, state, moved)).resolves.toMatchObject({ kind: "replace" });
    control().setUses(id, [project]);
    await expect(next().diff(id, state, moved)).rejects.toThrow(/it is used by the project "Example"/);
    await expect(next().diff(id, state, { ...moved, deletionPolicy: "retain" })).rejects.toThrow(
      /Set deletionPolicy first, run pulumi up, and then change the data view/,
    );
    await expect(next().diff(id, state, { ...moved, deletionPolicy: "delete" })).resolves.toBeDefined();
  });

  test("retain says how to manage the segment again", async () => {
    const { id, state } = await start("reference");
    const later = world.provider({ CJA_VALIDATE: "never" });
    await later.segments.delete(id, { ...state, deletionPolicy: "retain" });
    expect(later.lines.join("\n")).toContain(`set adoptId to "${id}"; without it, another one is made`);
    expect(exists(id)).toBe(true);
  });

  test("of many that are deleted at the same time asks once", async () => {
    const { id, state } = await start("reference");
    const others = await Promise.all([1, 2, 3].map((i) => provider.segments.create({ ...mobile, name: `Other ${i}` })));
    control().clearRequests();
    const deleting = next();
    await Promise.all([{ id, state }, ...others].map((one) => deleting.delete(one.id, one.state)));
    expect(
      control()
        .requests()
        .filter(({ method, path }) => method === "GET" && path === "/segments"),
    ).toHaveLength(1);
  });
});

describe("a deletion", () => {
  let world: World;
  const control = () => world.emulator.control;
  const made = async () => {
    world = await World.start({}, new SettledClock());
    const { id, state } = await world.provider().segments.create({ ...mobile, deletionPolicy: undefined });
    control().clearRequests();
    return { id, remove: () => world.provider().segments.delete(id, state) };
  };
  const exists = (id: string) =>
    control()
      .segments()
      .some((segment) => segment.id === id && !segment.deleted);
  const sent = () =>
    control()
      .requests()
      .flatMap(({ method, path }) => (path.startsWith("/segments") ? [method] : []));
  afterEach(() => world.stop());

  test("that the service confirms takes one request", async () => {
    const { id, remove } = await made();
    await remove();
    expect([exists(id), sent()]).toEqual([false, ["DELETE"]]);
  });

  test("of what is gone takes one more, which asks the listing", async () => {
    const { id, remove } = await made();
    control().deleteSegment(id, { purge: true });
    await remove();
    expect(sent()).toEqual(["DELETE", "GET"]);
  });

  test.each<[string, object]>([
    ["404 in the service's words, while the segment is listed", { status: 404 }],
    ["200 in words that are not the service's", { status: 200, body: { hello: "world" } }],
    ["200 without a word", { status: 200, body: "" }],
    ["200 with a list", { status: 200, body: [] }],
  ])("is not done where it is answered %s", async (_, answer) => {
    const { id, remove } = await made();
    control().addFault({ method: "DELETE", ...answer });
    await expect(remove()).rejects.toThrow(
      /Could not delete segment \S+ "Mobile": the service does not say that it has deleted it, and still lists it\. It stays in the state/,
    );
    expect(exists(id)).toBe(true);
    await remove();
    expect(exists(id)).toBe(false);
  });

  test("is done where the listing only lags behind", async () => {
    const { id, remove } = await made();
    control().addFault({ method: "DELETE", status: 200, body: "" });
    world.onSleep = (ms) => ms >= 2_000 && exists(id) && control().deleteSegment(id);
    await remove();
    expect(exists(id)).toBe(false);
  });
});
