import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { pageIs, planned, segmentOf } from "../unit/cli/review/plan";
import { OwnProcesses, type Ended } from "./own-process";

// What commands advise, they read: the config of the stack, where they stand in a project.

let emulator: Emulator;
let processes: OwnProcesses;
let id: string;
/** In no project: above the folders of the processes is the checkout's. */
const elsewhere = mkdtempSync(join(tmpdir(), "pulumi-cja-elsewhere-"));
const project = () => processes.path("project");

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  ({ id } = emulator.control.addSegment({ name: "Home", dataViewId: "dv_dev", definition: pageIs("Home") }));
  processes = new OwnProcesses();
  for (const folder of [processes.path("project/inner"), processes.path("bin")]) mkdirSync(folder, { recursive: true });
  writeFileSync(processes.path("project/Pulumi.yaml"), "name: web\nruntime: nodejs\n");
  const plan = planned([
    { op: "create", after: { ...segmentOf("a"), dataViewId: "dv_dev" } },
    { op: "delete", name: "gone", before: segmentOf("b"), id },
  ]);
  writeFileSync(processes.path("plan.json"), plan);
});
afterAll(async () => {
  await emulator.close();
  await processes.dispose();
  rmSync(elsewhere, { recursive: true });
});

/** A `pulumi` that is only a script: it notes how it is called, and knows one stack. */
function pulumiWith(config: Readonly<Record<string, string>> | undefined): void {
  const values = Object.entries(config ?? {}).map(([name, value]) => [name, { value, secret: false }]);
  writeFileSync(processes.path("config.json"), JSON.stringify(Object.fromEntries(values)));
  writeFileSync(processes.path("state.json"), JSON.stringify({ version: 3, deployment: { resources: [] } }));
  const script = `#!/bin/sh
echo "$PWD $*" >> ${processes.path("calls")}
case "$1" in
  config) ${config ? `cat ${processes.path("config.json")}` : "echo 'error: no stack selected' >&2; exit 255"} ;;
  *) cat ${processes.path("state.json")} ;;
esac
`;
  writeFileSync(processes.path("bin/pulumi"), script, { mode: 0o755 });
  writeFileSync(processes.path("calls"), "");
}

const calls = () => readFileSync(processes.path("calls"), "utf8");

/** All that the environment of an emulator says, as a stack's config. */
const config = () => {
  const { environment } = emulator;
  return {
    "cja:orgId": environment.CJA_ORG_ID,
    "cja:clientId": environment.CJA_CLIENT_ID,
    "cja:clientSecret": environment.CJA_CLIENT_SECRET,
    "cja:cjaUrl": environment.CJA_URL,
    "cja:platformUrl": environment.CJA_PLATFORM_URL,
    "cja:imsUrl": environment.CJA_IMS_URL,
  };
};

const run = (args: readonly string[], cwd: string, environment: Record<string, string> = {}): Promise<Ended> =>
  processes.run("cli", args, { PATH: `${processes.path("bin")}:${process.env["PATH"]}`, ...environment }, cwd);

/** Every command that asks Adobe, and the status that it has where it can. */
const COMMANDS: readonly (readonly [name: string, args: () => string[], status: number])[] = [
  ["export", () => ["export", "--data-view", "dv_dev", "--out", processes.path("out"), "--dry-run"], 0],
  ["unmanaged", () => ["unmanaged", "--data-view", "dv_dev", "--stack", "dev"], 2],
  ["compare", () => ["compare", "stack:dev", "dataview:dv_dev"], 2],
  ["check-target", () => ["check-target", processes.path("plan.json")], 0],
  ["explain", () => ["explain", id], 0],
  ["jobs", () => ["jobs"], 0],
  ["holders", () => ["holders"], 0],
  ["review --ask", () => ["review", "--ask", processes.path("plan.json")], 3],
];
const ASKING = COMMANDS.filter(([name]) => name !== "holders");

describe("in a project", () => {
  test.each(COMMANDS)("%s reads the stack's config, says so, and does its work", async (_, args, status) => {
    pulumiWith(config());
    const ended = await run(args(), processes.path("project/inner"));
    expect(ended).toMatchObject({ status });
    expect(ended.said).toMatch(/^Settings that the environment does not have come from the config of /m);
  });

  test("of a stack that a command names, its own, and of the folder that it names", async () => {
    pulumiWith(config());
    const { said } = await run(["unmanaged", "--data-view", "dv_dev", "--stack", "prod", "-C", project()], project());
    expect(said).toContain("come from the config of prod.");
    expect(calls()).toContain(`${project()} config --json --show-secrets --non-interactive --stack prod\n`);
  });

  test("what is set nowhere is advised with the command that is read then", async () => {
    pulumiWith({});
    const args = [
      "export",
      "--data-view",
      "dv_dev",
      "--out",
      processes.path("out"),
      "--stack",
      "prod",
      "-C",
      project(),
    ];
    const { status, said } = await run(args, elsewhere);
    expect([status, said]).toEqual([
      1,
      expect.stringContaining(
        `or the stack's config: pulumi config set --stack prod --cwd ${project()} cja:orgId <value>, `,
      ),
    ]);
  });

  test("a place that differs from the environment's is an error, as in a program, and so is a typo", async () => {
    pulumiWith({ ...config(), "cja:orgID": "x" });
    const { status, said } = await run(["jobs"], project(), { CJA_ORG_ID: "OTHER@AdobeOrg" });
    expect([status, said]).toEqual([1, expect.stringContaining('cja:orgId: found "EMULATOR@AdobeOrg" in the stack')]);
    expect(said).toContain('did you mean "cja:orgId"?');
  });

  test("pulumi is not asked where the environment has all", async () => {
    pulumiWith(config());
    expect(await run(["jobs"], project(), { ...emulator.environment })).toMatchObject({ status: 0, said: "" });
    expect(calls()).toBe("");
  });
});

describe("the variables alone are named", () => {
  const alone =
    /pulumi-cja: (?:--ask: )?.*CJA_ORG_ID is not set\. .*Set the environment variables CJA_ORG_ID, CJA_CLIENT_ID, /;

  test.each(ASKING)("outside of a project: %s", async (_, args) => {
    pulumiWith(config());
    const { said } = await run(args(), elsewhere);
    expect(said).toMatch(alone);
    expect(said).not.toContain("pulumi config set");
    expect(calls()).not.toContain(" config ");
  });

  test.each(ASKING)("where pulumi cannot tell, with its reason: %s", async (_, args) => {
    pulumiWith(undefined);
    const { said } = await run(args(), project());
    expect(said).toContain("error: no stack selected\n");
    expect(said).toContain("warning: the stack's config is not used: pulumi config failed: see its output above\n");
    expect(said).toMatch(alone);
    expect(said).not.toContain("pulumi config set");
  });

  test("without a pulumi, which is said", async () => {
    const { said } = await run(["jobs"], project(), { PATH: elsewhere });
    expect(said).toMatch(/^warning: the stack's config is not used: could not start pulumi .*PATH/m);
    expect(said).toMatch(alone);
  });
});
