import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { exportCommand } from "../../../../cli/export/command";
import { loadTypeScript } from "../../../../cli/export/load-typescript";
import { startEmulator, type Emulator } from "../../../../emulator";
import { NODE_FORMATS } from "../../../../cli/export/program";
import { deviceIs, UNLIMITED } from "../../../engine/programs";
import { formatted } from "./restyled";
import { registeredBy } from "./programs";

let emulator: Emulator;
let folder: string;
let out: string;
const stateHome = process.env["XDG_STATE_HOME"];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-cja-export-merge-"));
  out = join(folder, "program");
  process.env["XDG_STATE_HOME"] = folder;
  emulator = await startEmulator({ limits: false });
});
afterEach(async () => {
  if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = stateHome;
  rmSync(folder, { recursive: true });
  await emulator.close();
});

const add = (name: string): string =>
  emulator.control.addSegment({ name, dataViewId: "dv_dev", definition: deviceIs(name) }).id;

async function run(...args: readonly string[]): Promise<string> {
  let written = "";
  const command = exportCommand({
    write: (text) => void (written += text),
    log: () => undefined,
    environment: { ...emulator.environment, ...UNLIMITED },
    now: () => 0,
  });
  const all = ["--data-view", "dv_dev", "--out", out, ...args];
  await command.exitOverride().parseAsync(all, { from: "user" });
  return written;
}

