/** The README of examples/gitops, walked literally. */
import { startEmulator, type Emulator } from "../../../emulator";
import { UNLIMITED } from "../programs";
import { Walk } from "../walk";

let emulator: Emulator;
let walk: Walk;

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  // The sandbox is the stack's own, as Pulumi.<stack>.yaml has it.
  const { CJA_SANDBOX: _, ...settings } = emulator.environment as Record<string, string>;
  walk = await Walk.start("examples/gitops/README.md", { ...settings, ...UNLIMITED });
});
afterAll(async () => {
  walk.dispose();
  await emulator.close();
});

const writes = () =>
  emulator.control.requests().filter(({ method, path }) => method !== "GET" && !/token|validate|bulk-get/.test(path));

it("copy and install", async () => {
  await walk.next();
  expect(walk.standsIn).toBe("segments");
});

it("make the stacks, under another name of the project", async () => {
  walk.write("Pulumi.yaml", walk.read("Pulumi.yaml").replace("name: gitops", "name: shop"));
  await walk.next();
  expect(walk.read("Pulumi.dev.yaml")).toContain("7863c010-e092-41c8-ae5e-9e533186752e");
});

it("try it: two segments and a run, and nothing is written", async () => {
  expect(await walk.next()).toContain("Big spenders");
  expect(writes()).toEqual([]);
});

it("commit it: with the tarball and the lock file, without what was installed", async () => {
  const output = await walk.next();
  for (const file of ["pulumi-cja-0.1.0.tgz", "package-lock.json", "Pulumi.stage.yaml"]) expect(output).toContain(file);
  expect(output).not.toMatch(/node_modules|dev\.json/);
});

it("deploy and watch", async () => {
  expect(await walk.next()).toContain("unchanged");
  expect(emulator.control.segments().map(({ dataViewId }) => dataViewId)).toEqual(["dv_dev", "dv_dev"]);
  expect(emulator.control.jobs()).toMatchObject([
    { sandbox: "dev", segmentIds: ["7863c010-e092-41c8-ae5e-9e533186752e"] },
  ]);
});

it("stops, and says what to set, where a stack has no audiences", async () => {
  walk.write("Pulumi.test.yaml", walk.read("Pulumi.dev.yaml").replace(/^ +segments:audiences:\n +- .*\n/m, ""));
  const output = await walk.run(["pulumi stack init test", "pulumi preview --stack test # ends with 1"]);
  expect(output).toContain("segments:audiences is not set for the stack test.");
  expect(output).toContain("pulumi config set --stack test --path 'segments:audiences[0]' ID");
  const [set = ""] = /pulumi config set .*'\[\]'/.exec(output) ?? [];
  expect(await walk.run([set, "pulumi preview --stack test"])).not.toContain("SegmentJob");
});

it("ends there", () => expect(walk.left).toBe(0));
