/** The README of examples/promotion, walked literally. */
import { startEmulator, type Emulator } from "../../../emulator";
import { UNLIMITED } from "../programs";
import { Walk } from "../walk";
import { writesOf } from "./writes";

let emulator: Emulator;
let walk: Walk;

const definitionOf = (context: string, pred: object) => ({
  func: "segment",
  version: [1, 0, 0],
  container: { func: "container", context, pred },
});
const attribute = (name: string) => ({ func: "attr", name: `variables/${name}` });
const inView = (dataViewId: string) =>
  emulator.control
    .segments()
    .filter((segment) => segment.dataViewId === dataViewId && !segment.deleted)
    .map(({ name }) => name)
    .sort();

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  const dimensions = ["device_type", "web.webPageDetails.name"].map((name) => ({ id: `variables/${name}`, name }));
  emulator.control.addDataView({ id: "dv_stage", name: "Stage", dimensions, metrics: [] });
  const page = definitionOf("visits", { func: "streq", str: "Offer", val: attribute("page") });
  const phone = definitionOf("visitors", { func: "streq", str: "Phone", val: attribute("device_type") });
  emulator.control.addSegment([
    { id: "s300000022_000000000000000000000001", name: "Mobile", dataViewId: "dv_dev", definition: phone },
    { id: "s300000022_000000000000000000000002", name: "Pages", dataViewId: "dv_dev", definition: page },
    { id: "s300000022_000000000000000000000003", name: "Old campaign", dataViewId: "dv_dev", definition: page },
  ]);
  walk = await Walk.start("examples/promotion/README.md", { ...emulator.environment, ...UNLIMITED });
});
afterAll(async () => {
  walk.dispose();
  await emulator.close();
});

it("copy and install, then bring what is in the UI under code, and install there", async () => {
  await walk.next();
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

it("ends there", () => expect(walk.left).toBe(0));
