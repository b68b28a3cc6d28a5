import {
  chmodSync,
  lstatSync,
  renameSync,
  statSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { exportCommand } from "../../../../cli/export/command";
import { dimension, equal, hits, metric, segment, visits } from "../../../../definition";
import { startEmulator, type Emulator } from "../../../../emulator";
import { UNLIMITED } from "../../../engine/programs";
import { registeredBy } from "./programs";
import { ownStateHome } from "../../own-state-home";

const pages = segment(hits(dimension("page").exists()));
const buyers = segment(visits(metric("orders").isAtLeast(2)));

let emulator: Emulator;
let folder: string;
let out: string;
const stateHome = ownStateHome();

beforeEach(() => {
  folder = stateHome();
  out = join(folder, "program");
});
afterEach(async () => {
  await emulator.close();
});

/** A service with segments of two data views. */
async function serve(dialect: "guide" | "reference" = "guide") {
  emulator = await startEmulator({ limits: false, dialect });
  const { control } = emulator;
  const on = { dataViewId: "dv_dev" };
  const first = control.addSegment({ ...on, name: "Pages", definition: pages, tags: ["web"], owner: "Bob" });
  const second = control.addSegment({
    ...on,
    name: "Buyers",
    description: "Two orders",
    definition: buyers,
    modified: "2026-01-01T00:00:00Z",
  });
  control.addSegment({ ...on, name: "Deleted", definition: pages, deleted: true });
  control.addSegment({ dataViewId: "dv_prod", name: "Elsewhere", definition: pages });
  return { first: first.id, second: second.id };
}

async function run(...args: readonly string[]) {
  let written = "";
  const said: string[] = [];
  const command = exportCommand({
    write: (text) => void (written += text),
    log: (line) => void said.push(line),
    environment: { ...emulator.environment, ...UNLIMITED },
    now: () => Date.parse("2026-11-05T00:00:00Z"),
  });
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: (text) => void (written += text) });
  await command.parseAsync(["--data-view", "dv_dev", "--out", out, ...args], { from: "user" });
  return { written, said };
}

const files = (): string[] => (existsSync(out) ? readdirSync(out, { recursive: true }).map(String).sort() : []);
const content = (path: string): string => readFileSync(join(out, path), "utf8");
const put = (path: string, text: string): void => writeFileSync(join(out, path), text);
const everything = (): Record<string, string> =>
  Object.fromEntries(
    files()
      .filter((path) => path !== "segments")
      .map((path) => [path, content(path)]),
  );
const PROGRAM = ["Pulumi.yaml", "index.ts", "package.json"];
const listings = () => emulator.control.requests().filter(({ path }) => path === "/segments");

test.each(["guide", "reference"] as const)("%s: writes a program, and the same again", async (dialect) => {
  const { first, second } = await serve(dialect);
  const { written, said } = await run();
  expect(files()).toEqual([
    ...PROGRAM,
    "segments",
    "segments/buyers-000004.ts",
    "segments/pages-000003.ts",
    "tsconfig.json",
  ]);
  expect(written).toContain(`2 segments exported into ${out}; files: 6 new, 0 changed, 0 unchanged`);
  expect(written).toContain(`cd ${out} && npm install && pulumi stack init dev && pulumi up`);
  expect(said).toEqual([]);
  const registered = await registeredBy(out);
  expect(
    registered.map(({ name, inputs }) => [name, inputs["name"], inputs["adoptId"], inputs["description"]]),
  ).toEqual([
    ["buyers-000004", "Buyers", second, "Two orders"],
    ["pages-000003", "Pages", first, undefined],
  ]);
  expect(equal(registered[0]?.inputs["definition"], buyers)).toBe(true);
  const before = everything();
  expect((await run()).written).toContain("0 new, 0 changed, 6 unchanged");
  expect(everything()).toEqual(before);
  expect(listings().length).toBeLessThanOrEqual(4);
  const isReading = (path: string) => path.includes("ims") || path === "/componentmetadata/shares/component/search";
  expect(emulator.control.requests().filter(({ method, path }) => method !== "GET" && !isReading(path))).toEqual([]);
});

