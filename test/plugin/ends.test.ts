import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startEmulator, type Emulator } from "../../emulator";
import { deviceIs, UNLIMITED } from "../engine/programs";
import { build } from "../faults/host";
import { startPluginProcess, type PluginProcess } from "../provider-process/plugin-process";

const SEGMENT = "cja:index:Segment";
const args = (name: string) => ({ name, dataViewId: "dv_dev", definition: deviceIs(name) });
const until = async (holds: () => boolean) => {
  while (!holds()) await pause(20);
};
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("a plugin whose run ends", () => {
  let emulator: Emulator;
  let stateHome: string;
  let plugin: PluginProcess;
  const start = () => startPluginProcess({ stateHome, environment: { ...emulator.environment, ...UNLIMITED } });
  const creations = () =>
    emulator.control.requests().filter(({ method, path }) => method === "POST" && path === "/segments").length;
  const make = (name: string) => plugin.resource(SEGMENT, name).create(args(name));
  const messageOf = (run: Promise<unknown>) =>
    run.then(
      () => "it was answered",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );

  beforeAll(async () => {
    await build();
    emulator = await startEmulator({ limits: false });
    stateHome = mkdtempSync(join(tmpdir(), "pulumi-cja-ends-"));
  });
  beforeEach(async () => {
    emulator.control.clearRequests();
    plugin = await start();
  });
  afterEach(() => plugin.kill());
  afterAll(async () => {
    await emulator.close();
    rmSync(stateHome, { recursive: true, force: true });
  });

  test("finishes a creation that is under way", async () => {
    emulator.control.addFault({ method: "POST", path: "^/segments$", delayMs: 1_000 });
    const made = make("made");
    await until(() => creations() === 1);
    await plugin.cancel();
    const { id } = await made;
    expect(emulator.control.segments()).toMatchObject([{ id, name: "made" }]);
  });

  test("begins nothing that has to wait", async () => {
    emulator.control.addFault({ method: "POST", path: "^/segments$", status: 429, headers: { "retry-after": "20" } });
    const refused = messageOf(make("refused"));
    await until(() => plugin.stderr.some((line) => line.includes("trying again")));
    await plugin.cancel();
    expect(await refused).toContain("the run was cancelled");
    expect(creations()).toBe(1);
  });

  test("waits again in the run after that, where it outlives the first one", async () => {
    await plugin.cancel();
    await plugin.configure();
    emulator.control.addFault({ method: "POST", path: "^/segments$", status: 429, headers: { "retry-after": "1" } });
    const { id } = await make("later");
    expect(emulator.control.segments().map((segment) => segment.id)).toContain(id);
  });

  test("ends when its engine is gone", async () => {
    plugin.killEngine();
    await until(() => !isRunning(plugin.pid));
  });
});
