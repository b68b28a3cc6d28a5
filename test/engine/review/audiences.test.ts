/**
 * The review and the drift of audiences as the real engine tells of them: dynamic resources and those of the plugin in one stack, beside a
 * segment and a job.
 */
import { driftCommand } from "../../../cli/drift";
import { markdown } from "../../../cli/review/markdown/markdown";
import { createReport } from "../../../cli/review/report/create-report";
import { startEmulator, type Emulator } from "../../../emulator";
import { pulumiEnvironment } from "../harness/project";
import { createStack, type Stack } from "../harness/stack";
import { WITH_PLUGIN } from "../native/project";
import { deviceIs, UNLIMITED } from "../programs";
import { expectGolden, withoutIds } from "./golden";

const POLICY = "Profile Default Merge Policy";
const OTHER_POLICY = "Dataset Precedence Merge Policy";
const BOUGHT = 'CHAIN(xEvent, timestamp, [A: WHAT(eventType = "commerce.purchases") WHEN(<= 24 hours before now)])';

/** The same resources through both doors: `tablet` is a dynamic one, `tabletNative` one of the plugin. */
const program = (canadians: object, buyers: object, more = "") => `
const pulumi = require("@pulumi/pulumi");
const doors = { "": require("pulumi-cja"), Native: require("pulumi-cja/native") };
for (const [door, cja] of Object.entries(doors)) {
  const canadians = new cja.Audience("canadians" + door, { name: "Canadians" + door, sandbox: "dev", ...${JSON.stringify(canadians)} });
  new cja.Audience("buyers" + door, {
    name: "Buyers" + door,
    sandbox: "dev",
    expression: pulumi.interpolate\`inSegment("\${canadians.id}") and ${BOUGHT}\`,
    ...${JSON.stringify(buyers)},
  });
  ${more}
}`;
const CANADIANS = { expression: 'homeAddress.countryISO = "CA"', mergePolicy: POLICY, lifecycle: "published" };
const NEW = `
  const segment = new cja.Segment("mobile" + door, { name: "Mobile", dataViewId: "dv_dev", definition: ${JSON.stringify(deviceIs("Phone"))} });
  new cja.Audience("young" + door, { name: "Young" + door, sandbox: "dev", expression: "person.birthYear > 2000" });
  new cja.SegmentJob("nightly" + door, { segmentIds: [canadians.id], sandbox: "dev", waitForCompletion: false });`;

let emulator: Emulator;
let stack: Stack;
const idOf = (resource: string) => stack.resource(resource).id ?? "";
const edit = (resource: string, patch: Parameters<Emulator["control"]["editAudience"]>[1]) =>
  ["", "Native"].forEach((door) => emulator.control.editAudience(idOf(`${resource}${door}`), patch));

beforeAll(async () => {
  emulator = await startEmulator({ limits: false, clock: "manual" });
  emulator.control.setClock({ now: "2026-11-20T09:00:00Z" });
  stack = await createStack({
    env: { ...emulator.environment, ...UNLIMITED },
    files: WITH_PLUGIN,
    program: program(CANADIANS, { evaluation: "streaming", labels: ["C1"] }),
  });
  await stack.up();
});
afterAll(async () => {
  await stack.dispose();
  await emulator.close();
});

const reviewOf = (stdout: string) => withoutIds(markdown(createReport([{ name: "preview.json", text: stdout }])));

/** `pulumi-cja drift`, as a schedule runs it. */
async function drift() {
  const told = { status: 0, output: "" };
  const command = driftCommand({
    write: (text) => (told.output += text),
    exit: (status) => (told.status = status),
    environment: { ...pulumiEnvironment(stack.folder), ...emulator.environment, ...UNLIMITED },
  });
  await command.parseAsync(["--stack", stack.name, "--cwd", stack.folder], { from: "user" });
  return { ...told, output: withoutIds(told.output) };
}

test("a plan that changes audiences, and makes more beside a segment and a job", async () => {
  const changed = {
    ...CANADIANS,
    expression: 'homeAddress.countryISO = "CA" and person.birthYear >= 1990',
    mergePolicy: OTHER_POLICY,
    lifecycle: "inactive",
  };
  stack.setProgram(program(changed, { evaluation: "streaming", labels: ["C2"], description: "As of today" }, NEW));
  const { stdout } = await stack.preview({ args: ["--json"] });
  expectGolden("audiences-change.md", reviewOf(stdout));
});

test("a plan without them", async () => {
  stack.setProgram("");
  const { stdout } = await stack.preview({ args: ["--json"] });
  expectGolden("audiences-delete.md", reviewOf(stdout));
});

test("nothing is told where nothing was changed, by the program or elsewhere", async () => {
  stack.setProgram(program(CANADIANS, { evaluation: "streaming", labels: ["C1"] }));
  expect((await stack.preview({ args: ["--json", "--expect-no-changes", "--refresh"] })).stdout).not.toContain(
    '"update"',
  );
  expect(await drift()).toMatchObject({ status: 0 });
});

test("edits in the UI, and an audience that the service has turned from streaming into batch", async () => {
  edit("canadians", { expression: 'homeAddress.countryISO = "US"', mergePolicy: OTHER_POLICY });
  edit("buyers", { evaluation: "batch" });
  const { status, output } = await drift();
  expect(status).toBe(7);
  expectGolden("audiences-drift-alone.txt", output);
  const { stdout } = await stack.preview({ args: ["--json", "--refresh"] });
  expectGolden("audiences-drift.md", reviewOf(stdout));
});

test("an audience that is gone", async () => {
  ["", "Native"].forEach((door) => emulator.control.deleteAudience(idOf(`buyers${door}`)));
  const { status, output } = await drift();
  expect(status).toBe(7);
  expect(output.match(/Deleted elsewhere: Buyers\w* in the sandbox dev/g)).toHaveLength(2);
});
