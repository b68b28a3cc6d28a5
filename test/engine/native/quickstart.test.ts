/** The quickstart in the languages of the plugin: each makes the very segments of examples/quickstart, and lives as long. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { startEmulator, type Emulator } from "../../../emulator";
import { Stack } from "../harness/stack";
import { AUDIENCES, UNLIMITED } from "../programs";
import { languages, type Language } from "./languages";

const root = resolve(__dirname, "../../..");
const parent = join(root, ".tmp/engine");

let emulator: Emulator;
const stacks: Stack[] = [];

/** A stack of an example as it stands, with a config. */
async function stackOf(example: string, project: string, env: Record<string, string> = {}): Promise<Stack> {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, `${example}-`));
  cpSync(join(root, "examples", example), folder, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const path of ["backend", "events"]) mkdirSync(join(folder, path));
  const stack = new Stack(folder, { env: { ...emulator.environment, ...UNLIMITED, ...env }, project });
  stacks.push(stack);
  await stack.pulumi(["stack", "init", stack.name]);
  return stack;
}

const CONFIG = {
  "segments:dataViewId": "dv_dev",
  "segments:audiences": JSON.stringify(AUDIENCES),
  "segments:sandbox": "prod",
};

/** As their comments say: what is optional in YAML has marks before it. */
function uncommentResources({ folder }: Stack): void {
  const file = join(folder, "Pulumi.yaml");
  const text = readFileSync(file, "utf8").replaceAll(/^ {2}# \w+:\n(?: {2}# .*\n)+/gm, (block) =>
    block.replaceAll(/^ {2}# /gm, "  "),
  );
  writeFileSync(file, text.replace('["…"]', JSON.stringify(AUDIENCES)));
}

const configure = (stack: Stack, config: Readonly<Record<string, string>>) =>
  writeFileSync(join(stack.folder, `Pulumi.${stack.name}.yaml`), JSON.stringify({ config }));

/** What a run sends to write segments, without the order in which that happened. */
async function writesOf(run: () => Promise<unknown>) {
  emulator.control.clearRequests();
  await run();
  const sent = emulator.control
    .requests()
    .filter(({ method, path }) => method !== "GET" && /^\/segments(\/|$)/.test(path) && !path.endsWith("/validate"))
    .map(({ method, path, body }) => ({ method, id: path.split("/")[2], body }));
  return sent.sort((a, b) => JSON.stringify(a.body).localeCompare(JSON.stringify(b.body)));
}

/** The requests of the last run that write audiences. */
const audienceWrites = () =>
  emulator.control
    .requests()
    .filter(({ method, path }) => method !== "GET" && /\/audiences(\/|$)/.test(path) && !path.endsWith("/bulk-get"))
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/audiences/, "/audiences")}`);

const live = () => emulator.control.segments().filter(({ deleted }) => !deleted);

let wanted: Awaited<ReturnType<typeof writesOf>>;

beforeAll(async () => {
  // Its jobs are over at once.
  const jobTiming = { newMs: 0, queuedMs: 0, processingMs: 0 };
  emulator = await startEmulator({ limits: false, jobTiming });
  const original = await stackOf("quickstart", "quickstart", { PULUMI_NODEJS_TRANSPILE_ONLY: "true" });
  configure(original, { "segments:dataViewId": "dv_dev" });
  wanted = await writesOf(() => original.up());
  expect(wanted.map(({ method }) => method)).toEqual(["POST", "POST", "POST"]);
});
afterAll(async () => {
  for (const stack of stacks) await stack.dispose();
  await emulator.close();
});

/** Makes the SDK of Python from the schema, and installs it for one example. */
async function installSdk({ folder }: Stack, virtualenv: string): Promise<void> {
  const run = promisify(execFile);
  await run(process.execPath, [join(root, "tools/sdks.mjs"), "--out", join(folder, "sdks"), "python"]);
  const pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--target", "packages"];
  await run(join(virtualenv, "bin", "python"), [...pip, "./sdks/python"], { cwd: folder });
}

const here = languages();

(here.length === 0 ? describe.skip : describe).each(
  here.map((language): [string, Language] => [language.name, language]),
)("in %s", (name, { host, virtualenv }) => {
  let stack: Stack;
  let others: number;
  let jobs: number;
  /** The audience, by what the emulator has. */
  const german = () => emulator.control.audiences().filter(({ name }) => name === "People in Germany");
  const made = () => live().slice(others);

  beforeAll(async () => {
    others = live().length;
    jobs = emulator.control.jobs().length;
    // The host of Python that is built from Go modules is not told of a virtual environment: it takes the Python on PATH.
    const python = virtualenv === undefined ? [] : [join(virtualenv, "bin")];
    const path = [...python, host, process.env["PULUMI_CJA_TEST_PATH"]].join(delimiter);
    stack = await stackOf(`quickstart-${name}`, "segments", { PATH: path, PYTHONPATH: "packages" });
    if (virtualenv !== undefined) await installSdk(stack, virtualenv);
  });

  test("makes the same segments, and the audience and the job that are asked for", async () => {
    configure(stack, CONFIG);
    if (name === "yaml") uncommentResources(stack);
    expect(await writesOf(() => stack.up())).toEqual(wanted);
    expect(audienceWrites()).toEqual(["POST /audiences"]);
    expect(german()).toMatchObject([
      { id: stack.resource("german").id, sandbox: "prod", expression: 'homeAddress.country = "DE"' },
    ]);
    expect(emulator.control.jobs().slice(jobs)).toMatchObject([
      { id: stack.resource("evaluation").id, segmentIds: AUDIENCES },
    ]);
    expect(stack.outputs()["segments"]).toEqual({
      mobile: stack.resource("mobile").id,
      bigSpenders: stack.resource("big-spenders").id,
      researchThenOrder: stack.resource("research-then-order").id,
    });
  });

  test("has nothing to do then", async () => {
    expect(await writesOf(() => stack.up({ args: ["--expect-no-changes"] }))).toEqual([]);
    expect(audienceWrites()).toEqual([]);
  });

  test("finds what somebody has changed elsewhere", async () => {
    emulator.control.editSegment(stack.resource("mobile").id ?? "", { name: "By hand" });
    emulator.control.editAudience(stack.resource("german").id ?? "", { expression: 'homeAddress.country = "AT"' });
    const { changes, steps } = await stack.refresh();
    expect(changes).toEqual({ same: 3, update: 2 });
    expect(steps.find(({ name }) => name === "german")?.detailedDiff).toEqual({ expression: "update" });
    expect(steps.find(({ name }) => name === "mobile")?.detailedDiff).toEqual({ name: "update" });
    expect(stack.resource("mobile").inputs["name"]).toBe("By hand");
  });

  test("undoes that, and changes what the program changes", async () => {
    configure(stack, { ...CONFIG, "segments:threshold": "250" });
    const writes = await writesOf(() => stack.up());
    expect(writes).toMatchObject([
      {
        method: "PUT",
        id: stack.resource("big-spenders").id,
        body: {
          description: "People who spent 250 or more",
          definition: { container: { pred: { func: "ge", num: 250 } } },
        },
      },
      { method: "PUT", id: stack.resource("mobile").id, body: { name: "Mobile sessions" } },
    ]);
    expect(audienceWrites()).toEqual([`PATCH /audiences/${stack.resource("german").id}`]);
    expect(german()).toMatchObject([{ expression: 'homeAddress.country = "DE"' }]);
  });

  test("removes all of it", async () => {
    expect((await stack.destroy()).changes).toEqual({ delete: 5 });
    expect(german()).toEqual([]);
    expect(emulator.control.jobs()).toHaveLength(jobs + 1);
    expect(made()).toEqual([]);
  });
});
