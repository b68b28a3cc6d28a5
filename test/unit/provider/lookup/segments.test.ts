import { deviceIs } from "../../../engine/programs";
import { readJson } from "../../../../definition/json";
import { lookupWorld, numbers, type World } from "./world";

const definition = deviceIs("Phone");
const segment = (name: string, more: object = {}) => ({ name, dataViewId: "dv_dev", definition, ...more });

describe.each(["guide", "reference"] as const)("looking segments up, in the %s dialect", (dialect) => {
  let world: World;
  const control = () => world.emulator.control;
  const pages = () => world.asked("/segments", "name", "page", "limit");

  beforeEach(async () => {
    world = await lookupWorld({ dialect }, { CJA_DIALECT: dialect });
  });
  afterEach(() => world.stop());

  test("tells all of one by its ID, as the resource's outputs are named", async () => {
    const made = { description: "Phones", owner: "Jane Analyst", tags: ["web", "Web"] };
    const { id } = control().addSegment(segment("Mobile", made));
    const found = await world.lookups.getSegment({ id });
    expect(found).toEqual({
      id,
      name: "Mobile",
      description: "Phones",
      dataViewId: "dv_dev",
      dataViewName: "Development",
      owner: expect.objectContaining({ name: "Jane Analyst" }) as unknown,
      definition,
      compatibility: expect.objectContaining({ valid: true }) as unknown,
      created: expect.any(String) as unknown,
      modified: expect.any(String) as unknown,
      tags: expect.arrayContaining(["web", "Web"]) as unknown,
    });
  });

  test("asks for those of one moment by their IDs together, a hundred in a request", async () => {
    const ids = control()
      .addSegment(numbers(150).map((i) => segment(`Segment ${i}`)))
      .map(({ id }) => id);
    const found = await Promise.all(ids.map((id) => world.lookups.getSegment({ id })));
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(pages()).toHaveLength(2);
  });

  test.each(["9007199254740993", "1e400", "-0"])("refuses a number that a program cannot hold: %s", async (number) => {
    const exact = readJson(`{"container":{"pred":{"func":"eq","num":${number}}}}`) as object;
    const { id } = control().addSegment(segment("Orders", { definition: exact }));
    control().addSegment(segment("Fine"));
    const refused = `the definition of segment ${id} "Orders" has the number ${number} at container.pred.num, which a program cannot hold`;
    await expect(world.lookups.getSegment({ id })).rejects.toThrow(refused);
    await expect(world.lookups.getSegment({ name: "Orders" })).rejects.toThrow(refused);
    await expect(world.lookups.findSegments({})).rejects.toThrow(refused);
    expect((await world.lookups.findSegments({ nameContains: "fine" })).segments).toHaveLength(1);
  });

  test("finds no deleted one, though it still answers by its ID, and none that is not there", async () => {
    const { id } = control().addSegment(segment("Mobile"));
    control().deleteSegment(id);
    const gone = `there is no segment ${id}, or it is deleted, or this account may not see it`;
    await expect(world.lookups.getSegment({ id })).rejects.toThrow(gone);
    await expect(world.lookups.getSegment({ id: "s1" })).rejects.toThrow("there is no segment s1,");
    await expect(world.lookups.getSegment({ name: "Mobile" })).rejects.toThrow(/no segment with the name "Mobile"/);
  });

  test("finds one by its whole name with one request, in all data views or in one", async () => {
    control().addSegment([
      segment("Mobile visitors"),
      segment("mobile"),
      segment("Mobile", { dataViewId: "dv_stage" }),
    ]);
    const { id } = control().addSegment(segment(" Mobile "));
    const byId = { name: "Mobile", dataViewId: "dv_dev" };
    expect(await world.lookups.getSegment(byId)).toMatchObject({ id, name: " Mobile " });
    expect(pages()).toEqual([["Mobile", "0", "1000"]]);
    const byName = { name: " Mobile", dataViewName: "Development" };
    expect(await world.lookups.getSegment(byName)).toMatchObject({ id });
    await expect(world.lookups.getSegment({ name: "Mobile" })).rejects.toThrow(
      'found 2 with the name "Mobile"; give the ID of one, or its data view (dataViewId, dataViewName):',
    );
  });

  test("lists the candidates where several have the name, 20 of them", async () => {
    control().addSegment(numbers(25).map(() => segment("Mobile", { owner: "Jane Analyst" })));
    const asked = world.lookups.getSegment({ name: "Mobile", dataViewId: "dv_dev" });
    const lines = (await asked.then(() => "", String)).split("\n");
    expect(lines).toHaveLength(1 + 20 + 1);
    expect(lines[1]).toMatch(/^ {2}\S+, data view dv_dev "Development", of Jane Analyst, modified \d{4}-\d\d-\d\dT/);
    expect(lines.at(-1)).toBe("  … and 5 more");
  });

  test("says what was looked for, where, and which names are near", async () => {
    control().addSegment([segment("Mobile visitors"), segment("Tablet"), segment("Mobil", { dataViewId: "dv_stage" })]);
    const none = (query: object) => expect(world.lookups.getSegment(query)).rejects;
    await none({ name: "Tablets", dataViewId: "dv_dev" }).toThrow(
      'there is no segment in data view dv_dev with the name "Tablets"; did you mean "Tablet"?',
    );
    await none({ name: "mobile visitor" }).toThrow('did you mean "Mobile visitors"?');
    await none({ name: "Quite another", dataViewId: "dv_dev" }).toThrow(/"Quite another" that this account can see$/);
    await none({ name: "Any", dataViewId: "dv_prod" }).toThrow(/this account can see none at all/);
    await none({ name: "Any", dataViewName: "Produktion" }).toThrow(
      'there is no data view with the name "Produktion"; did you mean "Production"?',
    );
  });

  test("finds a name that the service's filter does not match, by the whole listing", async () => {
    const { id } = control().addSegment(segment("Mobile & Tablet (2026)"));
    const empty = dialect === "guide" ? [] : { content: [], totalPages: 0, lastPage: true };
    control().addFault({ method: "GET", path: "^/segments$", status: 200, body: empty });
    expect(await world.lookups.getSegment({ name: "Mobile & Tablet (2026)" })).toMatchObject({ id });
    expect(pages()).toHaveLength(2);
  });

  test("finds several names of one moment in one listing, or by filters where that would cost more", async () => {
    const find = (names: readonly string[]) =>
      Promise.all(names.map((name) => world.lookups.getSegment({ name, dataViewId: "dv_dev" })));
    control().addSegment(numbers(900).map((i) => segment(`Segment ${i}`)));
    const names = numbers(50).map((i) => `Segment ${i * 10 + 9}`);
    expect((await find(names)).map(({ name }) => name)).toEqual(names);
    expect(pages()).toHaveLength(1);

    control().addSegment(numbers(2100).map((i) => segment(`More ${i}`)));
    control().clearRequests();
    expect(await find(["Segment 9", "More 2099"])).toHaveLength(2);
    expect(pages()).toEqual([
      [undefined, "0", "1000"],
      [undefined, "1", "1000"],
      ["Segment 9", "0", "1000"],
      ["More 2099", "0", "1000"],
    ]);
  });

  test("lists all, past the first page, by what was asked for", async () => {
    control().addSegment(numbers(1200).map((i) => segment(`Segment ${i}`, { tags: i % 2 === 0 ? ["even"] : [] })));
    control().addSegment(segment("Elsewhere", { dataViewId: "dv_stage" }));
    const find = async (query: object) => (await world.lookups.findSegments(query)).segments.map(({ name }) => name);
    expect(await find({ dataViewName: "Development" })).toHaveLength(1200);
    expect(pages()).toEqual([
      [undefined, "0", "1000"],
      [undefined, "1", "1000"],
    ]);
    expect(await find({})).toHaveLength(1201);
    expect(await find({ nameContains: "SEGMENT 119" })).toHaveLength(11);
    expect(await find({ tags: ["even"] })).toHaveLength(600);
    expect(await find({ tags: ["even", "odd"] })).toEqual([]);
    expect(await find({ tags: ["Even"] })).toEqual([]);
    control().clearRequests();
    expect(await find({ limit: 3 })).toHaveLength(3);
    expect(pages()).toHaveLength(1);
  });

  test("lists those of an owner, by name, login or ID", async () => {
    const jane = control().addSegment(segment("Jane's", { owner: "Jane Analyst" }));
    control().addSegment(segment("Joe's", { owner: "Joe Cool" }));
    const owner = (await world.lookups.getSegment({ id: jane.id })).owner;
    for (const whose of ["jane analyst", owner?.id ?? "?", owner?.login ?? "Jane Analyst"]) {
      const { segments } = await world.lookups.findSegments({ owner: whose });
      expect(segments.map(({ name }) => name)).toEqual(["Jane's"]);
    }
    expect(await world.lookups.findSegments({ owner: "Jane" })).toEqual({ segments: [] });
  });

  test("believes no filter that a server ignores", async () => {
    const [first] = control().addSegment([segment("Mobile"), segment("Tablet", { dataViewId: "dv_stage" })]);
    const all = control().segments();
    const wire = dialect === "guide" ? "rsid" : "dataId";
    const items = all.map(({ id, name, dataViewId }) => ({ id, name, [wire]: dataViewId }));
    const body = dialect === "guide" ? items : { content: items, lastPage: true };
    control().addFault({ method: "GET", path: "^/segments$", times: 2, status: 200, body });
    expect((await world.lookups.findSegments({ dataViewId: "dv_dev" })).segments).toHaveLength(1);
    expect(await world.lookups.getSegment({ name: "Mobile" })).toMatchObject({ id: first?.id });
  });
});

test("a program's lookups need settings that are right, and credentials", async () => {
  const wrong = await lookupWorld({}, { CJA_MAX_CONCURRENT: "none" });
  await expect(wrong.lookups.getSegment({ id: "s1" })).rejects.toThrow(/^1 mistake in the settings; nothing was sent/);
  expect(wrong.emulator.control.requests()).toEqual([]);
  await wrong.stop();
  const none = await lookupWorld({}, { CJA_CLIENT_SECRET: "" });
  await expect(none.lookups.findDataViews({})).rejects.toThrow(/cja:clientSecret is not set.*CJA_CLIENT_SECRET/);
  await none.stop();
});
