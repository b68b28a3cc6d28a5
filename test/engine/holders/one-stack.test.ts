import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { startEmulator, type Emulator } from "../../../emulator";
import { createStack, type Stack } from "../harness/stack";
import { deviceIs, program, UNLIMITED } from "../programs";

type Resources = Parameters<typeof program>[0];

const SEGMENT = "pulumi-nodejs:dynamic/cja:Segment";
const urnOf = (name: string) => `urn:pulumi:dev::engine-test::${SEGMENT}::${name}`;
const args = (name: string) => ({ name, dataViewId: "dv_dev", definition: deviceIs(name) });

// One stack in steps; each test begins where the one before it ended.
describe("segments of one stack", () => {
  let emulator: Emulator;
  let stack: Stack;

  const up = (resources: Resources, options = {}) => {
    stack.setProgram(program(resources));
    return stack.up(options);
  };
  const preview = (resources: Resources, options = {}) => {
    stack.setProgram(program(resources));
    return stack.preview(options);
  };
  const exists = (id: string) => emulator.control.segments().some((one) => one.id === id && !one.deleted);
  const idOf = (name: string) => stack.resource(name).id ?? "";

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false });
    stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: "" });
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("are not taken over by a second resource: the preview names both", async () => {
    await up({ a: ["Segment", args("a")] });
    const second = { ...args("a"), name: "Mine now", adoptId: idOf("a") };
    const { output } = await preview({ a: ["Segment", args("a")], b: ["Segment", second] }, { fails: true });
    // Whichever the engine comes to second.
    expect(output).toMatch(
      /resource 'b' has a problem: adoptId: found "\S+", which cja\.Segment "a" already has|cja\.Segment "b" and cja\.Segment "a" both have it/,
    );
    expect(emulator.control.segments()).toMatchObject([{ name: "a" }]);
  });

  /** As an earlier version let it happen: the resource is in state a second time. */
  async function double(name: string, copy: string): Promise<void> {
    const { stdout } = await stack.pulumi(["stack", "export"]);
    const state = JSON.parse(stdout) as {
      deployment: { resources: { urn: string; outputs?: Record<string, unknown> }[] };
    };
    const original = state.deployment.resources.find(({ urn }) => urn === urnOf(name));
    if (!original) throw new Error(`there is no ${name}`);
    delete original.outputs?.["holderId"];
    state.deployment.resources.push({ ...original, urn: urnOf(copy) });
    const file = join(stack.folder, "doubled.json");
    writeFileSync(file, JSON.stringify(state));
    await stack.pulumi(["stack", "import", "--file", file]);
  }

  test("that two resources have in state are kept when one of the two goes", async () => {
    await double("a", "b");
    const both: Resources = { a: ["Segment", args("a")], b: ["Segment", args("a")] };
    const { output } = await preview(both, { fails: true });
    expect(output).toMatch(/cja\.Segment "[ab]" and cja\.Segment "[ab]" both have it/);
    expect((await preview({ a: ["Segment", args("a")] })).output).toContain(
      `Segment ${idOf("a")} stays with cja.Segment "a": cja.Segment "b" of this stack has it, too, and can be removed.`,
    );
    const run = await up({ a: ["Segment", args("a")] });
    expect(run.changes).toEqual({ same: 1, delete: 1 });
    expect(run.output).toContain(`Segment ${idOf("a")} is not deleted: cja.Segment "a" has it.`);
    expect(exists(idOf("a"))).toBe(true);
  });

  test("are renamed with aliases, and without them where adoptId names them", async () => {
    const id = idOf("a");
    expect((await up({ c: ["Segment", args("a"), { aliases: [{ name: "a" }] }] })).changes).toEqual({ same: 1 });
    const run = await up({ d: ["Segment", { ...args("a"), adoptId: id }] }, { preview: true });
    expect(run.changes).toEqual({ create: 1, delete: 1 });
    expect([idOf("d"), exists(id)]).toEqual([id, true]);
  });

  test("stay through a taint and a replacement with adoptId", async () => {
    const id = idOf("d");
    const d: Resources = { d: ["Segment", { ...args("a"), adoptId: id }] };
    await stack.pulumi(["state", "taint", urnOf("d")]);
    await up(d);
    await up(d, { args: ["--target-replace", urnOf("d")] });
    expect([idOf("d"), exists(id)]).toEqual([id, true]);
  });

  test("are made anew by a taint and by replaceOnChanges without it, and the old ones go", async () => {
    const first = idOf("d");
    await stack.pulumi(["state", "taint", urnOf("d")]);
    await up({ d: ["Segment", args("a")] });
    const second = idOf("d");
    await up({ d: ["Segment", { ...args("a"), name: "Other" }, { replaceOnChanges: ["name"] }] }, { preview: true });
    const third = idOf("d");
    await up({ d: ["Segment", { ...args("a"), dataViewId: "dv_stage" }] }, { preview: true });
    expect([first, second, third, idOf("d")].map(exists)).toEqual([false, false, false, true]);
  });

  test("that a moved resource leaves behind are taken over by another one in the same run", async () => {
    const [left, d] = [idOf("d"), { ...args("a"), dataViewId: "dv_dev" }];
    await up(
      { d: ["Segment", d], e: ["Segment", { ...args("a"), dataViewId: "dv_stage", adoptId: left }] },
      { preview: true },
    );
    expect([idOf("e"), exists(left), exists(idOf("d"))]).toEqual([left, true, true]);
  });

  test("go with destroy, once, also where two resources have them", async () => {
    const ids = [idOf("d"), idOf("e")];
    await double("e", "f");
    const e = { ...args("a"), dataViewId: "dv_stage" };
    await preview({ d: ["Segment", args("a")], e: ["Segment", e], f: ["Segment", e] }, { fails: true });
    await stack.destroy();
    expect(ids.map(exists)).toEqual([false, false]);
    expect(stack.resources()).toEqual([]);
  });
});
