import { fc, samples } from "../properties";
import { janeAnalyst, startEmulator, technicalAccount, type Emulator, type NeutralSegment } from "../../emulator";
import { type Call, anyText, definition, definitionOf, idsOf, openEmulator, pageIsHome, withEmulator } from "./client";

interface Sorting {
  readonly property: "id" | "name" | "modified_date";
  readonly direction: string;
  readonly limit: number;
}

describe.each(["guide", "reference"] as const)("segments, %s dialect", (dialect) => {
  let emulator: Emulator;
  let call: Call;
  beforeAll(async () => ({ emulator, call } = await openEmulator({ dialect })));
  beforeEach(() => emulator.control.reset());
  afterAll(() => emulator.close());

  const inGuide = dialect === "guide";
  const view = inGuide ? "rsid" : "dataId";
  const every = "name,description,dataId,dataName,owner,modified,createdDate,definition,tags,compatibility,isDeleted";
  const create = (more: object = {}): ReturnType<Call> =>
    call("POST", `/segments?expansion=${every}`, {
      name: "A",
      description: "d",
      [view]: "dv_prod",
      definition,
      ...more,
    });

  test("a created segment is answered in the dialect's form", async () => {
    emulator.control.setClock({ now: "2023-07-20T09:15:00.000Z" });
    const { status, body } = await create();
    expect(status).toBe(200);
    const at = "2023-07-20T09:15:00.000Z";
    const { id, name, login, imsUserId } = technicalAccount;
    const valid = { valid: true, message: anyText };
    expect(body).toMatchObject(
      inGuide
        ? {
            ...{ name: "A", description: "d", rsid: "dv_prod", reportSuiteName: "Production", definition, tags: [] },
            ...{ owner: { id, name, login }, modified: at, created: at },
            compatibility: { ...valid, supported_products: ["oberon", "frag"] },
          }
        : {
            ...{ name: "A", description: "d", dataId: "dv_prod", dataName: "Production", definition, tags: [] },
            ...{ owner: { imsUserId, ownerId: imsUserId, name, type: "imsUser" }, modified: at, createDate: at },
            compatibility: { ...valid, supported_schema: ["schema_data_warehouse", "schema_oberon"] },
            isDeleted: false,
          },
    );
    expect(body).not.toHaveProperty(inGuide ? "isDeleted" : "createdDate");
  });

  test("PUT changes what it is given and nothing else", async () => {
    const { id } = (await create()).body;
    const start = emulator.control.clock().now;
    const created = (later: number): string => new Date(start + later).toISOString();
    emulator.control.advance(1000);
    const { body } = await call("PUT", `/segments/${encodeURIComponent(id)}?expansion=${every}`, { name: "B" });
    expect(body).toMatchObject({ id, name: "B", description: "d", definition });
    const redefined = { definition: definitionOf({ ...pageIsHome, str: "away" }) };
    const dates = `/segments/${encodeURIComponent(id)}?expansion=definitionLastModified,modified`;
    expect((await call("GET", dates)).body).toMatchObject({
      definitionLastModified: created(0),
      modified: created(1000),
    });
    emulator.control.advance(1000);
    await call("PUT", `/segments/${encodeURIComponent(id)}`, redefined);
    expect((await call("GET", dates)).body).toMatchObject({
      definitionLastModified: created(2000),
      modified: created(2000),
    });
    await call("PUT", `/segments/${encodeURIComponent(id)}`, { definition });
    const [now] = emulator.control.segments();
    expect(now).toMatchObject({ name: "B", description: "d", definition, owner: technicalAccount });
  });

  test("a deleted segment leaves the list and stays readable by its ID", async () => {
    const { id } = (await create()).body;
    const deleted = await call("DELETE", `/segments/${id}`);
    expect([deleted.status, deleted.body.message]).toEqual([200, "Segment deleted successfully"]);
    expect(deleted.body[inGuide ? "status" : ("result" as "status")]).toBe(inGuide ? "ok" : "success");
    expect((await call("GET", "/segments")).list).toEqual([]);
    const { status, body } = await call("GET", `/segments/${id}?expansion=name,isDeleted`);
    expect([status, body]).toEqual([
      200,
      expect.objectContaining(inGuide ? { id, name: "A" } : { id, isDeleted: true }),
    ]);
    emulator.control.deleteSegment(id, { purge: true });
    expect((await call("GET", `/segments/${id}`)).status).toBe(404);
  });

  test("what the UI does is seen", async () => {
    const added = emulator.control.addSegment({ name: "UI", dataViewId: "dv_dev", definition, tags: ["Mobile"] });
    const query = `includeType=shared&expansion=${every}`;
    const [shown] = (await call("GET", `/segments?${query}`)).list;
    expect(shown).toMatchObject({ id: added.id, name: "UI", owner: { name: janeAnalyst.name } });
    expect(shown?.tags).toEqual([{ id: expect.any(Number) as number, name: "Mobile", description: "" }]);
    emulator.control.editSegment(added.id, { owner: "Bob", description: "changed", modified: "2024-01-01T00:00:00Z" });
    expect((await call("GET", `/segments/${added.id}?expansion=${every}`)).body).toMatchObject({
      description: "changed",
      owner: { name: "Bob" },
      modified: "2024-01-01T00:00:00.000Z",
    });
    emulator.control.deleteSegment(added.id);
    expect((await call("GET", `/segments?${query}`)).list).toEqual([]);
  });

  test.each([
    ["no name", { name: undefined }],
    ["an empty name", { name: " " }],
    ["a number as name", { name: 5 }],
    ["a number as description", { description: 5 }],
    ["no definition", { definition: null }],
    ["no data view", { [view]: undefined }],
    ["a number as data view", { [view]: 5 }],
    ["the other dialect's data view", { [view]: undefined, [inGuide ? "dataId" : "rsid"]: "dv_prod" }],
  ])("POST refuses %s", async (_what, change) => {
    const { status, body } = await create(change);
    expect([status, body.errorCode]).toEqual([400, "invalid_data"]);
    expect(emulator.control.segments()).toEqual([]);
  });

  /** What sorting goes by, of a segment as control shows it. */
  const keys = {
    id: ({ id }: NeutralSegment): string => id,
    name: ({ name }: NeutralSegment): string => name.toLowerCase(),
    modified_date: ({ modified }: NeutralSegment): string => modified,
  };

  test("pages put together are the whole list, sorted", async () => {
    const property = fc.constantFrom("id", "name", "modified_date");
    const sorting = fc.record({
      property,
      direction: fc.constantFrom("ASC", "DESC"),
      limit: fc.integer({ min: 1, max: 4 }),
    });
    const words = fc.array(fc.constantFrom("a", "B", "b", "C"), { maxLength: 9 });
    const check = async (names: string[], { property, direction, limit }: Sorting): Promise<void> => {
      emulator.control.reset();
      const added = emulator.control.addSegment(
        names.map((name) => ({ name, dataViewId: "dv_dev", definition, modified: name.charCodeAt(0) })),
      );
      const pages = Math.ceil(names.length / limit);
      const parts = [];
      for (let page = 0; page <= pages; page++) {
        const query = `sortProperty=${property}&sortDirection=${direction}&limit=${limit}&page=${page}`;
        const { body, list } = await call("GET", `/segments?includeType=shared&${query}`);
        parts.push(...idsOf(list));
        const envelope = { totalElements: names.length, totalPages: pages, number: page, lastPage: page + 1 >= pages };
        if (!inGuide) expect(body).toMatchObject(envelope);
      }
      const byId = new Map(added.map((segment) => [segment.id, segment]));
      const shown = parts.flatMap((id) => byId.get(id) ?? []).map(keys[property]);
      expect([...parts].sort()).toEqual([...byId.keys()].sort());
      const expected = added.map(keys[property]).sort();
      expect(shown).toEqual(direction === "ASC" ? expected : expected.reverse());
    };
    await fc.assert(fc.asyncProperty(words, sorting, check), { numRuns: samples(40) });
  });
});

