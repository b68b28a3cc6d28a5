import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { exportCommand } from "../../cli/export/command";
import { startEmulator, type Emulator } from "../../emulator";
import { pulumiEnvironment } from "./harness/project";
import { Stack } from "./harness/stack";
import { deviceIs, UNLIMITED } from "./programs";

// One stack in steps; each test begins where the one before it ended.
describe("a program that adoptId was taken out of, after the first up", () => {
  let emulator: Emulator;
  let folder: string;
  let stack: Stack;
  let ids: string[];

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false });
    ids = ["Mobile visitors", "Big spenders", "Cart abandoners"].map(
      (name) => emulator.control.addSegment({ name, dataViewId: "dv_dev", definition: deviceIs(name) }).id,
    );
    const parent = resolve(__dirname, "../../.tmp/engine");
    mkdirSync(parent, { recursive: true });
    folder = mkdtempSync(join(parent, "export-merge-"));
    await exported();
    for (const path of ["backend", "events"]) mkdirSync(join(folder, path), { recursive: true });
    const env = { ...emulator.environment, ...UNLIMITED, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    stack = new Stack(folder, { env, name: "dev", project: "dv-dev" });
    await stack.pulumi(["stack", "init", "dev"]);
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function exported(...args: readonly string[]): Promise<string> {
    let written = "";
    const command = exportCommand({
      write: (text) => void (written += text),
      log: () => undefined,
      environment: { ...pulumiEnvironment(folder), ...emulator.environment, ...UNLIMITED },
      now: Date.now,
    });
    await command.exitOverride().parseAsync(["--data-view", "dv_dev", "--out", folder, ...args], { from: "user" });
    return written;
  }

  const files = () => readdirSync(join(folder, "segments")).map((name) => join(folder, "segments", name));
  const live = () => emulator.control.segments().flatMap(({ id, deleted }) => (deleted ? [] : [id]));

  test("tells the IDs of its segments as output", async () => {
    expect((await stack.up()).changes).toMatchObject({ create: 3 });
    const { stdout } = await stack.pulumi(["stack", "output", "segments"]);
    expect(Object.values(JSON.parse(stdout) as object).sort()).toEqual([...ids].sort());
  });

  test("is not exported again without its stack, and with it nothing is there twice", async () => {
    for (const path of files()) writeFileSync(path, readFileSync(path, "utf8").replace(/^ *adoptId: .*\n/m, ""));
    await stack.up();
    await expect(exported("--merge")).rejects.toThrow(/has no adoptId, and may be the segment .* or give --stack NAME/);
    emulator.control.editSegment(ids[0] ?? "", { name: "Phones" });
    expect(await exported("--merge", "--stack", "dev", "--cwd", folder)).toContain("0 new, 3 changed");
    expect(files()).toHaveLength(3);
  });

  test("deletes nothing then, and writes nothing that is at Adobe already", async () => {
    emulator.control.clearRequests();
    const run = await stack.up({ preview: true, args: ["--refresh"] });
    expect(run.changes["delete"] ?? 0).toBe(0);
    expect(run.changes["create"] ?? 0).toBe(0);
    expect(live().sort()).toEqual([...ids].sort());
    const writes = emulator.control
      .requests()
      .filter(({ method, path }) => method !== "GET" && path.startsWith("/segments") && !path.endsWith("/validate"));
    expect(writes).toEqual([]);
    expect(await exported("--merge")).toContain("0 new, 0 changed");
  });
});
