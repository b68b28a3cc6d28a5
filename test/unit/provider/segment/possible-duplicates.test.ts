import { randomUUID } from "node:crypto";
import { World } from "../segment-job/world";

const definition = (value: string) => ({
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "hits",
    pred: { func: "streq", str: value, val: { func: "attr", name: "variables/page" } },
  },
});
const wish = { name: "Mobile", dataViewId: "dv_dev", description: "", definition: definition("Home") };
const run = { segmentIds: [randomUUID()] };

let world: World;
beforeEach(async () => {
  world = await World.start({ dialect: "guide" });
  world.newFolder = true;
});
afterEach(() => world.stop());

const lists = () =>
  world.emulator.control.requests().filter(({ method, path }) => method === "GET" && path === "/segments").length;

describe("without a record of earlier runs, one that looks the same", () => {
  test("is a segment that is pointed out, and never taken over", async () => {
    const lost = await world.provider().segments.create(wish);
    world.loseRecords();
    const { segments, lines } = world.provider();
    const made = await segments.create(wish);
    expect(made.id).not.toBe(lost.id);
    const warning = lines.find((line) => line.includes("pending create"));
    expect(warning).toMatch(/^warning: Segment "Mobile": this account already has an equal one,/);
    expect(warning).toContain(`set adoptId to "${lost.id}"`);
  });

  test("is a job that is pointed out, and never taken over", async () => {
    const lost = await world.provider().jobs.create(run);
    world.loseRecords();
    const { jobs, lines } = world.provider();
    expect((await jobs.create(run)).id).not.toBe(lost.id);
    expect(lines.find((line) => line.includes("pending create"))).toContain(`segment job ${lost.id} (`);
  });

  test.each([
    ["another name", { name: "Desktop" }],
    ["another definition", { definition: definition("Cart") }],
    ["another description", { description: "Phones" }],
    ["another data view", { dataViewId: "dv_prod" }],
  ])("is none with %s", async (_, other) => {
    await world.provider().segments.create(wish);
    world.loseRecords();
    const { segments, lines } = world.provider();
    await segments.create({ ...wish, ...other });
    expect(lines).toEqual([]);
  });

  test.each([
    ["of somebody else", (id: string) => world.emulator.control.editJob(id, { requestId: "console-1" })],
    ["of two days ago", () => world.emulator.control.advance(49 * 3_600_000)],
  ])("is no job %s", async (_, change) => {
    const { id } = await world.provider().jobs.create(run);
    change(id);
    world.clock.time = world.emulator.control.clock().now;
    world.loseRecords();
    const { jobs, lines } = world.provider();
    await jobs.create(run);
    expect(lines).toEqual([]);
  });
});

test("costs one listing a data view in the first process, and none later", async () => {
  const { segments, lines } = world.provider({ CJA_DIALECT: "guide" });
  await segments.create(wish);
  await segments.create({ ...wish, name: "Desktop" });
  expect(lists()).toBe(1);
  await segments.create({ ...wish, dataViewId: "dv_prod" });
  expect(lists()).toBe(2);
  const later = world.provider({ CJA_DIALECT: "guide" });
  await later.segments.create({ ...wish, name: "Tablet" });
  await later.segments.create(wish);
  expect(lists()).toBe(2);
  // Two alike in one program are no orphans of each other.
  expect([...lines, ...later.lines]).toEqual([]);
});
