import { parseProgramResource } from "../../../../provider/program-resource";
import { deviceIs } from "../../../engine/programs";
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
    ["does not know the expansion", "reference", undefined],
    ["does not tell this account", "reference", 403],
    ["refuses to be asked", "guide", 400],
  ] as const)("refuses where the service %s (%s dialect), and says how to go on", async (_, dialect, status) => {
    const { id, state } = await start(dialect);
    if (status === undefined) control().setUsedIn({ answered: false });
    else control().addFault({ method: "GET", path: "^/segments$", status });
    await expect(next().delete(id, state)).rejects.toThrow(
      /Adobe does not say whether it is in use.*This run deleted nothing. Check its use in Customer Journey Analytics: if nothing uses it, delete it there and run the same command again/s,
    );
    expect(exists(id)).toBe(true);
  });

  test.each([
    ["big-baskets", "--target '**::big-baskets', then", "--exclude '**::big-baskets'."],
    ["it's $HOME", "--target '**::NAME' (NAME: the resource's name), then", "--exclude '**::NAME'."],
  ])("names the resource %j in its advice where a shell takes it as it is", async (name, target, exclude) => {
    await start("reference");
    const resource = parseProgramResource({ urn: `urn:pulumi:dev::web::pulumi-nodejs:dynamic/cja:Segment::${name}` });
    const { id, state } = await provider.segments.create({ ...mobile, name: "Other" }, resource);
    control().setUses(id, [project]);
    const refusal = String(
      await next()
        .delete(id, state)
        .catch((error: unknown) => error),
    );
    expect(refusal).toContain(`run pulumi up ${target} delete it as before`);
    expect(refusal).toContain(exclude);
  });

  test("in the guide's dialect names what uses a segment, too, and deletes what has no known use", async () => {
    const { id, state } = await start("guide");
    control().setUses(id, [project]);
    await expect(next().delete(id, state)).rejects.toThrow(/it is used by the project "Example" \(444\)/);
    expect(exists(id)).toBe(true);
    control().setUses(id, []);
    await next().delete(id, state);
    expect(exists(id)).toBe(false);
  });

  test("takes what it cannot read of an answer for not known, never for unused", async () => {
    const { id, state } = await start("guide");
    const answer = [{ id, rsid: "dv_dev", usedIn: [{ componentType: "project", name: "No ID" }] }];
    control().addFault({ method: "GET", path: "^/segments$", status: 200, body: answer });
    await expect(next().delete(id, state)).rejects.toThrow(/Adobe does not say whether it is in use/);
    expect(exists(id)).toBe(true);
  });

  test("counts one that was deleted in the UI as gone where the service tells no uses", async () => {
    const { id, state } = await start("guide");
    control().setUsedIn({ answered: false });
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
      /Restore the old dataViewId, set deletionPolicy: "retain" alone, run pulumi up --target '\*\*::NAME' .* then change dataViewId again/,
    );
    await expect(next().diff(id, state, { ...moved, deletionPolicy: "delete" })).resolves.toBeDefined();
  });

  test.each(["delete", undefined])(
    "a plan says what uses a segment of the policy %s that it replaces",
    async (policy) => {
      await start("guide");
      const given = { ...mobile, deletionPolicy: policy };
      const { id, state } = await provider.segments.create({ ...given, name: "Plain" });
      const plan = async (uses: readonly (typeof project)[]) => {
        control().setUses(id, uses);
        const planning = world.provider({ CJA_VALIDATE: "never" });
        const news = { ...given, name: "Plain", dataViewId: "dv_stage" };
        await planning.segments.check({ ...given, name: "Plain" }, news);
        control().clearRequests();
        await expect(planning.segments.diff(id, state, news)).resolves.toMatchObject({ kind: "replace" });
        return planning.lines;
      };
      expect(await plan([project])).toEqual([
        `warning: Segment ${id} "Plain" is replaced and deleted. It is used by the project "Example" (444). They will still use the old ID.`,
      ]);
      expect(control().requests()).toHaveLength(1);
      expect(await plan([])).toEqual([]);
      control().setUsedIn({ answered: false });
      expect(await plan([project])).toEqual([
        `Segment ${id} "Plain" is replaced and deleted. Adobe does not say what uses it.`,
      ]);
      control().addFault({ method: "GET", path: "^/segments$", status: 403 });
      expect((await plan([project])).join()).toMatch(
        /The provider could not ask Adobe what uses it: Could not list segments/,
      );
    },
  );

  test("a refresh, which compares as well, asks nothing about a segment that was moved", async () => {
    await start("guide");
    const { id, state } = await provider.segments.create({ ...mobile, deletionPolicy: undefined });
    control().clearRequests();
    await next().diff(id, state, { ...moved, deletionPolicy: undefined });
    expect(control().requests()).toEqual([]);
  });

  test("retain says how to manage the segment again", async () => {
    const { id, state } = await start("reference");
    const later = world.provider({ CJA_VALIDATE: "never" });
    await later.segments.delete(id, { ...state, deletionPolicy: "retain" });
    expect(later.lines.join("\n")).toContain(`set adoptId to "${id}"; without it, pulumi up creates another one`);
    expect(exists(id)).toBe(true);
  });

  describe("in a run that deletes more than the used segment", () => {
    const made = async () => {
      const { id, state } = await start("guide");
      const other = await provider.segments.create({ ...mobile, name: "Other", deletionPolicy: "delete" });
      const job = await provider.jobs.create({ segmentIds: ["7863c010-e092-41c8-ae5e-9e533186752e"] });
      control().setUses(id, [project]);
      return { used: { id, state }, other, job };
    };
    const cancelled = () => world.count("DELETE") > 0;

    test("nothing is deleted or cancelled, and each is told why", async () => {
      const { used, other, job } = await made();
      const run = world.provider({ CJA_VALIDATE: "never" });
      const outcomes = await Promise.allSettled([
        run.jobs.delete(job.id, job.state),
        run.segments.delete(other.id, other.state),
        run.segments.delete(used.id, used.state),
      ]);
      expect(outcomes.map((one) => (one.status === "rejected" ? String(one.reason) : "deleted"))).toEqual([
        expect.stringContaining("this run deletes nothing"),
        expect.stringContaining("this run deletes nothing"),
        expect.stringContaining("it is used by the project"),
      ]);
      expect([exists(used.id), exists(other.id), cancelled()]).toEqual([true, true, false]);
    });

    test("one after another as well, where a refresh of the same run has read them", async () => {
      const { used, other, job } = await made();
      const run = world.provider({ CJA_VALIDATE: "never" });
      for (const one of [used, other]) await run.segments.read(one.id, one.state);
      await run.jobs.read(job.id, job.state);
      control().clearRequests();
      await expect(run.jobs.delete(job.id, job.state)).rejects.toThrow(
        /this run deletes nothing. Could not delete segment .* "Mobile": it is used by the project/,
      );
      expect(cancelled()).toBe(false);
      expect(control().requests()).toHaveLength(1);
    });

    test("what was deleted before is told where it could not be known", async () => {
      const { used, other, job } = await made();
      const run = world.provider({ CJA_VALIDATE: "never" });
      await run.segments.delete(other.id, other.state);
      await run.jobs.delete(job.id, job.state);
      await expect(run.segments.delete(used.id, used.state)).rejects.toThrow(
        /This run had already deleted 2 other resources\./,
      );
    });

    test("an up that keeps it deletes the rest, though it has read it", async () => {
      const { used, other } = await made();
      const run = world.provider({ CJA_VALIDATE: "never" });
      await run.segments.read(used.id, used.state);
      await run.segments.read(other.id, other.state);
      await run.segments.check(mobile, mobile);
      await run.segments.diff(used.id, used.state, mobile);
      await run.segments.delete(other.id, other.state);
      expect([exists(used.id), exists(other.id)]).toEqual([true, false]);
    });
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
      /Could not delete segment \S+ "Mobile": the service did not confirm the deletion, and still lists the segment\. It stays in the state/,
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
