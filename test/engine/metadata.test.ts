import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "./harness/stack";
import { WITH_PLUGIN } from "./native/project";
import { deviceIs, program, UNLIMITED } from "./programs";

const base = { dataViewId: "dv_dev", definition: deviceIs("Phone") };
const TAGS = "/componentmetadata/tags/tagitems";
const SHARES = "/componentmetadata/shares";

// The rest of their life: test/engine/doors. Here is what only the engine does: it asks for many resources side by side, through both doors.
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
      files: WITH_PLUGIN,
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

  test.each([
    [8, 32, 12],
    [100, 120, 8],
  ])(
    "of many segments are gathered in each of two processes: %i in parallel, %i segments",
    async (parallel, count, most) => {
      const lines = [
        'const doors = [require("pulumi-cja"), require("pulumi-cja/native")];',
        `const one = (i, dependsOn) =>`,
        `  new doors[i % 2].Segment("many-${parallel}-" + i, { ...${JSON.stringify(base)}, name: "Many ${parallel} " + i, tags: ["many", "n" + (i % 7)] }, { dependsOn });`,
        // As many at once as run in parallel: else it is chance which of the two processes gets the next step, and when.
        "let before = [];",
        `for (let i = 0; i < ${count}; i += ${parallel})`,
        `  before = Array.from({ length: Math.min(${parallel}, ${count} - i) }, (_, j) => one(i + j, before));`,
      ];
      stack.setProgram(lines.join("\n"));
      await stack.up({ args: ["--parallel", String(parallel)] });
      expect(emulator.control.requests().filter(({ path }) => path === TAGS).length).toBeLessThanOrEqual(most);
      const tagged = emulator.control
        .segments()
        .filter(({ name, tags }) => name.startsWith(`Many ${parallel}`) && tags.length === 2);
      expect(tagged).toHaveLength(count);
    },
  );
});
