/** examples/promotion as it stands, in two of its stacks. */
import { cpSync, mkdirSync, mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import { Stack } from "../harness/stack";
import { AUDIENCES, UNLIMITED } from "../programs";

const root = resolve(__dirname, "../../..");

let emulator: Emulator;
let folder: string;
const stacks: Stack[] = [];

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  mkdirSync(join(root, ".tmp/engine"), { recursive: true });
  folder = mkdtempSync(join(root, ".tmp/engine/promotion-example-"));
  cpSync(join(root, "examples/promotion"), folder, { recursive: true });
  for (const path of ["backend", "events"]) mkdirSync(join(folder, path));
});
afterAll(async () => {
  for (const stack of stacks) await stack.dispose();
  await emulator.close();
});

it.each([
  ["dev", "dv_dev", "variables/page", AUDIENCES[0], "Dataset Precedence Merge Policy"],
  [
    "prod",
    "dv_prod",
    "variables/web.webPageDetails.name",
    "54669488-03ab-4e0d-a694-37fe49e32be8",
    "Profile Default Merge Policy",
  ],
] as const)(
  "%s has its own data view, dimensions, sandbox, audience and merge policy",
  async (name, dataViewId, page, audience, policy) => {
    // The sandbox is the stack's own, as Pulumi.<stack>.yaml has it.
    const { CJA_SANDBOX: _, ...settings } = emulator.environment as Record<string, string>;
    const stack = new Stack(folder, {
      env: { ...settings, ...UNLIMITED, PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
      name,
      project: "promotion",
    });
    stacks.push(stack);
    await stack.pulumi(["stack", "init", name]);
    await stack.setConfig({ "segments:release": "2026-11" });
    expect((await stack.up()).changes).toEqual({ create: 6 });
    const made = emulator.control.segments().filter((segment) => segment.dataViewId === dataViewId);
    expect(made.map((segment) => segment.name).sort()).toEqual(["Buyers", "On phones", "Read before buying"]);
    const read = made.find((segment) => segment.name === "Read before buying");
    expect(JSON.stringify(read?.definition)).toContain(`"${page}"`);
    const job = emulator.control.jobs().find(({ id }) => id === stack.resource("evaluation").id);
    const [customers, loyal] = ["customers", "loyal-customers"].map((resource) => stack.resource(resource).id);
    expect([job?.sandbox, job?.segmentIds]).toEqual([name, [customers, loyal, audience]]);
    const found = emulator.control.audiences().find(({ id }) => id === loyal);
    expect(found).toMatchObject({ sandbox: name, dependencies: [customers], mergePolicy: policy });
  },
);