test.each(["guide", "reference"] as const)("%s: filters", async (dialect) => {
  const { first, second } = await serve(dialect);
  const exported = async (...args: readonly string[]) => {
    const { written } = await run("--force", "--prune", "--json", ...args);
    const { segments, listed } = JSON.parse(written) as { segments: number; listed: number };
    expect(listed).toBe(2);
    const names = [...content("index.ts").matchAll(/"\.\/segments\/([a-z]+)-\w{6}"/g)].map(([, name]) => name);
    expect(names).toHaveLength(segments);
    return names;
  };
  expect(await exported("--name", "p*")).toEqual(["pages"]);
  expect(await exported("--id", second, "--id", first)).toEqual(["buyers", "pages"]);
  rmSync(out, { recursive: true });
  expect(await exported("--tag", "web")).toEqual(["pages"]);
  expect(await exported("--owner", "bob")).toEqual(["pages"]);
  expect(await exported("--changed-since", "30d")).toEqual(["pages"]);
  expect(await exported("--changed-since", "2025-12-31")).toEqual(["buyers", "pages"]);
  await expect(run("--tag", "other")).rejects.toThrow('--tag "other" matches none of 2 segments; there are "web"');
  await expect(run("--changed-since", "soon")).rejects.toThrow('found "soon", expected a time such as 2026-11-05');
  await expect(run("--data-view", "dv_none")).rejects.toThrow(/lists no segment of the data view "dv_none"/);
});

test("force takes no segment out of the program unasked", async () => {
  const { second } = await serve();
  await run();
  const before = everything();
  await expect(run("--force", "--name", "P*")).rejects.toThrow(
    `--force would remove these from the program:\n  segments/buyers-000004.ts (${second})\nUse --merge to keep them`,
  );
  expect(everything()).toEqual(before);
  await run("--force", "--prune", "--name", "P*");
  expect(content("index.ts")).toContain('import { pages000003 } from "./segments/pages-000003";\n\n');
  expect(content("index.ts")).not.toContain("buyers");
});

test("a dry run writes nothing", async () => {
  await serve();
  const { written } = await run("--dry-run");
  expect(written).toContain("nothing was written");
  expect(files()).toEqual([]);
});

test("files that are there with another content are never overwritten unasked", async () => {
  await serve();
  mkdirSync(out);
  put("index.ts", "main();\n");
  put("package.json", "{}\n");
  await expect(run()).rejects.toThrow(/in the way:\n {2}package\.json exists.*\n {2}index\.ts exists.*\n.*--merge/);
  expect(everything()).toEqual({ "index.ts": "main();\n", "package.json": "{}\n" });
  const { written } = await run("--merge");
  expect(written).toContain("1 kept as they are (package.json)");
  expect(written).toMatch(/package\.json: add to its dependencies: "@pulumi\/pulumi": .*, "pulumi-cja": /);
  expect(written).toContain("Run `pulumi up --refresh`");
  expect(written).not.toContain("nothing is written at Adobe");
  expect(content("package.json")).toBe("{}\n");
  expect(content("index.ts")).toBe('import "./segments/buyers-000004";\nimport "./segments/pages-000003";\nmain();\n');
  await run("--force");
  expect(content("index.ts")).toContain(
    '{\n  "buyers-000004": buyers000004.id,\n  "pages-000003": pages000003.id,\n};',
  );
  expect(content("package.json")).toContain('"pulumi-cja": "file:');
});

