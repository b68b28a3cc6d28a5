import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "./harness/stack";
import { programOf, WITH_PLUGIN } from "./native/project";
import { AUDIENCES, deviceIs, UNLIMITED } from "./programs";

/** What `pulumi stack export` printed of a stack that version 0.1.0 had made. It is never made anew. */
const RECORDED = join(__dirname, "recorded", "state-0.1.0.json");

interface Exported {
  readonly deployment: {
    readonly resources: readonly {
      readonly urn: string;
      readonly id?: string;
      readonly outputs?: Record<string, unknown>;
    }[];
  };
}

const PROGRAM = {
  made: [
    "Segment",
    {
      name: "Made by pulumi-cja",
      dataViewId: "dv_dev",
      description: "From an earlier release",
      definition: deviceIs("Tablet"),
    },
  ],
  adopted: ["Segment", { name: "Made in the UI", dataViewId: "dv_dev", definition: deviceIs("Phone") }],
  finished: ["SegmentJob", { segmentIds: AUDIENCES, triggers: { release: "1" } }],
  active: ["SegmentJob", { allSegments: true, timeout: "1h" }],
} as const;
/** As a program gives them where it goes back: the classes of dynamic resources have no aliases. */
const BACK = Object.fromEntries(
  Object.entries(PROGRAM).map(([name, [kind, args]]) => [
    name,
    [kind, args, { aliases: [{ type: `cja:index:${kind}` }] }] as const,
  ]),
);

describe("state that an earlier build of the package made", () => {
  let emulator: Emulator;
  let stack: Stack;
  const recorded = JSON.parse(readFileSync(RECORDED, "utf8")) as Exported;
  const old = (name: string) => {
    const found = recorded.deployment.resources.find(({ urn }) => urn.endsWith(`::${name}`));
    if (found?.id === undefined || !found.outputs) throw new Error(`the recorded state has no ${name}`);
    return { id: found.id, outputs: found.outputs };
  };

  const names = Object.keys(PROGRAM);
  const ids = () => names.map((name) => stack.resource(name).id);

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false, clock: "manual", jobTiming: { cancellingMs: 0 } });
    for (const resource of ["made", "adopted"]) {
      const { id, outputs } = old(resource);
      const text = (key: string) => (typeof outputs[key] === "string" ? outputs[key] : "");
      emulator.control.addSegment({
        id,
        name: text("name"),
        description: text("description"),
        dataViewId: text("dataViewId"),
        definition: outputs["definition"],
      });
    }
    emulator.control.addJob({
      id: old("active").id,
      source: "api",
      segmentIds: ["*"],
      sandbox: "prod",
      status: "PROCESSING",
    });
    stack = await createStack({
      env: { ...emulator.environment, ...UNLIMITED },
      program: programOf("dynamic", PROGRAM),
      files: WITH_PLUGIN,
    });
    await stack.pulumi(["stack", "import", "--stack", "dev", "--file", RECORDED]);
  });
  beforeEach(() => emulator.control.clearRequests());
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("is read and is what the same program wants: nothing changes and nothing is sent", async () => {
    const run = await stack.up({ preview: true, args: ["--expect-no-changes"] });
    expect(run.changes).toEqual({ same: 4 });
    expect(emulator.control.requests()).toEqual([]);
  });

  test("moves to the plugin: nothing changes and nothing is sent", async () => {
    stack.setProgram(programOf("native", PROGRAM));
    const run = await stack.up({ preview: true, args: ["--expect-no-changes"] });
    expect(run.changes).toEqual({ same: 4 });
    expect(stack.resources().map(({ type }) => type.replace(/[^:]*$/, ""))).toEqual(Array(4).fill("cja:index:"));
    expect(ids()).toEqual(names.map((name) => old(name).id));
    expect(emulator.control.requests()).toEqual([]);
  });

  test("and back", async () => {
    stack.setProgram(programOf("dynamic", BACK));
    const run = await stack.up();
    // The text by which the engine finds the code is still in the outputs: nothing has been refreshed.
    expect(run.changes).toEqual({ same: 4 });
    expect(ids()).toEqual(names.map((name) => old(name).id));
    expect(emulator.control.requests()).toEqual([]);
  });

  test("is refreshed", async () => {
    emulator.control.editSegment(old("made").id, { name: "Renamed" });
    emulator.control.editJob(old("active").id, { status: "SUCCEEDED" });
    await stack.refresh();
    expect(stack.resource("made").outputs).toMatchObject({ name: "Renamed" });
    expect(stack.resource("active").outputs).toMatchObject({ status: "SUCCEEDED" });
    expect(stack.resource("finished").outputs).toEqual(old("finished").outputs);
  });

  test("is destroyed", async () => {
    await stack.destroy();
    expect(stack.resources()).toEqual([]);
    expect(emulator.control.segments().map(({ deleted }) => deleted)).toEqual([true, true]);
    expect(
      emulator.control.requests().filter(({ method, path }) => method === "DELETE" && path.includes("/jobs/")),
    ).toEqual([]);
  });
});
