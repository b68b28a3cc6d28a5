import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Run, type Stack } from "./harness/stack";
import { TYPE_TOKENS } from "../../model/resource-kinds";
import { DOORS } from "./doors/door";
import { programOf, WITH_PLUGIN } from "./native/project";
import { deviceIs, UNLIMITED } from "./programs";

// What a user sees of mistakes that only the service can tell.

let emulator: Emulator;
let stack: Stack;
const good = { name: "Good", dataViewId: "dv_dev", definition: deviceIs("Phone") };

const errorsOf = (run: Run) =>
  run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
const printed = (run: Run) =>
  run.diagnostics
    .filter(({ severity }) => severity === "info#err")
    .flatMap(({ message }) => message.trim().split("\n"));
const writes = () =>
  emulator.control.requests().filter(({ method, path }) => method !== "GET" && !/\/ims\/|\/validate$/.test(path));
beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  emulator.control.addSegment({ ...good, id: "s_deleted", name: "Deleted", deleted: true });
  stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: "", files: WITH_PLUGIN });
});
beforeEach(() => emulator.control.clearRequests());
afterAll(async () => {
  await stack.dispose();
  await emulator.close();
});

// The other mistakes of this kind: test/engine/doors. Here is how the engine shows one.
test.each(DOORS)("a segment to adopt that is missing is refused in the preview (%s)", async (door) => {
  stack.setProgram(programOf(door, { it: ["Segment", { ...good, adoptId: "s_none" }] }));
  const run = await stack.preview({ fails: true });
  expect(writes()).toEqual([]);
  expect(printed(run)).toEqual([]);
  expect(errorsOf(run)).toEqual([
    `${TYPE_TOKENS.Segment[door]} resource 'it' has a problem: adoptId: found "s_none", but there is no such segment, or it is deleted; ` +
      "correct the ID, or remove adoptId to create a new segment",
  ]);
});

test.each(DOORS)("reading what is missing or deleted fails, each with its reason (%s)", async (door) => {
  stack.setProgram(`${programOf(door, {})}
    cja.Segment.get("missing", "s_none");
    cja.Segment.get("deleted", "s_deleted");
    cja.SegmentJob.get("job", "j_none", { sandbox: "dev" });`);
  const run = await stack.preview({ fails: true });
  const gone =
    "there is no such segment, or it is deleted. Check the ID and the organisation (cja:orgId). If the request names no ID, check the URLs in the settings (cja:cjaUrl, cja:platformUrl).";
  expect(errorsOf(run)).toEqual(
    expect.arrayContaining([
      `Preview failed: Could not read segment s_none: ${gone}`,
      `Preview failed: Could not read segment s_deleted: ${gone}`,
      'Preview failed: Could not read segment job j_none: there is no such job in the sandbox "dev". ' +
        "Check the ID. For a job in another sandbox, give SegmentJob.get the option sandbox.",
    ]),
  );
  // Pulumi's host prints the error, too, which points to the other.
  const elsewhere = ["segment s_none", "segment s_deleted", "segment job j_none"].map(
    (what) => `Could not read ${what}: see the error reported on the resource`,
  );
  expect(new Set(printed(run))).toEqual(new Set(door === "dynamic" ? elsewhere : []));
});
