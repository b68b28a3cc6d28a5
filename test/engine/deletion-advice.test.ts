import { reviewCommand } from "../../cli/review/command";
import { startEmulator, type Emulator, type NewJob, type NewSegment } from "../../emulator";
import { createStack, type Run, type Stack } from "./harness/stack";
import { AUDIENCES, deviceIs, UNLIMITED } from "./programs";

/** Each way out that a refused deletion names is followed to the letter here; none may start a run, or make again what is gone. */
describe("the advice of a refused deletion", () => {
  let emulator: Emulator;
  let stack: Stack;
  const baskets = {
    name: "Big baskets",
    dataViewId: "dv_dev",
    definition: deviceIs("Phone"),
    deletionPolicy: "refuseIfUsed",
  };
  const other = { ...baskets, name: "Other", deletionPolicy: "delete" };
  const want = (change: object = {}, { chained = false, without = false } = {}) =>
    [
      'const cja = require("pulumi-cja");',
      without ? "" : `const baskets = new cja.Segment("big-baskets", ${JSON.stringify({ ...baskets, ...change })});`,
      `new cja.Segment("other", ${JSON.stringify(other)});`,
      `new cja.SegmentJob("run", { segmentIds: ["${AUDIENCES[0]}"] }, ${chained ? "{ dependsOn: [baskets] }" : "{}"});`,
    ].join("\n");
  const id = () => stack.resource("big-baskets").id as string;
  const jobs = () => emulator.control.jobs().length;
  const names = () =>
    stack
      .resources()
      .map(({ name }) => name)
      .sort();
  const deletes = () => emulator.control.requests().filter(({ method }) => method === "DELETE").length;
  const there = () =>
    emulator.control
      .segments()
      .flatMap(({ name, deleted }) => (deleted ? [] : [name]))
      .sort();
  const use = (yes = true) =>
    emulator.control.setUses(id(), yes ? [{ type: "project", id: "5f1", name: "Weekly" }] : []);
  /** What the message says, whether Adobe has told what uses it or not. */
  const refused = (run: Run) => {
    expect(run.output).toMatch(/Could not delete segment s\S+ "Big baskets": /);
    expect(run.output).toContain("run pulumi up --target '**::big-baskets', then delete it as before");
    expect(run.output).toContain("run the same command with --exclude '**::big-baskets'");
  };

  // Each test begins after the same `up`, which runs once.
  let made: { readonly segments: NewSegment[]; readonly runs: NewJob[] };
  beforeAll(async () => {
    emulator = await startEmulator({ limits: false });
    stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: want() });
    await stack.up();
    await stack.save();
    const { control } = emulator;
    made = {
      segments: control.segments().map((one) => {
        const { id, name, dataViewId, definition, owner } = one;
        return { id, name, dataViewId, definition, owner: owner.id };
      }),
      runs: control.jobs().map(({ id, segmentIds, requestId }) => ({ id, segmentIds: [...segmentIds], requestId })),
    };
  });
  beforeEach(async () => {
    emulator.control.reset();
    emulator.control.addSegment(made.segments);
    for (const run of made.runs) emulator.control.addJob(run);
    await stack.restore();
    stack.setProgram(want());
    emulator.control.clearRequests();
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("remove it from what uses it, and run the same command again", async () => {
    use();
    refused(await stack.destroy({ fails: true }));
    expect([deletes(), names()]).toEqual([0, ["big-baskets", "other", "run"]]);
    use(false);
    await stack.destroy();
    expect([there(), jobs()]).toEqual([[], 1]);
  });

  test("a review of the destroy's preview says it before, and names what uses a segment", async () => {
    use();
    const { stdout } = await stack.pulumi(["destroy", "--preview-only", "--json", "--stack", stack.name]);
    let text = "";
    const terminal = {
      write: (more: string) => void (text += more),
      log: (line: string) => void (text += `${line}\n`),
      standardInput: async () => stdout,
      environment: { ...emulator.environment, ...UNLIMITED, XDG_STATE_HOME: stack.stateHome },
      exit: () => undefined,
    };
    await reviewCommand(terminal).parseAsync(["--ask"], { from: "user" });
    expect(text).toContain("### What `pulumi destroy` would do in `engine-test/dev`");
    expect(text).toContain("> **1 deletion will be refused**, and `pulumi destroy` will fail.");
    expect(text).toContain('- used by: `project "Weekly" (5f1)`');
    use(false);
  });

  test("delete it in Customer Journey Analytics, and run the same command again", async () => {
    emulator.control.setUsedIn({ answered: false });
    const run = await stack.destroy({ fails: true });
    refused(run);
    expect(run.output).toContain("Adobe does not say whether it is in use");
    expect([deletes(), names()]).toEqual([0, ["big-baskets", "other", "run"]]);
    emulator.control.deleteSegment(id());
    await stack.destroy();
    expect([there(), jobs()]).toEqual([[], 1]);
  });

  test("set deletionPolicy, run pulumi up for it alone, and delete it as before: where the job is gone, none is started", async () => {
    emulator.control.setUsedIn({ answered: false });
    await stack.destroy({ args: ["--target", "**::run", "--target", "**::other"] });
    refused(await stack.destroy({ fails: true }));
    stack.setProgram(want({ deletionPolicy: "delete" }));
    await stack.up({ preview: true, args: ["--target", "**::big-baskets"] });
    expect([names(), jobs()]).toEqual([["big-baskets"], 1]);
    await stack.destroy();
    expect([there(), jobs()]).toEqual([[], 1]);
  });

  test("the same with --exclude keeps it and deletes the rest, with --refresh, too", async () => {
    use();
    refused(await stack.destroy({ fails: true, args: ["--refresh"] }));
    await stack.destroy({ args: ["--exclude", "**::big-baskets", "--refresh"] });
    expect([names(), there(), jobs()]).toEqual([["big-baskets"], ["Big baskets"], 1]);
  });

  test("one that has left the program: put it back with the other policy, up for it alone, take it out again; or --exclude", async () => {
    use();
    stack.setProgram(want({}, { without: true }));
    refused(await stack.up({ fails: true }));
    await stack.up({ args: ["--exclude", "**::big-baskets"] });
    expect(there()).toEqual(["Big baskets", "Other"]);
    stack.setProgram(want({ deletionPolicy: "delete" }));
    await stack.up({ args: ["--target", "**::big-baskets"] });
    stack.setProgram(want({}, { without: true }));
    await stack.up({ preview: true });
    expect([there(), jobs()]).toEqual([["Other"], 1]);
  });

  test("with --refresh what depends on it, and is deleted before it, stays as well; other targets are free to go", async () => {
    stack.setProgram(want({}, { chained: true }));
    await stack.up();
    use();
    const run = await stack.destroy({ fails: true, args: ["--refresh"] });
    expect(run.output).toContain("Could not delete segment");
    expect(run.output).toContain('it is used by the project "Weekly" (5f1)');
    expect([deletes(), names()]).toEqual([0, ["big-baskets", "other", "run"]]);
    await stack.destroy({ args: ["--refresh", "--target", "**::other"] });
    expect(there()).toEqual(["Big baskets"]);
    // What stays in the program is not asked about, though it was read.
    stack.setProgram(want({}));
    await stack.up({ args: ["--refresh"] });
    stack.setProgram(want({}).replace(/^new cja.Segment\("other".*$/m, ""));
    await stack.up({ args: ["--refresh"] });
    expect([there(), jobs()]).toEqual([["Big baskets"], 1]);
  });

  test("a replacement that is refused: restore the old dataViewId, set the policy for it alone, then change dataViewId again", async () => {
    emulator.control.setUsedIn({ answered: false });
    stack.setProgram(want({ dataViewId: "dv_stage" }));
    const run = await stack.preview({ fails: true });
    expect(run.output).toContain("Nothing was created or deleted.");
    expect(run.output).toContain(
      `To replace it anyway: restore the old dataViewId, set deletionPolicy: "delete" ("retain" keeps the old segment), run pulumi up --target '**::big-baskets', then change dataViewId again.`,
    );
    stack.setProgram(want({ deletionPolicy: "delete" }));
    await stack.up({ args: ["--target", "**::big-baskets"] });
    stack.setProgram(want({ deletionPolicy: "delete", dataViewId: "dv_stage" }));
    await stack.up({ preview: true });
    expect([there(), jobs()]).toEqual([["Big baskets", "Other"], 1]);
  });

  test("retain that comes with a replacement: restore the old dataViewId, set the policy alone, then change dataViewId again", async () => {
    stack.setProgram(want({ deletionPolicy: "retain", dataViewId: "dv_stage" }));
    const run = await stack.preview({ fails: true });
    expect(run.output).toContain(
      `Nothing was changed. Restore the old dataViewId, set deletionPolicy: "retain" alone, run pulumi up --target '**::big-baskets', then change dataViewId again.`,
    );
    stack.setProgram(want({ deletionPolicy: "retain" }));
    await stack.up({ args: ["--target", "**::big-baskets"] });
    stack.setProgram(want({ deletionPolicy: "retain", dataViewId: "dv_stage" }));
    await stack.up({ preview: true });
    expect([there(), jobs()]).toEqual([["Big baskets", "Big baskets", "Other"], 1]);
  });

  test("an original that was replaced already: delete it in Customer Journey Analytics, and run the same command again", async () => {
    use();
    const original = id();
    const args = ["--target-replace", stack.resource("big-baskets").urn];
    refused(await stack.up({ fails: true, args }));
    emulator.control.deleteSegment(original);
    await stack.up();
    expect([names(), there(), jobs()]).toEqual([["big-baskets", "other", "run"], ["Big baskets", "Other"], 1]);
    expect(id()).not.toBe(original);
  });
});
