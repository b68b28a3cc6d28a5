import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { exportCommand } from "../../../../cli/export/command";
import { startEmulator, type Emulator } from "../../../../emulator";
import { deviceIs, UNLIMITED } from "../../../engine/programs";
import { registeredBy } from "./programs";

const MOBILE = "mobile-visitors-000001";
const BASKETS = "big-baskets-000002";

const onWindows = process.platform === "win32";

describe.each(["typescript", "json"] as const)("a segment that a program has already, as %s", (format) => {
  let emulator: Emulator;
  let folder: string;
  let out: string;
  let ids: Record<"mobile" | "baskets", string>;
  const stateHome = process.env["XDG_STATE_HOME"];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-cja-export-held-"));
    out = join(folder, "program");
    process.env["XDG_STATE_HOME"] = folder;
    emulator = await startEmulator({ limits: false });
    const add = (name: string) =>
      emulator.control.addSegment({ name, dataViewId: "dv_dev", definition: deviceIs(name) }).id;
    ids = { mobile: add("Mobile visitors"), baskets: add("Big baskets") };
  });
  afterEach(async () => {
    if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = stateHome;
    rmSync(folder, { recursive: true });
    await emulator.close();
  });

  async function run(...args: readonly string[]): Promise<string> {
    let written = "";
    const path = `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`;
    const command = exportCommand({
      write: (text) => void (written += text),
      log: () => undefined,
      environment: { ...emulator.environment, ...UNLIMITED, PATH: path },
      now: () => 0,
    });
    const all = ["--data-view", "dv_dev", "--out", out, "--format", format, ...args];
    await command.exitOverride().parseAsync(all, { from: "user" });
    return written;
  }

  /** What `pulumi stack export` prints of a stack with these segments, by resource. */
  function stackHas(segments: Readonly<Record<string, string>>): void {
    const resources = Object.entries(segments).map(([name, id]) => {
      const type = "pulumi-nodejs:dynamic/cja:Segment";
      return { urn: `urn:pulumi:dev::web::${type}::${name}`, type, id, outputs: { name, dataViewId: "dv_dev" } };
    });
    mkdirSync(join(folder, "bin"), { recursive: true });
    writeFileSync(join(folder, "bin/state.json"), JSON.stringify({ deployment: { resources } }));
    const pulumi = join(folder, "bin/pulumi");
    writeFileSync(pulumi, `#!/bin/sh\ncat '${join(folder, "bin/state.json")}'\n`);
    chmodSync(pulumi, 0o755);
  }

  const ending = format === "json" ? "json" : "ts";
  const fileOf = (name: string) => join(out, `segments/${name}.${ending}`);
  const files = () => readdirSync(join(out, "segments")).sort();
  const edit = (name: string, change: (text: string) => string) =>
    writeFileSync(fileOf(name), change(readFileSync(fileOf(name), "utf8")));
  const withoutId = (text: string) => text.replace(/^\s*"?adoptId"?: .*\n/m, "");
  const program = async () =>
    Object.fromEntries((await registeredBy(out)).map(({ name, inputs }) => [name, inputs["adoptId"]]));

  test("is not written a second time where its adoptId was taken out, and nothing else is", async () => {
    await run();
    edit(MOBILE, withoutId);
    const before = files();
    await expect(run("--merge")).rejects.toThrow(
      `${MOBILE}.${ending}:${format === "json" ? 1 : 4} has no adoptId, and may be the segment ${ids.mobile} "Mobile visitors": put adoptId: "${ids.mobile}" back into it, or give --stack NAME`,
    );
    expect(files()).toEqual(before);
  });

  test("is not, either, where only its name in the UI or only its resource's name is the same", async () => {
    await run();
    edit(MOBILE, (text) => withoutId(text).replaceAll("Mobile visitors", "Renamed"));
    await expect(run("--merge")).rejects.toThrow(/may be the segment/);
    emulator.control.editSegment(ids.mobile, { name: "Renamed" });
    await expect(run("--merge")).rejects.toThrow(/may be the segment/);
  });

  if (onWindows) return;

  test("is brought up to date in its file where the stack says which one it is", async () => {
    await run();
    edit(MOBILE, withoutId);
    emulator.control.editSegment(ids.mobile, { name: "Renamed in the UI" });
    stackHas({ [MOBILE]: ids.mobile, [BASKETS]: ids.baskets });
    await run("--merge", "--stack", "dev");
    expect(files()).toEqual([`${BASKETS}.${ending}`, `${MOBILE}.${ending}`]);
    expect(await program()).toEqual({ [MOBILE]: ids.mobile, [BASKETS]: ids.baskets });
    expect(readFileSync(fileOf(MOBILE), "utf8")).toContain("Renamed in the UI");
  });

  test("is left out where one of two stacks has it, under whatever name", async () => {
    stackHas({ elsewhere: ids.mobile });
    expect(await run("--stack", "dev", "other")).toContain("1 that the stacks dev, other already have");
    expect(await program()).toEqual({ [BASKETS]: ids.baskets });
  });

  test("is left out of a merge where a stack has it and the program does not", async () => {
    await run("--id", ids.baskets);
    stackHas({ elsewhere: ids.mobile, [BASKETS]: ids.baskets });
    expect(await run("--merge", "--stack", "dev")).toContain("1 that the stack dev already has");
    expect(await program()).toEqual({ [BASKETS]: ids.baskets });
  });

  test("is an error where stacks have all that a filter fits", async () => {
    stackHas({ elsewhere: ids.mobile });
    await expect(run("--stack", "dev", "--name", "Mobile*")).rejects.toThrow(/no segment is left/);
  });

  test("is another one where the stack says so", async () => {
    await run("--id", ids.baskets);
    const text = readFileSync(fileOf(BASKETS), "utf8");
    const renamed = text.replaceAll(BASKETS, MOBILE).replaceAll("bigBaskets000002", "mobileVisitors000001");
    writeFileSync(fileOf(MOBILE), withoutId(renamed));
    stackHas({ [MOBILE]: "s300000022_another" });
    await run("--merge", "--stack", "dev");
    expect(files().filter((name) => name.startsWith("mobile-visitors-"))).toHaveLength(2);
  });
});
