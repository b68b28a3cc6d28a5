import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCommandRuntime } from "../../../../cli/command-runtime";
import { exportCommand } from "../../../../cli/export/command";
import { dimension, hits, segment } from "../../../../definition";
import { startEmulator, type Emulator } from "../../../../emulator";
import { NODE_FORMATS } from "../../../../cli/export/program";
import { UNLIMITED } from "../../../engine/programs";
import { HOSTILE_NAMES } from "./hostile-names";
import { mistakesIn, registeredBy } from "./programs";

const pages = segment(hits(dimension("page").exists()));
const JANE = "5B0000000000000000000002@company.example";
const HOSTILE_TAGS = HOSTILE_NAMES.filter((name) => name.trim() === name);
const STYLES = NODE_FORMATS.flatMap((format) =>
  format === "json" ? [[format]] : [[format], [format, "--single-file"]],
);

let emulator: Emulator;
let folder: string;
let out: string;
const stateHome = process.env["XDG_STATE_HOME"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-cja-export-"));
  out = join(folder, "program");
  process.env["XDG_STATE_HOME"] = folder;
});
afterEach(async () => {
  if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = stateHome;
  rmSync(folder, { recursive: true });
  await emulator.close();
});

const environment = () => ({ ...emulator.environment, ...UNLIMITED });

async function run(...args: readonly string[]): Promise<string> {
  let written = "";
  const command = exportCommand({
    write: (text) => void (written += text),
    log: () => undefined,
    environment: environment(),
    now: Date.now,
  });
  await command.exitOverride().parseAsync(["--data-view", "dv_dev", "--out", out, ...args], { from: "user" });
  return written;
}

async function serve(dialect: "guide" | "reference" = "guide") {
  emulator = await startEmulator({ limits: false, dialect });
  const on = { dataViewId: "dv_dev", definition: pages };
  const { control } = emulator;
  return {
    tagged: control.addSegment({ ...on, name: "Tagged", tags: ["web", "Web", "a b"] }).id,
    hostile: control.addSegment({ ...on, name: "Hostile", tags: HOSTILE_TAGS.toReversed() }).id,
    shared: control.addSegment({
      ...on,
      name: "Shared",
      shares: [
        { type: "user", to: "Jane Analyst", accessLevel: "edit" },
        { type: "group", to: 812345678 },
        { type: "all" },
      ],
    }).id,
    plain: control.addSegment({ ...on, name: "Plain" }).id,
  };
}

const inputsById = async (stack = "dev") =>
  new Map((await registeredBy(out, stack)).map(({ inputs }) => [inputs["adoptId"], inputs]));
const content = (path: string): string => readFileSync(join(out, path), "utf8");
const fileOf = (name: string): string =>
  `segments/${readdirSync(join(out, "segments")).find((file) => file.startsWith(`${name}-`))}`;
const asked = (path: string) => emulator.control.requests().filter((request) => request.path === path);
const SEARCH = "/componentmetadata/shares/component/search";

describe.each(["guide", "reference"] as const)("%s", (dialect) => {
  test.each(STYLES)("%s %s: taking the segments over writes nothing", async (format, ...more) => {
    const ids = await serve(dialect);
    await run("--format", format ?? "", ...more);
    expect(asked("/segments").length).toBeLessThanOrEqual(2);
    expect(asked(SEARCH)).toHaveLength(1);
    const inputs = await inputsById();
    expect(inputs.get(ids.tagged)).toMatchObject({ tags: ["Web", "a b", "web"], shares: [] });
    expect(inputs.get(ids.hostile)).toMatchObject({ tags: [...HOSTILE_TAGS].sort() });
    const access = dialect === "reference" ? { access: "edit" } : {};
    const shares = [{ to: "all" }, { to: "group", id: "812345678" }, { to: "user", id: JANE, ...access }];
    expect(inputs.get(ids.shared)).toMatchObject({ tags: [], shares });
    expect(inputs.get(ids.plain)).toMatchObject({ tags: [], shares: [] });

    emulator.control.clearRequests();
    const said: string[] = [];
    const terminal = { environment: environment(), log: (line: string) => void said.push(line) };
    const life = (await openCommandRuntime(terminal)).lifecycles.Segment;
    for (const { __provider, __resource, ...values } of inputs.values()) {
      expect((await life.check({}, values)).mistakes).toEqual([]);
      await life.create(values);
    }
    expect(said.filter((line) => !line.endsWith("is taken over as it is."))).toEqual([]);
    expect(said).toHaveLength(4);
    const writes = emulator.control
      .requests()
      .filter(({ method, path }) => method !== "GET" && path !== SEARCH && !path.includes("/ims/"));
    expect(writes).toEqual([]);
  });
});

