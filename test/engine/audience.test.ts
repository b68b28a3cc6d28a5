import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "./harness/stack";
import { MODULES, WITH_PLUGIN, type Door } from "./native/project";
import { UNLIMITED } from "./programs";

/** Audiences that name each other, and a job over them. */
const program = (door: Door, home = "'homeAddress.countryISO = \"US\"'", evaluation = "batch", release = 1) => `
  const cja = require("${MODULES[door]}");
  const pulumi = require("@pulumi/pulumi");
  const home = new cja.Audience("home", { name: "At home", expression: ${home}, evaluation: "${evaluation}", mergePolicy: "Dataset Precedence Merge Policy" });
  const loyal = new cja.Audience("loyal", {
    name: "Loyal",
    expression: pulumi.interpolate\`inSegment("\${home.id}") and loyalty.tier = "gold"\`,
    labels: ["core/C1"],
  });
  new cja.SegmentJob("run", { segmentIds: [home.id, loyal.id], triggers: { release: ${release} } });
  exports.policy = home.mergePolicyId;
`;

describe.each(["dynamic", "native"] as const)("%s audiences on the engine", (door) => {
  let emulator: Emulator;
  let stack: Stack;
  const idOf = (name: string): string => stack.resource(name).id ?? "";
  const writes = () =>
    emulator.control
      .requests()
      .filter(({ method, path }) => method !== "GET" && path.includes("/audiences") && !path.endsWith("bulk-get"))
      .map(({ method, path }) => `${method} ${path.replace("/data/core/ups", "")}`);

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false, clock: "manual" });
    stack = await createStack({
      env: { ...emulator.environment, ...UNLIMITED },
      program: program(door),
      files: WITH_PLUGIN,
    });
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });
  beforeEach(() => emulator.control.clearRequests());

  it("are made in the order of their references, with the merge policy of the sandbox", async () => {
    const run = await stack.up();
    expect(run.changes).toEqual({ create: 3 });
    expect(writes()).toEqual(["POST /audiences", "POST /audiences"]);
    const [home, loyal] = emulator.control.audiences();
    expect(home).toMatchObject({ id: idOf("home"), name: "At home", mergePolicy: "Dataset Precedence Merge Policy" });
    expect(loyal).toMatchObject({ id: idOf("loyal"), dependencies: [idOf("home")], labels: ["core/C1"] });
    expect(emulator.control.jobs()[0]?.segmentIds).toEqual([idOf("home"), idOf("loyal")]);
  });

  it("send nothing where nothing differs, and show no drift", async () => {
    expect((await stack.up()).changes).toEqual({ same: 3 });
    expect(emulator.control.requests()).toEqual([]);
    expect((await stack.refresh()).changes).toEqual({ same: 3 });
  });

  it("keep their IDs and run no job anew where only an expression changes", async () => {
    const before = idOf("home");
    stack.setProgram(program(door, "'homeAddress.countryISO = \"DE\"'"));
    const run = await stack.up();
    expect(run.changes).toEqual({ same: 2, update: 1 });
    expect(writes()).toEqual([`PATCH /audiences/${before}`]);
    expect(idOf("home")).toBe(before);
  });

  it("are judged in the preview of a job by what the update makes of them", async () => {
    stack.setProgram(program(door, "'homeAddress.countryISO = \"DE\"'", "edge", 2));
    const run = await stack.preview();
    expect(run.output).toContain(
      `the audience "At home" (${idOf("home")}) may not run as you expect: its evaluation becomes "edge"`,
    );
    expect(run.output).not.toContain('the audience "Loyal"');
    expect(writes()).toEqual([]);
  });

  it("are deleted last of those that they are named by", async () => {
    emulator.control.editJob(idOf("run"), { status: "SUCCEEDED" });
    const [home, loyal] = [idOf("home"), idOf("loyal")];
    await stack.destroy();
    expect(writes()).toEqual([`DELETE /audiences/${loyal}`, `DELETE /audiences/${home}`]);
    expect(emulator.control.audiences()).toEqual([]);
  });
});
