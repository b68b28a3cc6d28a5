import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "./harness/stack";
import { deviceIs, program, UNLIMITED } from "./programs";
import { until } from "./segment-job-requests";

const base = { dataViewId: "dv_dev", definition: deviceIs("Phone") };
const TAGS = "/componentmetadata/tags/tagitems";
const SHARES = "/componentmetadata/shares";

// Each test goes on where the one before it stopped: a life in steps, on one stack.
describe("tags and shares of segments", () => {
  let emulator: Emulator;
  let stack: Stack;
  let adoptId: string;

  const want = (made: object, adopted: object) =>
    program({
      made: ["Segment", { ...base, name: "Made", ...made }],
      adopted: ["Segment", { ...base, name: "Adopted", adoptId, ...adopted }],
    });
  const sent = () =>
    emulator.control
      .requests()
      .filter(({ path, method }) => method !== "GET" && !/^\/ims\/|validate|search$/.test(path))
      .map(({ method, path }) => `${method} ${path.replace(/^\/segments\/.*/, "/segments/ID")}`)
      .sort();
  const inService = (name: string) => {
    const found = emulator.control.segments().filter((segment) => !segment.deleted && segment.name === name);
    if (found.length !== 1 || !found[0]) throw new Error(`${found.length} segments are called ${name}`);
    return found[0];
  };
  const shared = (name: string) => inService(name).shares.map(({ type, toId, toImsId }) => [type, toImsId ?? toId]);
  const group = { to: "group", id: "812345678" };

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false });
    adoptId = emulator.control.addSegment({
      ...base,
      name: "Adopted",
      tags: ["old", "web"],
      shares: [{ type: "all" }],
    }).id;
    stack = await createStack({
      env: { ...emulator.environment, ...UNLIMITED },
      program: want({ tags: ["web", "Web"], shares: [group] }, { tags: ["web"], shares: [{ to: "all" }] }),
    });
  });
  beforeEach(() => emulator.control.clearRequests());
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("are set on a new segment and on an adopted one with a request each, and what is right already is not written", async () => {
    const run = await stack.up({ preview: true });
    expect(sent()).toEqual(["POST /segments", `PUT ${SHARES}`, `PUT ${TAGS}`]);
    expect(run.output).toContain('"Adopted" of Jane Analyst is taken over; this changes its tags.');
    expect(inService("Made").tags).toEqual(["web", "Web"]);
    expect(shared("Made")).toEqual([["group", "812345678"]]);
    expect(inService("Adopted").tags).toEqual(["web"]);
    expect(shared("Adopted")).toEqual([["all", null]]);
    expect(stack.resource("made").outputs).toMatchObject({ tags: ["web", "Web"], shares: [group] });
  });

  test("cost nothing when nothing is changed but their order", async () => {
    stack.setProgram(want({ tags: ["Web", "web"], shares: [group] }, { tags: ["web"], shares: [{ to: "all" }] }));
    await stack.up({ preview: true, args: ["--expect-no-changes"] });
    expect(emulator.control.requests()).toEqual([]);
  });

  test("are changed without a word to the segments themselves, in one request for both segments", async () => {
    const shares = [group, { to: "user", id: "596983" }];
    stack.setProgram(want({ tags: ["mobile"], shares }, { tags: ["mobile", "web"], shares: [{ to: "all" }] }));
    const run = await stack.up({ preview: true });
    expect(run.changes).toEqual({ update: 2 });
    expect(sent()).toEqual([`PUT ${SHARES}`, `PUT ${TAGS}`]);
    expect(inService("Made").tags).toEqual(["mobile"]);
    expect(shared("Made")).toHaveLength(2);
    expect(inService("Adopted").tags.toSorted()).toEqual(["mobile", "web"]);
  });

  test("are no drift as they are, and shown and repaired when somebody changes them", async () => {
    expect((await stack.refresh({ args: ["--expect-no-changes"] })).changes).toEqual({ same: 2 });
    emulator.control.editSegment(inService("Made").id, { tags: ["by hand"], shares: [] });
    expect((await stack.refresh()).changes).toEqual({ same: 1, update: 1 });
    expect(stack.resource("made").inputs).toMatchObject({ tags: ["by hand"], shares: [] });
    emulator.control.clearRequests();
    await stack.up();
    expect(sent()).toEqual([`PUT ${SHARES}`, `PUT ${TAGS}`]);
    expect(inService("Made").tags).toEqual(["mobile"]);
    expect(shared("Made")).toHaveLength(2);
  });

  test("are taken away by empty lists, and left alone when the program says nothing of them", async () => {
    stack.setProgram(want({ tags: [], shares: [] }, {}));
    const run = await stack.up({ preview: true });
    expect(run.changes).toEqual({ update: 2 });
    expect(inService("Made")).toMatchObject({ tags: [], shares: [] });
    expect(inService("Adopted").tags.toSorted()).toEqual(["mobile", "web"]);
    expect(shared("Adopted")).toEqual([["all", null]]);
    expect(stack.resource("adopted").outputs).not.toHaveProperty("tags");

    emulator.control.editSegment(adoptId, { tags: ["by hand"], shares: [] });
    expect((await stack.refresh({ args: ["--expect-no-changes"] })).changes).toEqual({ same: 2 });
    emulator.control.clearRequests();
    await stack.up();
    expect(sent()).toEqual([]);
  });

  test("that could not be set on a new segment fail it, and the next up sets them on the same one", async () => {
    emulator.control.addFault({ method: "PUT", path: `^${TAGS}$`, status: 403 });
    stack.setProgram(
      program({
        adopted: ["Segment", { ...base, name: "Adopted" }],
        late: ["Segment", { ...base, name: "Late", tags: ["late"], shares: [group] }],
      }),
    );
    const run = await stack.up({ fails: true });
    const { id } = inService("Late");
    expect(run.output).toContain(
      `Segment ${id} was created, but its tags could not be set; the next pulumi up sets them.`,
    );
    expect(stack.resource("late").id).toBe(id);
    emulator.control.clearFaults();
    emulator.control.clearRequests();
    const next = await stack.up({ preview: true });
    expect(next.changes).toMatchObject({ update: 1, same: 1 });
    expect(sent()).toEqual(["DELETE /segments/ID", `PUT ${TAGS}`]);
    expect(inService("Late")).toMatchObject({ id, tags: ["late"] });
  });

  test("of a run that was killed between the segment and its tags are settled by the next, on the same segment", async () => {
    emulator.control.addFault({ method: "PUT", path: `^${TAGS}$`, hang: true });
    stack.setProgram(program({ killed: ["Segment", { ...base, name: "Killed", tags: ["late"] }] }));
    const running = stack.start("up");
    await until("the tags of the new segment", () => emulator.control.requests().some(({ path }) => path === TAGS));
    await running.killAll();
    await running.done;
    await stack.cancel();
    emulator.control.clearFaults();
    await stack.up();
    expect(inService("Killed").tags).toEqual(["late"]);
    expect(stack.resource("killed").id).toBe(inService("Killed").id);
  });

  test.each([
    [8, 32, 6],
    [100, 120, 4],
  ])("of many segments are gathered: %i in parallel, %i segments, at most %i requests", async (parallel, count) => {
    const lines = [
      'const cja = require("pulumi-cja");',
      `for (let i = 0; i < ${count}; i++)`,
      `  new cja.Segment("many-${parallel}-" + i, { ...${JSON.stringify(base)}, name: "Many ${parallel} " + i, tags: ["many", "n" + (i % 7)] });`,
    ];
    stack.setProgram(lines.join("\n"));
    await stack.up({ args: ["--parallel", String(parallel)] });
    expect(emulator.control.requests().filter(({ path }) => path === TAGS).length).toBeLessThanOrEqual(
      Math.ceil(count / parallel) + 2,
    );
    const tagged = emulator.control
      .segments()
      .filter(({ name, tags }) => name.startsWith(`Many ${parallel}`) && tags.length === 2);
    expect(tagged).toHaveLength(count);
  });
});
