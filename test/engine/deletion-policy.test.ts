import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "./harness/stack";
import { deviceIs, program, UNLIMITED } from "./programs";

const used = { name: "Used", dataViewId: "dv_dev", definition: deviceIs("Phone"), deletionPolicy: "refuseIfUsed" };
const kept = { name: "Kept", dataViewId: "dv_dev", definition: deviceIs("Phone"), deletionPolicy: "retain" };

// Each test goes on where the one before it stopped.
describe("what happens to a segment when its resource goes", () => {
  let emulator: Emulator;
  let stack: Stack;

  const want = (change: object, keptChange: object = {}) =>
    stack.setProgram(
      program({ used: ["Segment", { ...used, ...change }], kept: ["Segment", { ...kept, ...keptChange }] }),
    );
  const idOf = (name: string) => stack.resource(name).id as string;
  const deleted = () => emulator.control.requests().filter(({ method }) => method === "DELETE").length;
  const there = () =>
    emulator.control
      .segments()
      .filter((segment) => !segment.deleted)
      .map(({ name, dataViewId }) => `${name} ${dataViewId}`)
      .sort();

  beforeAll(async () => {
    emulator = await startEmulator({ dialect: "reference", limits: false });
    const text = program({ used: ["Segment", used], kept: ["Segment", kept] });
    stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: text });
    await stack.up();
    emulator.control.setUses(idOf("used"), [
      { type: "project", id: "44444444444", name: "Example Customer Analysis" },
      { type: "segment", id: "s1_abc", name: "Mobile buyers" },
    ]);
  });
  beforeEach(() => emulator.control.clearRequests());
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  const users =
    'it is used by the project "Example Customer Analysis" (44444444444), the segment "Mobile buyers" (s1_abc)';

  test("a replacement of a used one is refused in the preview, and its users are named", async () => {
    want({ dataViewId: "dv_stage" });
    const run = await stack.preview({ fails: true });
    expect(run.output).toContain(`${users}, and its deletionPolicy is "refuseIfUsed"`);
    expect(run.output).toContain("Nothing was created or deleted. Remove it from what uses it");
    await stack.up({ fails: true });
    expect(there()).toEqual(["Kept dv_dev", "Used dv_dev"]);
  });

  test("a destroy is refused before it deletes anything, or forgets what is retained", async () => {
    const run = await stack.destroy({ fails: true });
    expect(run.output).toContain(`${users}, and its deletionPolicy is "refuseIfUsed". This run deleted nothing.`);
    expect(run.output).toContain("another deletion of this run would fail, so this run deletes nothing");
    expect(deleted()).toBe(0);
    expect(
      stack
        .resources()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["kept", "used"]);
  });

  test("another policy takes one up, which writes nothing", async () => {
    emulator.control.setUses(idOf("used"), []);
    const id = idOf("kept");
    stack.setProgram(program({ used: ["Segment", { ...used, deletionPolicy: "retain" }] }));
    const run = await stack.up({ preview: true });
    expect(run.changes).toEqual({ update: 1, delete: 1 });
    expect(run.output).toContain(
      `Segment ${id} "Kept" stays in Customer Journey Analytics: its deletionPolicy is "retain".`,
    );
    expect(emulator.control.requests()).toEqual([]);
    stack.setProgram(program({ used: ["Segment", used] }));
    await stack.up();
  });

  test("one that nothing uses is replaced and deleted", async () => {
    stack.setProgram(program({ used: ["Segment", { ...used, dataViewId: "dv_stage" }] }));
    expect((await stack.up({ preview: true })).changes).toEqual({ replace: 1 });
    expect(there()).toEqual(["Kept dv_dev", "Used dv_stage"]);
    await stack.destroy();
    expect(there()).toEqual(["Kept dv_dev"]);
  });
});