test.each(["typescript", "json"] as const)(
  "%s: a merge follows a segment that was renamed, and keeps its resource",
  async (format) => {
    const { first } = await serve();
    await run("--format", format);
    const ending = format === "json" ? "json" : "ts";
    emulator.control.editSegment(first, { name: "Landing pages" });
    const { id } = emulator.control.addSegment({ dataViewId: "dv_dev", name: "Pages", definition: buyers });
    await expect(run("--format", format)).rejects.toThrow(`segments/pages-000003.${ending}`);
    const { written } = await run("--format", format, "--merge");
    // A program of JSON reads its folder.
    expect(written).toContain(format === "json" ? "1 new, 1 changed" : "1 new, 2 changed");
    const names = (await registeredBy(out)).map(({ name, inputs }) => [name, inputs["name"], inputs["adoptId"]]);
    expect(names).toContainEqual(["pages-000003", "Landing pages", first]);
    const added = names.find((row) => row[2] === id);
    expect(added?.[0]).toMatch(/^pages-\w{6}$/);
    expect((await run("--format", format, "--merge")).written).toContain("0 new, 0 changed");
  },
);

test("what is gone stays, and is told", async () => {
  const { first } = await serve();
  await run();
  emulator.control.editSegment(first, { deleted: true });
  const { written } = await run("--merge");
  expect(written).toContain(
    'no longer in the export; delete them yourself:\n  segments/pages-000003.ts, and line 2 of index.ts: import { pages000003 } from "./segments/pages-000003";',
  );
  expect(files()).toContain("segments/pages-000003.ts");
  rmSync(join(out, "segments/pages-000003.ts"));
  expect((await run("--merge")).written).toContain("0 new, 1 changed");
  expect(content("index.ts")).toContain('import { buyers000004 } from "./segments/buyers-000004";\n\n');
  expect(content("index.ts")).not.toContain("pages");
});

describe("what lies in the folder", () => {
  const hex = "0123456789ab";

  test("goes if a killed run has left it of a file that is written, and is not taken for a file", async () => {
    await serve();
    mkdirSync(join(out, "segments"), { recursive: true });
    put(`index.ts.${hex}.tmp`, "half of a");
    put(`segments/pages-000003.ts.${hex}.tmp`, "half of a");
    await run();
    expect(files().filter((file) => file.includes("tmp"))).toEqual([]);
    expect(content("index.ts")).not.toContain("half of a");
  });

  test.each([".pulumi-cja-export/file", ".pulumi-cja-export/notes/a.md", `notes.md.${hex}.tmp`, "index.ts.tmp"])(
    "stays if it is somebody's: %s",
    async (path) => {
      await serve();
      mkdirSync(join(out, path, ".."), { recursive: true });
      put(path, "somebody's");
      await run();
      expect(content(path)).toBe("somebody's");
    },
  );

  test("stays if it is a folder, or a link, with the name of such a file", async () => {
    await serve();
    mkdirSync(join(out, `index.ts.${hex}.tmp`, "inner"), { recursive: true });
    symlinkSync(folder, join(out, `package.json.${hex}.tmp`));
    await run();
    expect(readdirSync(out)).toEqual(expect.arrayContaining([`index.ts.${hex}.tmp`, `package.json.${hex}.tmp`]));
  });

  test("keeps its rights, and a link in it stays a link", async () => {
    await serve();
    await run();
    chmodSync(join(out, "index.ts"), 0o600);
    put("index.ts", `${content("index.ts")}// old\n`);
    renameSync(join(out, "package.json"), join(out, "real.json"));
    symlinkSync("real.json", join(out, "package.json"));
    put("real.json", "{}");
    await run("--force");
    expect(statSync(join(out, "index.ts")).mode & 0o777).toBe(0o600);
    expect(lstatSync(join(out, "package.json")).isSymbolicLink()).toBe(true);
    expect(content("real.json")).toContain("pulumi-cja");
  });
});

