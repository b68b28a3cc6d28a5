import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { janeAnalyst, technicalAccount, type Emulator } from "../../emulator";
import { type Call, anyNumber, anyText, definition, idsOf, jobsPath, openEmulator, withEmulator } from "./client";

const tagItems = "/componentmetadata/tags/tagitems";
const sharesPath = "/componentmetadata/shares";
const segment = { name: "S", dataViewId: "dv_dev", definition };

describe("control of tags, shares and uses", () => {
  let emulator: Emulator;
  let call: Call;
  beforeAll(async () => ({ emulator, call } = await openEmulator({ dialect: "reference" })));
  beforeEach(() => emulator.control.reset());
  afterAll(() => emulator.close());

  const tag = (...ids: string[]): ReturnType<Call> =>
    call(
      "PUT",
      tagItems,
      ids.map((componentId) => ({ componentType: "segment", componentId, tags: [{ name: "red" }] })),
    );
  const tags = (): readonly (readonly string[])[] => emulator.control.segments().map((each) => each.tags);

  test("a segment's shares are as its owner made them, and shown with what is known of their targets", async () => {
    const { id } = emulator.control.addSegment({
      ...segment,
      owner: "Bob",
      shared: false,
      shares: [{ type: "user", to: "Jane Analyst", accessLevel: "edit" }, { type: "group", to: 77 }, { type: "all" }],
    });
    const share = { shareId: anyNumber, accessLevel: null, toName: null };
    const { imsUserId, name } = janeAnalyst;
    expect(emulator.control.segments()[0]?.shares).toEqual([
      { ...share, type: "user", toId: janeAnalyst.id, toImsId: imsUserId, toName: name, accessLevel: "edit" },
      { ...share, type: "group", toId: 77, toImsId: "77" },
      { ...share, type: "all", toId: null, toImsId: null },
    ]);
    const listed = (await call("GET", `${sharesPath}?includeType=sharedTo`)).body as unknown;
    expect(listed).toMatchObject([
      { componentId: id, shareToType: "all", shareFromImsId: expect.stringMatching(/^5C/) as string },
    ]);
    const [first] = emulator.control.segments()[0]?.shares ?? [];
    const edited = emulator.control.editSegment(id, { shares: [{ type: "user", to: janeAnalyst.id }] });
    expect(edited.shares).toEqual([{ ...first, accessLevel: null }]);
    expect(emulator.control.editSegment(id, { shares: [] }).shares).toEqual([]);
  });

  test.each([
    ["with the technical account", { type: "user" as const, to: technicalAccount.login }, true],
    ["with all", { type: "all" as const }, true],
    ["with somebody else", { type: "user" as const, to: "Bob" }, false],
    ["with a group", { type: "group" as const, to: 77 }, false],
  ])("a segment that is shared %s is seen or not", async (_whom, share, seen) => {
    emulator.control.setPermissions({ admin: false });
    const { id, shared } = emulator.control.addSegment({ ...segment, shared: false, shares: [share] });
    expect(shared).toBe(false);
    expect(idsOf((await call("GET", "/segments?includeType=shared")).list)).toEqual(seen ? [id] : []);
    expect((await call("GET", `/segments/${id}`)).status).toBe(seen ? 200 : 403);
    expect((await call("GET", `${sharesPath}/sharedto/me?componentType=segment`)).body).toEqual(seen ? [id] : []);
  });

  test("what somebody else does to tags and shares in the API is seen by control", async () => {
    const { id } = emulator.control.addSegment(segment);
    await tag(id);
    await call("PUT", sharesPath, [{ componentType: "segment", componentId: id, shares: [{ shareToType: "all" }] }]);
    expect(emulator.control.segments()).toMatchObject([{ tags: ["red"], shares: [{ type: "all" }] }]);
  });

  test("uses are set, dated and taken back", async () => {
    const { id } = emulator.control.addSegment(segment);
    emulator.control.setClock({ now: "2026-11-05T09:30:00Z" });
    const use = { type: "project", id: "p1", name: "Weekly" };
    const shown = { ...use, internal: false, lastAccess: "2026-11-05T09:30:00.000Z" };
    expect(emulator.control.setUses(id, [use]).uses).toEqual([shown]);
    const [listed] = (await call("GET", "/segments?includeType=shared&expansion=usedIn")).list;
    expect(listed).toMatchObject({ usedIn: [{ componentId: "p1", lastRecordedAccess: Date.UTC(2026, 10, 5, 9, 30) }] });
    expect(emulator.control.setUses(id, []).uses).toEqual([]);
    expect(() => emulator.control.setUses("none", [])).toThrow("The emulator has no segment none");
  });

  test("a PUT of tags can fail as a whole, lose its answer, or fail for one item", async () => {
    const ids = idsOf(emulator.control.addSegment([segment, segment]));
    emulator.control.addFault({ method: "PUT", path: "/tagitems$", status: 500 });
    expect((await tag(...ids)).status).toBe(500);
    expect(tags()).toEqual([[], []]);
    emulator.control.setRefusedComponents({ ids: ids.slice(0, 1) });
    expect((await tag(...ids)).body).toMatchObject([
      { status: { success: false, message: anyText } },
      { status: { success: true } },
    ]);
    expect(tags()).toEqual([[], ["red"]]);
    emulator.control.setRefusedComponents({ ids: [] });
    emulator.control.addFault({ method: "PUT", path: "/tagitems$", reset: "after" });
    await expect(tag(...ids)).rejects.toThrow("fetch failed");
    expect(tags()).toEqual([["red"], ["red"]]);
  });

  test("reset ends refusals, and forgets tags and shares of other components", async () => {
    const project = { componentType: "project", componentId: "p1" };
    await call("PUT", tagItems, [{ ...project, tags: [{ name: "red" }] }]);
    emulator.control.setRefusedComponents({ ids: ["p1"] });
    emulator.control.reset();
    const search = `/componentmetadata/tags/search?componentId=p1&componentType=project`;
    expect((await call("GET", search)).body).toEqual([]);
    expect((await call("PUT", tagItems, [{ ...project, tags: [] }])).body).toMatchObject([
      { status: { success: true } },
    ]);
  });

  test("many data views are added at once, all or none", () => {
    const views = Array.from({ length: 3 }, (_, n) => ({ id: `dv_${n}`, name: `View ${n}` }));
    expect(idsOf(emulator.control.addDataView(views))).toEqual(["dv_0", "dv_1", "dv_2"]);
    const wrong = { id: "dv_3" } as never;
    expect(() => emulator.control.addDataView([{ id: "dv_4", name: "" }, wrong])).toThrow("[1].name: found nothing");
  });

  test.each([
    [{ shares: [{ type: "user" as const }] }, "shares[0].to: expected a name, a login, a number or an IMS user ID"],
    [{ shares: [{ type: "all" as const, to: 1 }] }, 'shares[0]: there is no "to"; the fields are type, accessLevel'],
  ])("a segment with %j is refused in words", (wrong, error) => {
    expect(() => emulator.control.addSegment({ ...segment, ...wrong } as never)).toThrow(error);
  });
});