const content = (path: string): string => readFileSync(join(out, path), "utf8");
function put(path: string, text: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), text);
}
const sources = (): string[] =>
  readdirSync(out, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .sort();
const everything = () => sources().map((path) => [path, content(path)]);
async function edit(change: (text: string) => string | Promise<string>): Promise<void> {
  for (const path of sources()) put(path, await change(content(path)));
}

describe("an export into a program that was edited", () => {
  const EDITS: readonly (readonly [string, (text: string) => string | Promise<string>])[] = [
    ["prettier with single quotes (case 01)", (text) => formatted(text, { singleQuote: true })],
    ["a comment behind adoptId (case 02)", (text) => text.replace(/(adoptId: ".*",)/, "$1 // taken over 2026-11")],
    [
      "prettier with objects on one line (case 02)",
      (text) => formatted(text, { objectWrap: "collapse", printWidth: 200 }),
    ],
    [
      "another import (case 02)",
      (text) => text.replace("import * as cja from", "import { Segment } from").replace("cja.Segment", "Segment"),
    ],
  ];

  test.each(EDITS)("%s: writes nothing a second time", async (_, change) => {
    for (const name of ["Big spenders", "Cart abandoners", "Mobile visitors"]) add(name);
    await run();
    await edit(change);
    const before = everything();
    expect(await run("--merge")).toContain("0 new, 0 changed");
    expect(everything()).toEqual(before);
  });

  test.each(EDITS)("%s: adds a new segment, and follows one that was renamed, in place", async (_, change) => {
    const id = add("Mobile visitors");
    await run();
    await edit(change);
    emulator.control.editSegment(id, { name: "Phones" });
    const added = add("Tablets");
    expect(await run("--merge")).toContain("1 new, 2 changed");
    expect((await registeredBy(out)).map(({ name, inputs }) => [name, inputs["name"], inputs["adoptId"]])).toEqual([
      ["mobile-visitors-000001", "Phones", id],
      [expect.stringMatching(/^tablets-/), "Tablets", added],
    ]);
    expect(await run("--merge")).toContain("0 new, 0 changed");
  });

  test("what is not understood is told with its place, and nothing is written", async () => {
    const id = add("Mobile visitors");
    add("Tablets");
    put("index.ts", 'import { make } from "./lib/make";\n\nmake("phones", "$");\n'.replace("$", id));
    put(
      "lib/make.ts",
      'import * as cja from "pulumi-cja";\nexport const make = (name: string, adoptId: string) =>\n  new cja.Segment(name, { adoptId } as never);\n',
    );
    const before = everything();
    const told = run("--merge");
    await expect(told).rejects.toThrow("lib/make.ts:3 creates a segment whose adoptId the export cannot read");
    await expect(told).rejects.toThrow(`index.ts:3 has the ID ${id}, and the export does not understand what for`);
    expect(everything()).toEqual(before);
  });

  test("a program that an earlier merge has doubled is not doubled further: both places are told", async () => {
    const id = add("Mobile visitors");
    await run();
    const text = content("segments/mobile-visitors-000001.ts");
    put("segments/copy.ts", text.replaceAll("mobile-visitors-000001", "copy"));
    await expect(run("--merge")).rejects.toThrow(
      `segments/mobile-visitors-000001.ts has the segment ${id} on line 4, and segments/copy.ts has it, too: remove one of the two`,
    );
  });

  test("what the program says in a way of its own stays, and is told", async () => {
    const id = add("Mobile visitors");
    await run();
    const file = "segments/mobile-visitors-000001.ts";
    put("lib/names.ts", 'export const label = () => "Mobile visitors";\n');
    put(
      file,
      content(file)
        .replace('name: "Mobile visitors"', "name: label()")
        .replace("\n", '\nimport { label } from "../lib/names";\n'),
    );
    const before = everything();
    emulator.control.editSegment(id, { name: "Phones" });
    const line = `${file}, line 5: name`;
    expect(await run("--merge")).toContain(`(\`pulumi preview --refresh\` shows what differs):\n  ${line}\n`);
    expect(JSON.parse(await run("--merge", "--json"))).toMatchObject({ own: [line] });
    expect(everything()).toEqual(before);
  });
});

describe.each(NODE_FORMATS)("%s", (format) => {
  test("of segments with one name, the names do not depend on which of them there still are (case 08)", async () => {
    const [first, second, third] = [add("mobile"), add("Mobile"), add("mobile!")];
    const names = async (...args: readonly string[]): Promise<Record<string, string>> => {
      await run("--format", format, ...args);
      return Object.fromEntries((await registeredBy(out)).map(({ name, inputs }) => [String(inputs["adoptId"]), name]));
    };
    const before = await names();
    expect(Object.keys(before).sort()).toEqual([first, second, third].sort());
    emulator.control.editSegment(first, { deleted: true });
    expect(await names("--force", "--prune")).toMatchObject({ [second]: before[second], [third]: before[third] });
    rmSync(out, { recursive: true });
    expect(await names()).toEqual({ [second]: before[second], [third]: before[third] });
  });

  test("a program for several environments is brought up to date, however it is formatted", async () => {
    const id = add("Mobile visitors");
    const file = join(folder, "environments.yaml");
    writeFileSync(file, "dev:\n  dataViews: { web: dv_dev }\n  dimensions: { device: variables/device_type }\n");
    const flags = ["--format", format, "--environments", file, "--environment", "dev"];
    await run(...flags);
    await edit((text) => formatted(text, { singleQuote: true, printWidth: 40 }));
    expect(await run(...flags, "--merge")).toContain("0 new, 0 changed");
    emulator.control.editSegment(id, { name: "Phones", definition: deviceIs("Phone") });
    add("Tablets");
    await run(...flags, "--merge");
    expect(await run(...flags, "--merge")).toContain("0 new, 0 changed");
    const registered = await registeredBy(out, "dev");
    expect(registered.map(({ inputs }) => [inputs["name"], inputs["definition"]])).toEqual([
      ["Phones", expect.objectContaining(deviceIs("Phone"))],
      ["Tablets", expect.objectContaining(deviceIs("Tablets"))],
    ]);
  });

  test("names that an earlier version gave stay, also with --force", async () => {
    const id = add("Mobile visitors");
    await run("--format", format);
    for (const path of readdirSync(join(out, "segments"))) {
      const text = content(`segments/${path}`)
        .replaceAll("-000001", "")
        .replaceAll("mobileVisitors000001", "mobileVisitors");
      rmSync(join(out, "segments", path));
      put(`segments/${path.replace("-000001", "")}`, text);
    }
    put("index.ts", content("index.ts").replaceAll("-000001", "").replaceAll("000001", ""));
    expect(await run("--format", format)).toContain("0 new, 0 changed");
    emulator.control.editSegment(id, { name: "Phones" });
    await run("--format", format, "--force");
    expect((await registeredBy(out)).map(({ name, inputs }) => [name, inputs["name"]])).toEqual([
      ["mobile-visitors", "Phones"],
    ]);
  });
});

test("a file of JSON that is added needs no other change, and one that was edited keeps what an export does not know", async () => {
  const id = add("Mobile visitors");
  await run("--format", "json");
  const index = content("index.ts");
  add("Tablets");
  expect(await run("--format", "json", "--merge")).toContain("1 new, 0 changed");
  expect(content("index.ts")).toBe(index);
  const path = "segments/mobile-visitors-000001.json";
  const json = JSON.parse(content(path)) as object;
  put(path, JSON.stringify({ deletionPolicy: "retain", ...json }));
  expect(await run("--format", "json", "--merge")).toContain("0 new, 0 changed");
  emulator.control.editSegment(id, { name: "Phones" });
  expect(await run("--format", "json", "--merge")).toContain("0 new, 1 changed");
  expect(JSON.parse(content(path))).toEqual({ deletionPolicy: "retain", ...json, name: "Phones" });
  expect((await registeredBy(out)).map(({ inputs }) => inputs["name"])).toEqual(["Phones", "Tablets"]);
});

describe("TypeScript's parser", () => {
  const SHIM = "@pulumi/pulumi/typescript-shim";
  const missing = Object.assign(new Error("no such module"), { code: "MODULE_NOT_FOUND" });
  const load = (found: Readonly<Record<string, unknown>>) => (place: string) => {
    if (place in found) return found[place];
    throw missing;
  };

  test("is the project's, else the one that Pulumi has", () => {
    const [own, pulumis] = [{ createSourceFile: () => 1 }, { createSourceFile: () => 2 }];
    const places = { typescript: own, [SHIM]: pulumis };
    expect(loadTypeScript(load(places))).toBe(own);
    expect(loadTypeScript(load({ ...places, typescript: {} }))).toBe(pulumis);
    expect(typeof loadTypeScript().createSourceFile).toBe("function");
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    expect(typeof loadTypeScript(load({ [SHIM]: require(SHIM) as unknown })).createSourceFile).toBe("function");
  });

  test("is asked for where there is none, or one without an API", () => {
    const message = /the export needs TypeScript 3\.8 to 6: npm install --save-dev typescript@5\.9/;
    expect(() => loadTypeScript(load({}))).toThrow(message);
    expect(() => loadTypeScript(load({ typescript: { version: "7.0.0" } }))).toThrow(message);
  });
});
