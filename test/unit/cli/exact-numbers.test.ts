import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareCommand } from "../../../cli/compare/command";
import { explainCommand } from "../../../cli/explain";
import { exportCommand } from "../../../cli/export/command";
import { reviewCommand } from "../../../cli/review/command";
import { startEmulator, type Emulator } from "../../../emulator";
import { readJson } from "../../../definition/json";
import { UNLIMITED } from "../../engine/programs";
import { fc, samples } from "../../properties";
import { numberText, valueOf } from "../definition/json/arbitrary";
import { planned, segmentOf } from "./review/plan";

/** Case 06. */
const definitionWith = (number: string) =>
  `{"func":"segment","version":[1,0,0],"container":{"func":"container","context":"hits","pred":{"func":"eq","num":${number},"val":{"func":"attr","name":"variables/order_number"}}}}`;
const NUMBERS = ["9007199254740993", "0.12345678901234567890", "1e400", "-0"];
const DEEP = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
const TOO_DEEP = "nested deeper than 1000 levels";

let folder: string;
let emulator: Emulator;
beforeAll(async () => void (emulator = await startEmulator({ limits: false })));
afterAll(() => emulator.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-cja-numbers-"));
  process.env["XDG_STATE_HOME"] = folder;
});
const stateHome = process.env["XDG_STATE_HOME"];
afterEach(() => {
  if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = stateHome;
  rmSync(folder, { recursive: true });
});

const COMMANDS = { explain: explainCommand, compare: compareCommand, review: reviewCommand, export: exportCommand };

async function run(name: keyof typeof COMMANDS, args: readonly string[], input = "", path?: string) {
  const told = { out: "", said: "", status: 0 };
  const command = COMMANDS[name]({
    write: (text) => void (told.out += text),
    log: (line) => void (told.said += `${line}\n`),
    standardInput: async () => input,
    environment: { ...emulator.environment, ...UNLIMITED, ...(path !== undefined && { PATH: path }) },
    exit: (status) => void (told.status = status),
    now: () => Date.parse("2026-11-05T00:00:00Z"),
  });
  await command.exitOverride().parseAsync(args, { from: "user" });
  return told;
}

/** The numbers that are compared with in a JSON text, as they are written. */
const compared = (json: string) => [...json.matchAll(/"num": ?(-?[\d.eE+-]+)/g)].map(([, number = ""]) => number);

