import { startEmulator, type Emulator } from "../../../emulator";
import { createStack, type Stack } from "../harness/stack";
import { AUDIENCES, deviceIs, UNLIMITED } from "../programs";
import { programOf, WITH_PLUGIN, type Door } from "./project";

const RESOURCES = {
  plain: ["Segment", { name: "plain", dataViewId: "dv_dev", definition: deviceIs("plain"), description: "On a phone" }],
  tagged: [
    "Segment",
    { name: "tagged", dataViewId: "dv_dev", definition: deviceIs("tagged"), tags: ["b", "a"], shares: [{ to: "all" }] },
  ],
  job: ["SegmentJob", { segmentIds: [...AUDIENCES], triggers: { release: "2026-11", list: [1, null] } }],
  people: [
    "Audience",
    {
      name: "people",
      expression: 'person.birthYear >= 1990 and homeAddress.countryISO = "US"',
      mergePolicy: "Dataset Precedence Merge Policy",
      labels: ["core/C2", "core/C1"],
    },
  ],
} as const;

/** The one that the program gives where it moves back: the classes of the dynamic door have no aliases. */
const back = (token: string) => ({ aliases: [{ type: token }] });
const BACK = {
  plain: [...RESOURCES.plain, back("cja:index:Segment")],
  tagged: [...RESOURCES.tagged, back("cja:index:Segment")],
  job: [...RESOURCES.job, back("cja:index:SegmentJob")],
  people: [...RESOURCES.people, back("cja:index:Audience")],
} as const;

// In steps, on one stack: each test goes on where the one before it stopped.
describe("moving a stack from dynamic resources to the plugin, and back", () => {
  let emulator: Emulator;
  let stack: Stack;
  const ids = () => Object.fromEntries(stack.resources().map(({ name, id }) => [name, id]));
  const types = () => new Set(stack.resources().map(({ type }) => type.replace(/[^:]*$/, "")));
  const writes = () =>
    emulator.control
      .requests()
      .filter(({ method, path }) => method !== "GET" && !path.startsWith("/ims/") && !/\/(bulk-get|search)$/.test(path))
      .map(({ method, path }) => `${method} ${path}`);
  const move = (door: Door, resources: Parameters<typeof programOf>[1]) => {
    emulator.control.clearRequests();
    stack.setProgram(programOf(door, resources));
  };
  let before: Record<string, string | undefined>;

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false, clock: "manual" });
    stack = await createStack({
      env: { ...emulator.environment, ...UNLIMITED },
      program: programOf("dynamic", RESOURCES),
      files: WITH_PLUGIN,
    });
    await stack.up();
    before = ids();
    expect(Object.values(before)).toHaveLength(4);
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("shows nothing in the preview, and changes nothing", async () => {
    move("native", RESOURCES);
    const plan = await stack.preview({ args: ["--expect-no-changes"] });
    expect(plan.changes).toEqual({ same: 4 });
    const run = await stack.up();
    expect(run.changes).toEqual({ same: 4 });
    expect([ids(), types(), writes()]).toEqual([before, new Set(["cja:index:"]), []]);
  });

  test("leaves nothing of the other door in state after a refresh", async () => {
    expect((await stack.refresh()).changes).toEqual({ same: 4 });
    expect(JSON.stringify(stack.resources())).not.toContain("__");
    expect([ids(), writes()]).toEqual([before, []]);
    expect((await stack.up()).changes).toEqual({ same: 4 });
  });

  test("goes back with nothing but the text by which the engine finds the code", async () => {
    move("dynamic", BACK);
    const run = await stack.up({ preview: true });
    expect(run.changes).toEqual({ update: 4 });
    for (const { op, detailedDiff } of run.steps)
      if (op === "update") expect(Object.keys(detailedDiff)).toEqual(["__provider"]);
    expect([ids(), types(), writes()]).toEqual([before, new Set(["pulumi-nodejs:dynamic/cja:"]), []]);
  });

  test("has then what every later operation needs", async () => {
    move("dynamic", RESOURCES);
    expect((await stack.refresh()).changes).toEqual({ same: 4 });
    expect((await stack.up()).changes).toEqual({ same: 4 });
    expect(writes()).toEqual([]);
    // A job at work would be cancelled, and waited for until the emulator's clock goes on.
    emulator.control.advance(4_000);
    await stack.refresh();
    await stack.destroy();
    expect(stack.resources()).toEqual([]);
    expect(emulator.control.segments().filter(({ deleted }) => !deleted)).toEqual([]);
    expect(emulator.control.audiences()).toEqual([]);
  });
});
