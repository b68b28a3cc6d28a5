/** A data view as a program in YAML: its first `up` takes over what is there, in either way, and writes nothing. */
import { mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { exportCommand } from "../../../cli/export/command";
import { dimension, hits, segment, visits } from "../../../definition";
import { startEmulator, type Emulator } from "../../../emulator";
import { createStack, Stack } from "../harness/stack";
import { UNLIMITED } from "../programs";
import { languages } from "./languages";

const DEFINITIONS = [
  segment(hits(dimension("page").is("${a} costs $$5, or $1"))),
  segment(visits(dimension("variables/device").isIn(["yes", "007", "\u200bhidden", 'a "quoted": #1']))),
];

const host = languages().find(({ name }) => name === "yaml")?.host;

(host === undefined ? describe.skip : describe).each([
  ["adoptId", [], { create: 2 }],
  // An import leaves tags and shares to the UI: that the program manages them is a change, though nothing is written for it.
  ["the option import", ["--import"], { import: 2, update: 2 }],
])("export --format yaml with %s", (_, flags, changes) => {
  let emulator: Emulator;
  let stack: Stack;
  const writes = () => emulator.control.requests().filter(({ method }) => !["GET", "HEAD"].includes(method));

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
    const folder = join(stack.folder, "exported");
    const environment = { ...emulator.environment, ...UNLIMITED, XDG_STATE_HOME: stack.stateHome };
    const command = exportCommand({ write: () => undefined, log: () => undefined, environment });
    const args = ["--data-view", "dv_dev", "--out", folder, "--project", "exported", "--format", "yaml", ...flags];
    await command.parseAsync(args, { from: "user" });
    symlinkSync(resolve(__dirname, "../../../node_modules"), join(folder, "node_modules"));
    for (const path of ["backend", "events"]) mkdirSync(join(folder, path));
    const path = [host, process.env["PULUMI_CJA_TEST_PATH"]].join(delimiter);
    const program = new Stack(folder, { env: { ...environment, PATH: path }, project: "exported" });
    await program.pulumi(["stack", "init", program.name]);
    emulator.control.clearRequests();
    const before = emulator.control.segments();

    expect((await program.up()).changes).toEqual(changes);
    expect((await program.up({ args: ["--expect-no-changes"] })).changes).toEqual({ same: 2 });
    const written = writes().flatMap(({ path }) => (/^\/ims|\/(validate|search)$/.test(path) ? [] : [path]));
    expect(written).toEqual([]);
    expect(emulator.control.segments()).toEqual(before);
    const ids = emulator.control.segments().map(({ id }) => id);
    expect(Object.values(program.outputs()["segments"] as object).sort()).toEqual(ids.sort());
  });
});