/** A `pulumi` that is only a script, and prints a stack's state. */
function pulumiPrints(state: string): string {
  writeFileSync(join(folder, "state.json"), state);
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\ncat ${join(folder, "state.json")}\n`, { mode: 0o755 });
  return `${folder}:${process.env["PATH"]}`;
}

const TYPE = "pulumi-nodejs:dynamic/cja:Segment";
const stateWith = (definition: string, id = "s1") =>
  `{"version":3,"deployment":{"resources":[{"urn":"urn:pulumi:prod::web::${TYPE}::orders","type":"${TYPE}","id":"${id}",
    "outputs":{"name":"Orders","dataViewId":"dv_x","definition":${definition}}}]}}`;

const planWith = (before: string, after: string) =>
  planned([{ op: "update", before: segmentOf("A", { definition: 1 }), after: segmentOf("A", { definition: 2 }) }])
    .replaceAll('"definition":1', `"definition":${definitionWith(before)}`)
    .replaceAll('"definition":2', `"definition":${definitionWith(after)}`);

describe.each(NUMBERS)("the number %s", (number) => {
  test("is explained as it is, and as data", async () => {
    const words = await run("explain", ["-"], definitionWith(number));
    expect(words.out).toMatch(`the value of order_number equals ${number}\n`);
    expect(compared((await run("explain", ["-", "-f", "json"], definitionWith(number))).out)).toEqual([number]);
  });

  test("is refused with its place where TypeScript is asked for", async () => {
    await expect(run("explain", ["-", "-f", "typescript"], definitionWith(number))).rejects.toThrow(
      `standard input: container.pred.num: found the number ${number}`,
    );
  });

  test("is reviewed as it is", async () => {
    const text = (await run("review", ["-f", "text"], planWith(number, "7"))).out;
    expect(text).toContain(`equals ${number}`);
    const { out } = await run("review", ["-f", "json"], planWith("7", number));
    expect(new Set(compared(out))).toEqual(new Set(["7", number]));
  });

  test("is compared as it is, between stacks and data views", async () => {
    const rounded = JSON.stringify(Number(number)).replace("null", "1e300");
    const view = (name: string, text: string) => {
      emulator.control.addDataView({ id: name, name });
      return emulator.control.addSegment({
        name: "Orders",
        dataViewId: name,
        definition: readJson(definitionWith(text)),
      });
    };
    const [a, b] = [`dv_${NUMBERS.indexOf(number)}a`, `dv_${NUMBERS.indexOf(number)}b`];
    const { id } = view(a, number);
    view(b, number === "-0" ? "1" : rounded);
    const same = await run(
      "compare",
      [`stack:prod`, `dataview:${a}`],
      "",
      pulumiPrints(stateWith(definitionWith(number), id)),
    );
    expect([same.out, same.status]).toEqual([expect.stringContaining("1 the same"), 0]);
    const { out, status } = await run("compare", [`dataview:${a}`, `dataview:${b}`, "-f", "json"]);
    expect([compared(out).includes(number), status]).toEqual([true, 2]);
  });

  test.each(["typescript", "typescript-json", "json"])(
    "is left out of an export with its place, and the others are written: %s",
    async (format) => {
      const dataViewId = `dv_export_${NUMBERS.indexOf(number)}_${format}`;
      emulator.control.addDataView({ id: dataViewId, name: dataViewId });
      const add = (name: string, definition: string) =>
        emulator.control.addSegment({ name, dataViewId, definition: readJson(definition) });
      const { id } = add("Orders", definitionWith(number));
      add("Others", definitionWith("12"));
      const out = join(folder, "program");
      const { out: said } = await run("export", ["--data-view", dataViewId, "--out", out, "--format", format]);
      expect(said).toContain(
        `${id} "Orders" is left out: its definition has the number ${number} at container.pred.num, which a program would round`,
      );
      const files = readdirSync(join(out, "segments"));
      expect(files).toHaveLength(1);
      expect(readFileSync(join(out, "segments", files[0] ?? ""), "utf8")).toContain("12");
    },
  );
});

test("an export that is merged keeps the file of a segment that has got such a number", async () => {
  emulator.control.addDataView({ id: "dv_merge", name: "Merge" });
  const definition = readJson(definitionWith("12")) as object;
  const { id } = emulator.control.addSegment({ name: "Orders", dataViewId: "dv_merge", definition });
  emulator.control.addSegment({ name: "Others", dataViewId: "dv_merge", definition });
  const out = join(folder, "program");
  const args = ["--data-view", "dv_merge", "--out", out];
  await run("export", args);
  const text = () =>
    [`segments/orders-${id.slice(-6)}.ts`, "index.ts"].map((file) => readFileSync(join(out, file), "utf8"));
  const before = text();
  emulator.control.editSegment(id, { definition: readJson(definitionWith("9007199254740993")) });
  const told = await run("export", [...args, "--merge"]);
  expect(told.out).toContain(`${id} "Orders" is left out`);
  expect(text()).toEqual(before);
});

test("any number that is read from a file comes out as data with its value", async () => {
  await fc.assert(
    fc.asyncProperty(numberText, async (number) => {
      const [explained] = compared((await run("explain", ["-", "-f", "json"], definitionWith(number))).out);
      expect(valueOf(explained ?? "")).toBe(valueOf(number));
      const reviewed = compared((await run("review", ["-f", "json"], planWith("7", number))).out).map(valueOf);
      // Equal definitions are no change, and then there is none to show.
      if (valueOf(number) !== valueOf("7")) expect(reviewed).toContain(valueOf(number));
    }),
    { numRuns: samples(300) },
  );
});

test("a file or a state of 200,000 levels is one clear error of every command", async () => {
  const file = join(folder, "deep.json");
  writeFileSync(file, DEEP);
  await expect(run("explain", [file])).rejects.toThrow(`${file} cannot be read: it is ${TOO_DEEP}`);
  await expect(run("explain", ["-"], `{"name":"a","definition":${DEEP}}`)).rejects.toThrow(TOO_DEEP);
  await expect(run("explain", ["-", "--names", file], definitionWith("1"))).rejects.toThrow(TOO_DEEP);
  const path = pulumiPrints(stateWith(`{"a":${DEEP}}`));
  await expect(run("compare", ["stack:dev", "stack:prod"], "", path)).rejects.toThrow(
    `the stack cannot be read: it is ${TOO_DEEP}`,
  );
  const { out, status } = await run("review", ["-f", "text"], planWith("7", DEEP));
  expect([out, status]).toEqual([expect.stringContaining(TOO_DEEP), 1]);
  expect(existsSync(file)).toBe(true);
});
