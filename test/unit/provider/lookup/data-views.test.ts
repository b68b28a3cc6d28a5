import { lookupWorld, numbers, type World } from "./world";

describe("looking data views up", () => {
  let world: World;
  const control = () => world.emulator.control;
  const pages = () => world.asked("/data/dataviews", "dataViewIds", "page", "limit");

  beforeEach(async () => {
    world = await lookupWorld();
  });
  afterEach(() => world.stop());

  test("tells one by its ID, and those of one moment by one request", async () => {
    const find = (id: string) => world.lookups.getDataView({ id });
    const [dev, prod] = await Promise.all([find("dv_dev"), find("dv_prod")]);
    expect(dev).toEqual({
      id: "dv_dev",
      name: "Development",
      description: "",
      owner: { id: expect.any(String) as unknown, name: "Emulator Technical Account" },
      timezone: "Etc/UTC",
      created: expect.any(String) as unknown,
      modified: expect.any(String) as unknown,
    });
    expect(prod.name).toBe("Production");
    expect(pages()).toEqual([["dv_dev,dv_prod", "0", "1000"]]);
    await expect(find("dv_nowhere")).rejects.toThrow("there is no data view dv_nowhere, or it is deleted");
    await expect(find("dv_prdo")).rejects.toThrow("this account may not see it; did you mean dv_prod (Production)?");
  });

  test("finds by name, past the first page, with one listing for all names of a program", async () => {
    control().addDataView(numbers(1200).map((i) => ({ id: `dv_x${String(i).padStart(4, "0")}`, name: `View ${i}` })));
    expect(await world.lookups.getDataView({ name: " View 1199 " })).toMatchObject({ id: "dv_x1199" });
    expect(await world.lookups.getDataView({ name: "Staging" })).toMatchObject({ id: "dv_stage" });
    expect((await world.lookups.findDataViews({ nameContains: "view 11" })).dataViews).toHaveLength(111);
    expect((await world.lookups.findDataViews({})).dataViews).toHaveLength(1203);
    expect((await world.lookups.findDataViews({ limit: 2 })).dataViews.map(({ id }) => id)).toEqual([
      "dv_dev",
      "dv_prod",
    ]);
    expect(pages()).toEqual([
      [undefined, "0", "1000"],
      [undefined, "1", "1000"],
    ]);
  });

  test("lists what is asked for by ID, in as many requests as hundreds", async () => {
    const views = control().addDataView(numbers(150).map((i) => ({ id: `dv_x${i}`, name: `View ${i}` })));
    const ids = [...views.map(({ id }) => id), "dv_nowhere"];
    const found = await world.lookups.findDataViews({ ids, nameContains: "view" });
    expect(found.dataViews).toHaveLength(150);
    expect(pages()).toHaveLength(2);
  });

  test("tells none and several apart", async () => {
    control().addDataView([
      { id: "dv_a", name: "Shop" },
      { id: "dv_b", name: "Shop " },
    ]);
    const several = /^found 2 with the name "Shop"; give its ID:\n {2}dv_a, of Emulator Technical Account, modified /;
    await expect(world.lookups.getDataView({ name: "Shop" })).rejects.toThrow(several);
    await expect(world.lookups.getDataView({ name: "Shops" })).rejects.toThrow(
      'there is no data view with the name "Shops"; did you mean "Shop"?',
    );
  });

  test("asks again after a listing that failed", async () => {
    control().addFault({ path: "^/data/dataviews$", status: 403 });
    await expect(world.lookups.getDataView({ name: "Production" })).rejects.toThrow(/403/);
    expect(await world.lookups.getDataView({ name: "Production" })).toMatchObject({ id: "dv_prod" });
  });

  test.each([
    ["a bare list", (content: unknown[]) => content, 1],
    ["pages without a last one, by their number", (content: unknown[]) => ({ content, totalPages: 1 }), 1],
    ["a page that says it is the last", (content: unknown[]) => ({ content, lastPage: true }), 1],
    ["a page that says it is not", (content: unknown[]) => ({ content, lastPage: false }), 2],
    ["a page that says nothing and is not full", (content: unknown[]) => ({ content }), 1],
  ])("reads %s", async (_what, shape, requests) => {
    const [one, two] = [
      { id: "dv_a", name: "A" },
      { id: "dv_b", name: "B", isDeleted: true },
    ];
    const first = shape([one, two, { name: "without ID" }]);
    control().addFault({ path: "^/data/dataviews$", status: 200, body: first });
    control().addFault({ path: "^/data/dataviews$", status: 200, body: { content: [], lastPage: true } });
    expect((await world.lookups.findDataViews({})).dataViews).toEqual([one]);
    expect(pages()).toHaveLength(requests);
  });
});
