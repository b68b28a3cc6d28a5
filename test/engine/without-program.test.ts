import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "./harness/stack";
import { AUDIENCES, deviceIs, program, UNLIMITED } from "./programs";

describe("a stack whose program and secret have moved on", () => {
  let folder: string;
  let emulator: Emulator;
  let stack: Stack;
  const start = (clientSecret: string, port = 0) =>
    startEmulator({ port, clientSecret, limits: false, stateFile: join(folder, "content.json") });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-cja-"));
    emulator = await start("the-first-secret");
    const { CJA_CLIENT_SECRET: _secret, ...rest } = emulator.environment;
    stack = await createStack({
      env: { ...rest, ...UNLIMITED },
      program: program({
        mobile: ["Segment", { name: "Mobile", dataViewId: "dv_dev", definition: deviceIs("Phone") }],
        job: ["SegmentJob", { segmentIds: AUDIENCES }],
      }),
    });
    await stack.setConfig({ "cja:clientSecret": "the-first-secret" }, { secret: true });
    await stack.up();
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
    rmSync(folder, { recursive: true });
  });

  test("refreshes while the program does not compile", async () => {
    stack.setProgram("this is not JavaScript");
    emulator.control.editSegment(stack.resource("mobile").id as string, { name: "By hand" });
    const run = await stack.refresh();
    expect(stack.resource("mobile").outputs).toMatchObject({ name: "By hand" });
    expect(run.code).toBe(0);
  });

  test("takes a rotated secret from the environment, although its state remembers the old one", async () => {
    const port = Number(new URL(emulator.url).port);
    await emulator.close();
    emulator = await start("the-second-secret", port);
    const refused = await stack.refresh({ fails: true });
    expect(refused.output).toContain("CJA_CLIENT_SECRET");
    await stack.destroy({ env: { CJA_CLIENT_SECRET: "the-second-secret" } });
    expect(stack.resources()).toEqual([]);
    expect(emulator.control.segments().every(({ deleted }) => deleted)).toBe(true);
  });
});