test("what no program can say is told, and the rest is exported", async () => {
  await serve();
  const odd = emulator.control.addSegment({ dataViewId: "dv_dev", name: "Odd", definition: { func: "segment" } });
  const unnamed = emulator.control.addSegment({ dataViewId: "dv_dev", name: " ", definition: pages });
  const { written } = await run();
  expect(written).toContain("2 of 4 segments exported");
  const [first, second] = written.split("left out:\n")[1]?.split("\n") ?? [];
  expect(first).toContain(`  ${odd.id} "Odd" is left out: its definition has mistakes: `);
  expect(first).toContain(`pulumi-cja explain ${odd.id}`);
  expect(second).toContain(`  ${unnamed.id} " " is left out: it has no name`);
  expect(written).toContain("pulumi stack init dev");
  expect(written).not.toContain("nothing is written at Adobe");
  expect(await registeredBy(out)).toHaveLength(2);
  const { warnings } = JSON.parse((await run("--json")).written) as { warnings: string[] };
  expect(warnings).toHaveLength(2);
  await expect(run("--id", odd.id)).rejects.toThrow(/no segment is left.*\n.*its definition has mistakes/);
});

test("logical names: all that have none are told before anything is written", async () => {
  const { first } = await serve();
  const file = join(folder, "environments.yaml");
  const known = "dev:\n  dataViews: { web: dv_dev }\n";
  writeFileSync(file, known);
  const flags = ["--environments", file, "--environment", "dev"];
  await expect(run(...flags)).rejects.toThrow(
    `2 IDs have no logical name in dev of ${file}. Add them, with names of your choice:

dev:
  dimensions:
    page: variables/page
  metrics:
    orders: metrics/orders

Or keep the IDs with --allow-unmapped.`,
  );
  expect(files()).toEqual([]);
  await run(...flags, "--allow-unmapped");
  expect(content("segments/pages-000003.ts")).toContain('dimension("page")');
  rmSync(out, { recursive: true });
  writeFileSync(file, `${known}  dimensions: { product: variables/page }\n  metrics: { sales: metrics/orders }\n`);
  const { written } = await run(...flags);
  expect(written).toContain("pulumi stack init dev");
  expect(content("segments/pages-000003.ts")).toContain('dimension(env.dimension("product"))');
  expect(content("environments.yaml")).toBe(readFileSync(file, "utf8"));
  const [, one] = await registeredBy(out, "dev");
  expect(one?.inputs).toMatchObject({ adoptId: first, dataViewId: "dv_dev" });
  expect(equal(one?.inputs["definition"], pages)).toBe(true);
  put("environments.yaml", `${content("environments.yaml")}# ours\n`);
  expect((await run(...flags)).written).toContain("1 kept as they are (environments.yaml)");
});

test("logical names: a file beside the program has to have them", async () => {
  await serve();
  const file = join(folder, "environments.yaml");
  const base = "dev:\n  dataViews: { web: dv_dev }\n  dimensions: { product: variables/page }\n";
  writeFileSync(file, `${base}  metrics: { sales: metrics/orders, more: metrics/more }\n`);
  const flags = ["--environments", file, "--environment", "dev"];
  mkdirSync(out);
  put("environments.yaml", base.replace("variables/page", "variables/other"));
  const lines = "dev:\n  dimensions:\n    product: variables/page\n  metrics:\n    sales: metrics/orders";
  await expect(run(...flags)).rejects.toThrow(
    `(or give --force, which overwrites it), or correct it:\n\n${lines}\n    more:`,
  );
  // A merge asks for what the program uses.
  await expect(run(...flags, "--merge")).rejects.toThrow(new RegExp(`Add this to it, or correct it:\n\n${lines}$`));
  expect(files()).toEqual(["environments.yaml"]);
  const enough = `${base}  metrics: { sales: orders }\n`;
  put("environments.yaml", enough);
  await run(...flags, "--merge");
  expect(content("environments.yaml")).toBe(enough);
  await run(...flags, "--force");
  expect(content("environments.yaml")).toBe(readFileSync(file, "utf8"));
});

test("logical names: an ID of another environment is not let through", async () => {
  await serve();
  const file = join(folder, "environments.yaml");
  writeFileSync(file, "dev:\n  dataViews: { web: dv_dev }\nprod:\n  dimensions: { product: page }\n");
  await expect(run("--environments", file, "--environment", "dev", "--allow-unmapped")).rejects.toThrow(
    'dimensions: "variables/page" is "product" of prod; give it a name of its own in every environment',
  );
  expect(files()).toEqual([]);
});

