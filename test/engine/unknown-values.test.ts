import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "./harness/stack";
import { deviceIs, UNLIMITED } from "./programs";

/** Two segments; the ID of the first stands inside the definition of the second. */
const chained = (dataViewId: string) => `
const cja = require("pulumi-cja");
const first = new cja.Segment("first", { name: "First", dataViewId: "${dataViewId}", definition: ${JSON.stringify(deviceIs("Phone"))} });
const second = new cja.Segment("second", {
  name: "Second",
  dataViewId: "dv_dev",
  definition: {
    func: "segment",
    version: [1, 0, 0],
    container: { func: "container", context: "hits", pred: { func: "streq", str: first.id, val: { func: "attr", name: "variables/segment" } } },
  },
});
exports.firstId = first.id;
`;

describe("values that a preview does not know yet", () => {
  let emulator: Emulator;
  let stack: Stack;
  const inSecond = () => JSON.stringify(emulator.control.segments().find(({ name }) => name === "Second")?.definition);
  const sent = (path: RegExp) => emulator.control.requests().filter((request) => path.test(request.path)).length;

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false });
    stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: chained("dv_dev") });
  });
  beforeEach(() => emulator.control.clearRequests());
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("are no mistakes: a segment whose definition waits for another's ID is previewed and made", async () => {
    const preview = await stack.preview();
    expect(preview.changes).toEqual({ create: 2 });
    // Only the first definition is known, so only it is shown to the service.
    expect(sent(/validate/)).toBe(1);
    await stack.up();
    expect(inSecond()).toContain(stack.resource("first").id);
  });

  test("become an update where the ID behind them will change", async () => {
    stack.setProgram(chained("dv_stage"));
    const preview = await stack.preview();
    expect(preview.steps.filter(({ op }) => op !== "same").map(({ name, op }) => `${name} ${op}`)).toContain(
      "second update",
    );
    await stack.up();
    const { id } = stack.resource("first");
    expect(emulator.control.segments().find((segment) => segment.id === id)?.dataViewId).toBe("dv_stage");
    expect(inSecond()).toContain(id);
  });
});