test("the guide's other filters have an effect", () =>
  withEmulator({}, async ({ emulator, call }) => {
    const add = (name: string, more: object): unknown =>
      emulator.control.addSegment({ name, dataViewId: "dv_dev", definition, ...more });
    add("tagged", { tags: ["x", "y"] });
    add("published", { published: true });
    const names = async (query: string): Promise<string[]> =>
      (await call("GET", `/segments?includeType=all&${query}`)).list.map(({ name }) => name);
    expect(await names("tagNames=y,z")).toEqual(["tagged"]);
    expect(await names("filterByPublishedSegments=true")).toEqual(["published"]);
    expect(await names("filterByPublishedSegments=false")).toEqual(["tagged"]);
    expect(await names("filterByPublishedSegments=all")).toEqual(["tagged", "published"]);
  }));

test("the reference's other filters have an effect", () =>
  withEmulator({ dialect: "reference" }, async ({ emulator, call }) => {
    const add = (name: string, more: object): string =>
      emulator.control.addSegment({ name, dataViewId: "dv_dev", definition, ...more }).id;
    const private_ = add("private", { shared: false });
    const shared = add("shared", { dataViewId: "dv_stage" });
    const template = add("template", { template: true });
    const internal = add("internal", { internal: true });
    const ids = async (query: string): Promise<string[]> => idsOf((await call("GET", `/segments?${query}`)).list);
    expect(await ids("includeType=shared")).toEqual([shared]);
    expect(await ids("includeType=templates,internal")).toEqual([template, internal]);
    expect(await ids(`ownerId=${janeAnalyst.imsUserId}`)).toEqual([private_, shared]);
    expect(await ids(`ownerId=${technicalAccount.imsUserId}`)).toEqual([]);
    expect(await ids("includeType=shared&dataIds=dv_dev")).toEqual([]);
    expect((await call("GET", "/segments?ownerId=nobody")).status).toBe(401);
    emulator.control.setPermissions({ admin: false });
    expect((await call("GET", `/segments?ownerId=${janeAnalyst.imsUserId}`)).status).toBe(403);
  }));

test("IDs made in the same instant differ, and are the same in the next run", async () => {
  const made = async (): Promise<string[]> => {
    const emulator = await startEmulator({ clock: "manual" });
    emulator.control.setClock({ now: 1_700_000_000_000 });
    const segments = Array.from({ length: 50 }, () => ({ name: "S", dataViewId: "dv_dev", definition }));
    const ids = idsOf(emulator.control.addSegment(segments));
    await emulator.close();
    return ids;
  };
  const ids = await made();
  expect(new Set(ids).size).toBe(50);
  expect(await made()).toEqual(ids);
});