describe("a state file", () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-metadata-"));
  const stateFile = join(folder, "state.json");
  afterAll(() => rmSync(folder, { recursive: true }));

  test("keeps shares, uses, and tags of other components", async () => {
    const project = { componentType: "project", componentId: "p1" };
    let kept: unknown;
    await withEmulator({ stateFile }, async ({ emulator: { control }, call }) => {
      const { id } = control.addSegment({ ...segment, shares: [{ type: "all" }] });
      control.setUses(id, [{ type: "project", id: "p1", name: "Weekly" }]);
      await call("PUT", tagItems, [{ ...project, tags: [{ name: "red" }] }]);
      kept = control.segments();
    });
    await withEmulator({ stateFile }, async ({ emulator: { control }, call }) => {
      expect(control.segments()).toEqual(kept);
      const tagged = await call("GET", "/componentmetadata/tags/tagnames?tagNames=red&componentType=project");
      expect(tagged.body).toEqual(["p1"]);
    });
  });

  test("of an earlier version is read as one without shares, uses, other components and time zones", async () => {
    await withEmulator({ stateFile }, async ({ emulator: { control }, call }) => {
      control.reset();
      control.addSegment({ ...segment, tags: ["red"] });
      await call("POST", jobsPath, [{ segmentId: "a" }]);
    });
    const { format, content } = JSON.parse(readFileSync(stateFile, "utf8")) as Record<string, Record<string, object[]>>;
    const segments = content?.["segments"]?.map((each) => without(each, "shares", "uses"));
    const dataViews = content?.["dataViews"]?.map((each) => without(each, "timeZone"));
    writeFileSync(
      stateFile,
      JSON.stringify({ format, content: { ...without(content ?? {}, "otherComponents"), segments, dataViews } }),
    );
    expect(readFileSync(stateFile, "utf8")).not.toMatch(/shares|uses|otherComponents|timeZone/);
    await withEmulator({ stateFile }, async ({ emulator: { control }, call }) => {
      expect(control.segments()).toMatchObject([{ tags: ["red"], shares: [], uses: [] }]);
      expect(control.jobs()).toHaveLength(1);
      expect((await call("GET", sharesPath)).status).toBe(200);
      const zone = await call("GET", "/data/dataviews/dv_prod?expansion=timezoneDesignator,currentTimezoneOffset");
      expect(zone.body).toMatchObject({ timezoneDesignator: "Etc/UTC", currentTimezoneOffset: 0 });
    });
  });
});

function without(fields: object, ...names: readonly string[]): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