test("the programs compile, with names of their environment, too", async () => {
  await serve();
  const file = join(folder, "environments.yaml");
  writeFileSync(file, ENVIRONMENTS);
  const below = STYLES.map((style) => join("styles", style.join("")));
  for (const [index, style] of STYLES.entries()) {
    const [format = "", ...more] = style;
    out = join(folder, below[index] ?? "");
    await run("--format", format, ...more, "--environments", file, "--environment", "dev");
  }
  expect(mistakesIn(folder, below)).toEqual([]);
});

const ENVIRONMENTS = `
dev:
  dataViews: { web: dv_dev }
  dimensions: { page: variables/page }
  users: { jane: ${JANE} }
  groups: { analysts: "812345678" }
prod:
  dataViews: { web: dv_prod }
  dimensions: { page: variables/page }
  users: { jane: 99AA@company.example }
  groups: { analysts: 77BB@prod }
`;

test.each(STYLES)(
  "%s %s: in another environment, the shares are with those who have the names there",
  async (...style) => {
    await serve();
    const [format = "", ...more] = style;
    const file = join(folder, "environments.yaml");
    writeFileSync(file, ENVIRONMENTS);
    await run("--format", format, ...more, "--environments", file, "--environment", "dev");
    const sharedIn = async (stack: string) =>
      (await registeredBy(out, stack)).find(({ name }) => name.startsWith("shared-"))?.inputs["shares"];
    expect(await sharedIn("dev")).toEqual([{ to: "all" }, { to: "group", id: "812345678" }, { to: "user", id: JANE }]);
    expect(await sharedIn("prod")).toEqual([
      { to: "all" },
      { to: "group", id: "77BB@prod" },
      { to: "user", id: "99AA@company.example" },
    ]);
    if (format === "typescript" && more.length === 0) {
      expect(content(fileOf("shared"))).toContain('{ to: "group", id: env.group("analysts") }');
      expect(content(fileOf("tagged"))).toContain('    tags: ["Web", "a b", "web"],\n    shares: [],\n');
    }
  },
);

test("users and groups without a name are told, with the lines to add, and with the way around", async () => {
  await serve();
  const file = join(folder, "environments.yaml");
  const known = "dev:\n  dataViews: { web: dv_dev }\n  dimensions: { page: variables/page }\n";
  writeFileSync(file, known);
  const flags = ["--environments", file, "--environment", "dev"];
  await expect(run(...flags)).rejects.toThrow(
    `2 IDs have no logical name in dev of ${file}. Add them, with names of your choice:

dev:
  groups:
    group: "812345678"
  users:
    user: ${JANE}

Or keep the IDs with --allow-unmapped.
With --no-shares, the program does not manage with whom segments are shared.`,
  );
  await run(...flags, "--no-shares");
  expect(content(fileOf("shared"))).not.toContain("shares");
  writeFileSync(file, `${known}prod:\n  groups: { analysts: "812345678" }\n`);
  await expect(run(...flags, "--allow-unmapped")).rejects.toThrow(
    'groups: "812345678" is "analysts" of prod; give it a name of its own in every environment',
  );
});

test("what is left out is not asked for either", async () => {
  const { tagged, shared } = await serve();
  await run("--no-tags", "--no-shares");
  const inputs = await inputsById();
  for (const id of [tagged, shared])
    expect(Object.keys(inputs.get(id) ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/tags|shares/)]),
    );
  expect(asked(SEARCH)).toEqual([]);
  expect(asked("/segments").filter(({ query }) => query["expansion"]?.includes("tags"))).toEqual([]);
});

test("shares are asked for by the hundred, and only of what is exported", async () => {
  await serve();
  for (let i = 0; i < 250; i += 1)
    emulator.control.addSegment({ dataViewId: "dv_dev", name: `More ${i}`, definition: pages });
  await run("--single-file", "--name", "More*");
  expect(asked(SEARCH).map(({ body }) => (body as { componentIds: string[] }).componentIds.length)).toEqual([
    100, 100, 50,
  ]);
});

test("a service that does not tell shares: the way out is named, and nothing is written", async () => {
  await serve();
  emulator.control.addFault({ path: SEARCH, status: 403 });
  await expect(run()).rejects.toThrow(
    /Could not read the shares of 4 segments.*403.* Or leave shares out: --no-shares\./s,
  );
});

test("what no program can say is in the summary", async () => {
  await serve();
  const { id } = emulator.control.addSegment({ dataViewId: "dv_dev", name: "Odd", definition: pages, tags: ["x "] });
  const line = `${id} "Odd" has tags that a program cannot express, so they stay as they are: tags[0]`;
  expect(await run()).toContain(`not in the program, so it does not change them:\n  ${line}`);
  expect((JSON.parse(await run("--json")) as { notManaged: string[] }).notManaged).toEqual([
    expect.stringContaining(line),
  ]);
  expect((await inputsById()).get(id)).not.toHaveProperty("tags");
});
