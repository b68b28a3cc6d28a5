import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { TYPE_TOKENS } from "../../../model/resource-kinds";
import { startEmulator, type Emulator } from "../../../emulator";
import { hasRedis, RedisServer } from "../../redis/redis-server";
import { pulumiEnvironment } from "../harness/project";
import { createStack, Stack } from "../harness/stack";
import { programOf, WITH_PLUGIN } from "../native/project";
import { deviceIs, UNLIMITED } from "../programs";

type Resources = Parameters<typeof programOf>[1];

const args = { name: "Shared", dataViewId: "dv_dev", definition: deviceIs("Phone") };
const MAIN = join(__dirname, "../../../dist/cli/main.js");

// Two stacks in steps, of one project and backend, each through another door; each test begins where the one before it ended.
describe.each([
  ["one machine", false, ["dynamic", "native"]],
  ["two machines with a Redis", true, ["native", "dynamic"]],
] as const)("one segment and two stacks of %s", (_, apart, doors) => {
  if (apart && !hasRedis) return;
  let emulator: Emulator;
  let redis: RedisServer | undefined;
  let first: Stack;
  let second: Stack;
  let id: string;

  const doorOf = (stack: Stack) => doors[stack === first ? 0 : 1];
  const up = (stack: Stack, resources: Resources, options = {}) => {
    stack.setProgram(programOf(doorOf(stack), resources));
    return stack.up(options);
  };
  const preview = (stack: Stack, resources: Resources, options = {}) => {
    stack.setProgram(programOf(doorOf(stack), resources));
    return stack.preview(options);
  };
  const exists = () => emulator.control.segments().some((one) => one.id === id && !one.deleted);
  const own: Resources = { a: ["Segment", args] };
  const adopting = (): Resources => ({ b: ["Segment", { ...args, adoptId: id }] });

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false });
    redis = apart ? await RedisServer.start() : undefined;
    const common = { ...emulator.environment, ...UNLIMITED, ...(redis && { CJA_RATE_LIMIT_STORE: redis.url }) };
    first = await createStack({ env: common, program: "", name: "first", files: WITH_PLUGIN });
    const home = apart ? { XDG_STATE_HOME: join(first.folder, "other-home") } : {};
    second = new Stack(first.folder, { name: "second", env: { ...common, ...home } });
    await second.pulumi(["stack", "init", "second"]);
    await up(first, own);
    id = first.resource("a").id ?? "";
  });
  afterAll(async () => {
    await second.dispose();
    await first.dispose();
    await emulator.close();
    await redis?.stop();
  });

  /** Does what a message says, to the letter but for how a program that is not installed is found. */
  async function follow(output: string, stack: string): Promise<void> {
    const command = new RegExp(`npx pulumi-cja (holders --let-go \\S+ --stack \\S+/${stack})(?=[.\\s])`).exec(
      output,
    )?.[1];
    if (command === undefined) throw new Error(`there is no command for ${stack} in:\n${output}`);
    const env = { ...process.env, ...emulator.environment, XDG_STATE_HOME: first.stateHome };
    await promisify(execFile)(process.execPath, [MAIN, ...command.split(" ")], {
      env: { ...env, ...(redis && { CJA_RATE_LIMIT_STORE: redis.url }) },
    });
  }

  test("the second one is warned in the preview, and refused with cja:exclusive", async () => {
    const warned = await preview(second, adopting());
    expect(warned.output).toContain(
      `warning: Segment ${id}: cja.Segment "a" of the stack engine-test/first has it, too.`,
    );
    const refused = await preview(second, adopting(), { env: { CJA_EXCLUSIVE: "true" }, fails: true });
    expect(refused.output).toContain(
      `cja.Segment "a" of the stack engine-test/first has it, too, and cja:exclusive is true`,
    );
  });

  test("neither deletes it, by destroy or by a replacement, before one lets it go", async () => {
    await up(second, adopting());
    const moved = { b: ["Segment", { ...args, dataViewId: "dv_stage" }] as const };
    expect((await preview(second, moved, { fails: true })).output).toContain("Could not replace segment");
    const { output } = await first.destroy({ fails: true });
    expect(output).toContain(`cja.Segment "b" of the stack engine-test/second has it, too. Nothing was deleted.`);
    const refused = await second.destroy({ fails: true });
    expect(exists()).toBe(true);
    await follow(refused.output, "second");
    expect((await second.destroy()).output).toContain(
      `Segment ${id} is not deleted: cja.Segment "a" of the stack engine-test/first has it, too.`,
    );
    expect([exists(), second.resources()]).toEqual([true, []]);
  });

  test("it is exported by nobody who names the stack that has it", async () => {
    const out = join(first.folder, "exported");
    const command = ["export", "--data-view", "dv_dev", "--out", out, "--stack", "first", "--cwd", first.folder];
    const env = { ...pulumiEnvironment(first.folder), ...emulator.environment, XDG_STATE_HOME: first.stateHome };
    await expect(promisify(execFile)(process.execPath, [MAIN, ...command], { env })).rejects.toThrow(
      /no segment is left to export; nothing was written\n {2}1 that the stack first already has/,
    );
  });

  test("a rename, a taint and a refresh of the one that is left are as they always are", async () => {
    await up(first, { c: ["Segment", args, { aliases: [{ name: "a" }] }] });
    expect((await first.refresh({ args: ["--expect-no-changes"] })).changes).toEqual({ same: 1 });
    await up(first, { d: ["Segment", { ...args, adoptId: id }] }, { preview: true });
    await first.pulumi([
      "state",
      "taint",
      "--stack",
      "first",
      `urn:pulumi:first::engine-test::${TYPE_TOKENS.Segment[doors[0]]}::d`,
    ]);
    await up(first, { d: ["Segment", { ...args, adoptId: id }] });
    expect([first.resource("d").id, exists()]).toEqual([id, true]);
  });

  test("it moves from one to the other with pulumi state move, and goes with the one that has it", async () => {
    const urn = `urn:pulumi:first::engine-test::${TYPE_TOKENS.Segment[doors[0]]}::d`;
    await first.pulumi(["state", "move", "--yes", "--source", "first", "--dest", "second", urn]);
    // To dynamic resources only an alias of the program leads, and the text by which the engine finds the code is new there.
    const moved = ["Segment", args, { aliases: [{ type: TYPE_TOKENS.Segment[doors[0]] }] }] as const;
    const { changes } = await up(second, { d: moved }, { preview: true });
    expect(changes).toEqual(doors[1] === "dynamic" ? { update: 1 } : { same: 1 });
    await second.destroy();
    expect(exists()).toBe(false);
    await first.destroy();
  });

  test("the one whose holder lets go deletes it", async () => {
    await up(first, own);
    id = first.resource("a").id ?? "";
    await up(second, adopting());
    const { output } = await second.destroy({ fails: true });
    await follow(output, "first");
    await second.destroy();
    expect(exists()).toBe(false);
    expect((await first.refresh()).changes).toMatchObject({ delete: 1 });
  });

  test("what a stack retains is the other one's alone", async () => {
    await up(first, own);
    id = first.resource("a").id ?? "";
    await up(second, { b: ["Segment", { ...args, adoptId: id, deletionPolicy: "retain" }] });
    await second.destroy();
    await first.destroy();
    expect(exists()).toBe(false);
  });
});
