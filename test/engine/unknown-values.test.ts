import { startEmulator, type Emulator } from "../../emulator";
import { DOORS } from "./doors/door";
import { createStack, type Stack } from "./harness/stack";
import { WITH_PLUGIN } from "./native/project";
import { throughBothDoors } from "./program-of-both-doors";
import { deviceIs, UNLIMITED } from "./programs";

/** Two segments; the ID of the first stands inside the definition of the second. */
const chained = (dataViewId: string) =>
  throughBothDoors([
    `const first = new cja.Segment(own("first"), ownArgs({ name: "First", dataViewId: "${dataViewId}", definition: ${JSON.stringify(deviceIs("Phone"))} }));`,
    `new cja.Segment(own("second"), ownArgs({
      name: "Second",
      dataViewId: "dv_dev",
      definition: {
        func: "segment",
        version: [1, 0, 0],
        container: { func: "container", context: "hits", pred: { func: "streq", str: first.id, val: { func: "attr", name: "variables/segment" } } },
      },
    }));`,
  ]);

describe("values that a preview does not know yet", () => {
  let emulator: Emulator;
  let stack: Stack;
  const second = (door: string) =>
    JSON.stringify(emulator.control.segments().find(({ name }) => name === `Second-${door}`)?.definition);
  const sent = (path: RegExp) => emulator.control.requests().filter((request) => path.test(request.path)).length;

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false });
    const env = { ...emulator.environment, ...UNLIMITED };
    stack = await createStack({ env, program: chained("dv_dev"), files: WITH_PLUGIN });
  });
  beforeEach(() => emulator.control.clearRequests());
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("are no mistakes: a segment whose definition waits for another's ID is previewed and made", async () => {
    const preview = await stack.preview();
    expect(preview.changes).toEqual({ create: 4 });
    // Of each two only the first definition is known, so only it is shown to the service; they are equal, and each process may ask.
    expect(
      emulator.control
        .requests()
        .filter(({ path }) => path.endsWith("/validate"))
        .map(({ body }) => JSON.stringify(body)),
    ).not.toContainEqual(expect.stringContaining("variables/segment"));
    expect(sent(/validate/)).toBeGreaterThan(0);
    await stack.up();
    for (const door of DOORS) expect(second(door)).toContain(stack.resource(`first-${door}`).id);
  });

  test("become an update where the ID behind them will change", async () => {
    stack.setProgram(chained("dv_stage"));
    const preview = await stack.preview();
    const planned = preview.steps.filter(({ op }) => op !== "same").map(({ name, op }) => `${name} ${op}`);
    for (const door of DOORS) expect(planned).toContain(`second-${door} update`);
    await stack.up();
    for (const door of DOORS) {
      const { id } = stack.resource(`first-${door}`);
      expect(emulator.control.segments().find((segment) => segment.id === id)?.dataViewId).toBe("dv_stage");
      expect(second(door)).toContain(id);
    }
  });
});
