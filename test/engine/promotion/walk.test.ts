/** The README of examples/promotion, walked literally, with the test of docs/testing.md on the program that the walk makes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import { UNLIMITED } from "../programs";
import { blocksOf, checkout, Walk } from "../walk";
import { writesOf } from "./writes";

const README = "examples/promotion/README.md";
let emulator: Emulator;
let walk: Walk;

const inView = (dataViewId: string) =>
  emulator.control
    .segments()
    .filter((segment) => segment.dataViewId === dataViewId && !segment.deleted)
    .map(({ name }) => name)
    .sort();

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  walk = await Walk.start(README, { ...emulator.environment, ...UNLIMITED });
});
afterAll(async () => {
  walk.dispose();
  await emulator.close();
});

it("copy and install, then bring what is in the UI under code, and install there", async () => {
  await walk.next();
  // What the README does without an account: the emulator runs already.
  const [, makeSegments = ""] = blocksOf(readFileSync(join(checkout, README), "utf8"), "bash").flat();
  await walk.run([makeSegments]);
  expect(await walk.next()).toContain("3 segments exported");
  expect(walk.read("Pulumi.yaml")).toMatch(/^name: shop$/m);
});

it("take it over: nothing is written at Adobe", async () => {
  expect(await walk.next()).toContain("4 created");
  expect(writesOf(emulator)).toEqual([]);
});

it("change something, and have it reviewed", async () => {
  expect(await walk.next()).toContain("Mobile Phone");
  const changed = emulator.control.segments().find(({ name }) => name === "Mobile");
  expect(JSON.stringify(changed?.definition)).toContain('"Mobile Phone"');
});

it("see whether stage has what they use, and promote", async () => {
  await walk.next();
  expect(inView("dv_stage")).toEqual([]);
  await walk.next();
  for (const view of ["dv_stage", "dv_prod"]) expect(inView(view)).toEqual(["Mobile", "Old campaign", "Pages"]);
});

it("bring over what was made in the UI since", async () => {
  const [{ definition } = { definition: undefined }] = emulator.control.segments();
  emulator.control.addSegment({ name: "Made since", dataViewId: "dv_dev", definition });
  expect(await walk.next()).toContain("4 segments exported");
  expect(walk.read("index.ts")).toContain("made-since");
});

it("compare: all the same, and nothing in the UI only", async () => {
  expect(await walk.next()).toContain("3 the same");
});

it("delete a protected segment", async () => {
  await walk.next();
  expect(inView("dv_dev")).toEqual(["Made since", "Mobile", "Pages"]);
});

it("a test of one's own, with what docs/testing.md says of such a program", async () => {
  const page = readFileSync(join(checkout, "docs/testing.md"), "utf8");
  const [test = ""] = blocksOf(page, "js").map((lines) => lines.join("\n"));
  walk.write("segments.test.mjs", test.replace(/^const NAME = .*$/m, 'const NAME = "Mobile";'));
  const environment = / `(test: \{.*?\})`/.exec(page)?.[1] ?? "";
  walk.write("environments.yaml", `${walk.read("environments.yaml")}\n${environment}\n`);
  expect(await walk.run(["node --test"])).toContain("# pass 1");
});

const audiencesIn = (place: string) =>
  emulator.control.audiences().filter(({ sandbox, name }) => sandbox === place && /customers$/i.test(name));

it("take audiences from sandbox to sandbox", async () => {
  await walk.next();
  for (const sandbox of ["dev", "stage"]) {
    const [customers, loyal] = audiencesIn(sandbox);
    expect([customers?.name, loyal?.name, loyal?.dependencies]).toEqual([
      "Customers",
      "Loyal customers",
      [customers?.id],
    ]);
  }
});

it("change one, and have it reviewed", async () => {
  expect(await walk.next()).toMatch(/gold[^]*platinum/);
  const tiers = ["dev", "stage"].map((sandbox) => JSON.stringify(audiencesIn(sandbox)));
  expect(tiers.map((text) => text.includes("platinum"))).toEqual([false, true]);
});

it("run them", async () => {
  await walk.next();
  const [job] = emulator.control.jobs();
  expect(job).toMatchObject({
    sandbox: "stage",
    segmentIds: expect.arrayContaining(audiencesIn("stage").map(({ id }) => id)) as unknown,
  });
});

it("ends there", () => expect(walk.left).toBe(0));