test.each<[string, string[], RegExp]>([
  ["no folder", ["--out", ""], /Name a folder\./],
  ["prune without force", ["--prune"], /--prune is for --force/],
  ["half of the flags", ["--environment", "dev"], /belong together/],
  ["no such file", ["--environments", "none.yaml", "--environment", "dev"], /none\.yaml/],
  ["force and merge", ["--force", "--merge"], /cannot be used with/],
  ["a merge into one file", ["--single-file", "--merge"], /cannot be used with/],
  ["JSON in one file", ["--single-file", "--format", "json"], /a file for each segment/],
  ["a project's name", ["--project", "A B"], /small letters/],
  ["a format", ["--format", "python"], /Allowed choices/],
  ["a merge into YAML", ["--format", "yaml", "--merge"], /write a program in YAML anew with --force/],
  ["YAML in one file", ["--format", "yaml", "--single-file"], /a program in YAML is one file/],
  ["logical names in YAML", ["--format", "yaml", "--environments", "e.yaml", "--environment", "dev"], /in TypeScript/],
])("%s is an error that says so", async (_, args, message) => {
  await serve();
  await expect(run(...args)).rejects.toThrow(message);
  expect(emulator.control.requests()).toEqual([]);
  expect(files()).toEqual([]);
});

test("a folder in the place of a file is an error, and nothing is written", async () => {
  await serve();
  mkdirSync(join(out, "index.ts"), { recursive: true });
  await expect(run("--force")).rejects.toThrow(/index\.ts is not a file, and the export would write one there/);
  expect(files()).toEqual(["index.ts"]);
});

test("a file in the place of the folder with the segments is an error, and nothing is written", async () => {
  await serve();
  mkdirSync(out);
  put("segments", "");
  await expect(run()).rejects.toThrow(/segments is a file, and the export needs a folder there/);
  expect(files()).toEqual(["segments"]);
});

test.each([
  ["segments", "elsewhere"],
  ["index.ts", "elsewhere/index.ts"],
  ["index.ts", "elsewhere/none.ts"],
])("a link at %s that leads out to %s is refused", async (path, to) => {
  await serve();
  mkdirSync(out);
  mkdirSync(join(folder, "elsewhere"));
  writeFileSync(join(folder, "elsewhere/index.ts"), "");
  symlinkSync(join(folder, to), join(out, path));
  await expect(run("--force")).rejects.toThrow(/is a link that leads out of/);
  expect(readdirSync(out)).toEqual([path]);
  expect(readdirSync(join(folder, "elsewhere"))).toEqual(["index.ts"]);
});

test("a file in the place of the folder is an error", async () => {
  await serve();
  writeFileSync(out, "");
  await expect(run()).rejects.toThrow("is a file; --out takes a folder");
});

test("more than a page is told on the way, within as many requests as there are pages and one", async () => {
  await serve();
  for (let i = 0; i < 2_000; i += 1)
    emulator.control.addSegment({ dataViewId: "dv_dev", name: `Segment ${i % 700}`, definition: pages });
  const { said, written } = await run("--single-file");
  expect(said).toEqual(["1000 segments read …", "2000 segments read …"]);
  expect(written).toContain("2002 segments exported");
  expect(listings().length).toBeLessThanOrEqual(4);
});

test("help shows how", async () => {
  await serve();
  let shown = "";
  const command = exportCommand();
  command.exitOverride().configureOutput({ writeOut: (text) => void (shown += text) });
  await expect(command.parseAsync(["--help"], { from: "user" })).rejects.toThrow();
  expect(shown).toMatch(/\$ pulumi-cja export --data-view dv_prod --out segments\n/);
  expect(shown).toContain("Exit status: 0, or 1 if nothing was written.");
});
