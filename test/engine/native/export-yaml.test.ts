/** A data view as a program in YAML: its first `up` takes over what is there, in either way, and writes nothing. */
import { mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { exportCommand } from "../../../cli/export/command";
import { dimension, hits, segment, visits } from "../../../definition";
import { startEmulator, type Emulator, type NewAudience } from "../../../emulator";
import { createStack, Stack } from "../harness/stack";
import { UNLIMITED } from "../programs";
import { languages } from "./languages";

const DEFINITIONS = [
  segment(hits(dimension("page").is("${a} costs $$5, or $1"))),
  segment(visits(dimension("variables/device").isIn(["yes", "007", "\u200bhidden", 'a "quoted": #1']))),
];

const GOLD = "11111111-aaaa-4aaa-8aaa-000000000001";
/** The second names the first, and comes before it by its name. */
const AUDIENCES: readonly NewAudience[] = [
  { id: GOLD, name: "Gold", expression: 'loyalty.tier = "gold"', labels: ["core/C1"], evaluation: "edge" },
  { name: 'Again: "${gold}"', description: "- a: 1", expression: `inSegment("${GOLD}") and a.b = "\${c} costs $$5"` },
];

const host = languages().find(({ name }) => name === "yaml")?.host;

(host === undefined ? describe.skip : describe).each([
  ["adoptId", [], { create: 2 }],
  // An import leaves tags and shares to the UI: that the program manages them is a change, though nothing is written for it.
  ["the option import", ["--import"], { import: 2, update: 2 }],
])("export --format yaml with %s", (_, flags, changes) => {
  let emulator: Emulator;
  let stack: Stack;
  const environment = () => ({ ...emulator.environment, ...UNLIMITED, XDG_STATE_HOME: stack.stateHome });
  const written = () =>
    emulator.control
      .requests()
      .filter(
        ({ method, path }) => !/GET|HEAD/.test(method) && !/^\/ims|\/(validate|conversion|search|bulk-get)$/.test(path),
      )
      .map(({ method, path }) => `${method} ${path}`);
  /** A stack of what the command writes for these flags. */
  const exported = async (project: string, ...what: readonly string[]): Promise<Stack> => {
    const folder = join(stack.folder, project);
    const command = exportCommand({ write: () => undefined, log: () => undefined, environment: environment() });
    const args = [...what, "--out", folder, "--project", project, "--format", "yaml", ...flags];
    await command.parseAsync(args, { from: "user" });
    symlinkSync(resolve(__dirname, "../../../node_modules"), join(folder, "node_modules"));
    for (const path of ["backend", "events"]) mkdirSync(join(folder, path));
    const path = [host, process.env["PULUMI_CJA_TEST_PATH"]].join(delimiter);
    const program = new Stack(folder, { env: { ...environment(), PATH: path }, project });
    await program.pulumi(["stack", "init", program.name]);
    emulator.control.clearRequests();
    return program;
  };

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false });
    const on = { dataViewId: "dv_dev", owner: "Emulator Technical Account" };
    for (const definition of DEFINITIONS)
      emulator.control.addSegment({
        ...on,
        name: 'Yes: "${this}"\u200b',
        description: "- a: 1",
        definition,
        tags: ["web"],
      });
    stack = await createStack({ program: "" });
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("is a program that the engine runs, and that changes nothing", async () => {
    const program = await exported("exported", "--data-view", "dv_dev");
    const before = emulator.control.segments();

    expect((await program.up()).changes).toEqual(changes);
    expect((await program.up({ args: ["--expect-no-changes"] })).changes).toEqual({ same: 2 });
    expect(written()).toEqual([]);
    expect(emulator.control.segments()).toEqual(before);
    const ids = emulator.control.segments().map(({ id }) => id);
    expect(Object.values(program.outputs()["segments"] as object).sort()).toEqual(ids.sort());
  });

  test("is one of audiences that name each other, too", async () => {
    emulator.control.addAudience(AUDIENCES);
    const program = await exported("audiences", "--sandbox", "prod");
    const before = emulator.control.audiences();

    expect((await program.up()).changes).toEqual(changes);
    expect((await program.up({ args: ["--expect-no-changes"] })).changes).toEqual({ same: 2 });
    expect(written()).toEqual([]);
    expect(emulator.control.audiences()).toEqual(before);
    const ids = emulator.control.audiences().map(({ id }) => id);
    expect(Object.values(program.outputs()["audiences"] as object).sort()).toEqual(ids.sort());
  });
});
