/** What commands know of stacks whose segments went through the plugin, beside dynamic ones: `pulumi` itself is a script that prints a recorded state. */
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { exportCommand } from "../../../cli/export/command";
import { unmanagedCommand } from "../../../cli/unmanaged";
import { startEmulator, type Emulator } from "../../../emulator";
import { TYPE_TOKENS } from "../../../model/resource-kinds";
import { deviceIs, UNLIMITED } from "../../engine/programs";

const STATE = join(__dirname, "review/recorded/both-doors-state.json");

interface Kept {
  readonly type: string;
  readonly id: string;
  readonly urn: string;
}
const kept = (JSON.parse(readFileSync(STATE, "utf8")) as { deployment: { resources: Kept[] } }).deployment.resources;
const idsOf = (type: string) => kept.filter((one) => one.type === type).map(({ id }) => id);

(process.platform === "win32" ? describe.skip : describe)("segments that a stack has through either door", () => {
  const all = [...idsOf(TYPE_TOKENS.Segment.dynamic), ...idsOf(TYPE_TOKENS.Segment.native)];
  let emulator: Emulator;
  let folder: string;
  let written: string;
  let status: number | undefined;
  const terminal = () => ({
    write: (text: string) => void (written += text),
    log: () => undefined,
    exit: (code: number) => void (status = code),
    environment: {
      ...{ ...emulator.environment, ...UNLIMITED, XDG_STATE_HOME: folder },
      PATH: `${join(folder)}${delimiter}${process.env["PATH"] ?? ""}`,
    },
    now: () => 0,
  });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-cja-native-states-"));
    const pulumi = join(folder, "pulumi");
    writeFileSync(pulumi, `#!/bin/sh\ncat '${STATE}'\n`);
    chmodSync(pulumi, 0o755);
    emulator = await startEmulator({ limits: false });
    for (const id of [...all, "s_by_hand"])
      emulator.control.addSegment({ id, name: `The segment ${id}`, dataViewId: "dv_dev", definition: deviceIs(id) });
  });
  beforeEach(() => {
    written = "";
    status = undefined;
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true });
  });

  test("are of both kinds", () => {
    expect(idsOf(TYPE_TOKENS.Segment.native).length).toBeGreaterThan(1);
    expect(idsOf(TYPE_TOKENS.Segment.dynamic).length).toBeGreaterThan(0);
  });

  test("are none that unmanaged lists", async () => {
    const args = ["--data-view", "dv_dev", "--stack", "dev", "--format", "json"];
    await unmanagedCommand(terminal()).parseAsync(args, { from: "user" });
    expect((JSON.parse(written) as { id: string }[]).map(({ id }) => id)).toEqual(["s_by_hand"]);
    expect(status).toBe(2);
  });

  test("are left out of what export --stack writes", async () => {
    const out = join(folder, "program");
    const args = ["--data-view", "dv_dev", "--out", out, "--stack", "dev"];
    await exportCommand(terminal()).exitOverride().parseAsync(args, { from: "user" });
    expect(written).toContain(`${all.length} that the stack dev already has`);
    const files = readdirSync(join(out, "segments"));
    expect(files).toHaveLength(1);
    expect(readFileSync(join(out, "segments", files[0] ?? ""), "utf8")).toContain("s_by_hand");
  });
});
