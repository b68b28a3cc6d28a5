import { createReport } from "../../../cli/review/report/create-report";
import { plainText } from "../../../cli/review/text";
import { startEmulator, type Emulator } from "../../../emulator";
import { createStack, type Run, type Stack } from "../harness/stack";
import { AUDIENCES, deviceIs, UNLIMITED, type ResourceClass } from "../programs";
import { programOf, WITH_PLUGIN, type Door } from "./project";

const [ONE, OTHER] = AUDIENCES;
const args = (name: string) => ({ name, dataViewId: "dv_dev", definition: deviceIs(name) });
const both = (...preds: object[]) => ({
  ...deviceIs("x"),
  container: { func: "container", context: "visitors", pred: { func: "and", preds } },
});
const is = (str: string) => ({ func: "streq", str, val: { func: "attr", name: "variables/device_type" } });

type Resources = Readonly<Record<string, readonly [ResourceClass, object]>>;

const BEFORE: Resources = {
  condition: ["Segment", args("Phone")],
  inserted: ["Segment", { ...args("inserted"), definition: both(is("a"), is("c")) }],
  reordered: ["Segment", args("reordered")],
  tagged: ["Segment", { ...args("tagged"), tags: ["a", "b", "c"], shares: [{ to: "all" }] }],
  moved: ["Segment", args("moved")],
  described: ["Segment", { ...args("described"), description: "On a phone" }],
  job: ["SegmentJob", { segmentIds: [ONE], triggers: { release: "2026-11", "by.whom": "Jane" } }],
  waiting: ["SegmentJob", { segmentIds: [OTHER], timeout: "1h" }],
};

const reordered = ({ func, version, container }: ReturnType<typeof deviceIs>) => ({ container, version, func });

const AFTER: Resources = {
  condition: ["Segment", { ...args("Phone"), definition: deviceIs("Tablet") }],
  inserted: ["Segment", { ...args("inserted"), definition: both(is("a"), is("b"), is("c")) }],
  reordered: ["Segment", { ...args("reordered"), definition: reordered(deviceIs("reordered")) }],
  tagged: ["Segment", { ...args("tagged"), tags: ["a", "c", "d"], shares: [{ to: "group", id: "812345678" }] }],
  moved: ["Segment", { ...args("moved"), dataViewId: "dv_stage" }],
  described: ["Segment", args("described")],
  job: ["SegmentJob", { segmentIds: [OTHER], triggers: { release: "2026-11", "by.whom": "Joe" } }],
  waiting: ["SegmentJob", { segmentIds: [OTHER], timeout: "2h" }],
};

const reviewOf = (text: string): string => plainText(createReport([{ name: "preview.json", text }]));

describe("a preview of the plugin's resources", () => {
  let emulator: Emulator;
  const stacks: Stack[] = [];
  let native: Stack;
  let dynamic: Stack;
  /** What the review says of the change, by the plugin's preview. */
  let reviewed: string;
  /** What a run sends, in order of text: the engine runs steps side by side. */
  const sentBy = async (run: () => Promise<Run>) => {
    emulator.control.clearRequests();
    await run();
    return emulator.control
      .requests()
      .filter(({ path }) => !path.startsWith("/ims/"))
      .map(({ method, path }) => `${method} ${path}`)
      .sort();
  };
  const stackOf = async (door: Door) => {
    const stack = await createStack({
      env: { ...emulator.environment, ...UNLIMITED },
      program: programOf(door, BEFORE),
      files: WITH_PLUGIN,
      project: "engine-test",
    });
    stacks.push(stack);
    return stack;
  };

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false, clock: "manual" });
    native = await stackOf("native");
    dynamic = await stackOf("dynamic");
  });
  afterAll(async () => {
    for (const stack of stacks) await stack.dispose();
    await emulator.close();
  });

  test("of a create has the organisation, and sends what the other door sends", async () => {
    native.setProgram(
      `${programOf("native", BEFORE)}\nexports.org = exports.moved.orgId;\nexports.id = exports.moved.id;`,
    );
    let output = "";
    const sent = await sentBy(async () => {
      const run = await native.preview();
      output = run.output;
      return run;
    });
    expect(output).toMatch(/\borg *: "EMULATOR@AdobeOrg"/);
    expect(output).toMatch(/\bid *: \[unknown\]/);
    expect(await sentBy(() => dynamic.preview())).toEqual(sent);
    expect(await sentBy(() => native.up())).toEqual(await sentBy(() => dynamic.up()));
  });

  test("names the exact paths that differ", async () => {
    // A run at work would be cancelled before another starts, and waited for until the emulator's clock goes on.
    emulator.control.advance(4_000);
    await native.refresh();
    await dynamic.refresh();
    native.setProgram(programOf("native", AFTER));
    const { steps, changes, stdout } = await native.preview({ args: ["--json"] });
    reviewed = reviewOf(stdout);
    expect(changes).toEqual({ same: 1, update: 5, replace: 2 });
    const planned = steps.filter(({ op }) => op === "update" || op === "replace");
    expect(Object.fromEntries(planned.map(({ name, detailedDiff }) => [name, detailedDiff]))).toEqual({
      condition: { "definition.container.pred.str": "update" },
      inserted: { "definition.container.pred.preds[1]": "add" },
      tagged: { "tags[1]": "delete", "tags[2]": "add", "shares[0]": "update" },
      moved: { dataViewId: "update-replace" },
      described: { description: "delete" },
      job: { "segmentIds[0]": "update-replace", 'triggers["by.whom"]': "update-replace" },
      waiting: { timeout: "update" },
    });
    // The engine keeps the keys in no order.
    const replaced = steps.filter(({ op }) => op === "replace");
    expect(Object.fromEntries(replaced.map(({ name, replaceKeys }) => [name, replaceKeys?.toSorted()]))).toEqual({
      moved: ["dataViewId"],
      job: ["segmentIds", "triggers"],
    });
  });

  test("says what the run then does, with the requests and the review of the other door", async () => {
    const sent = await sentBy(async () => {
      const run = await native.up();
      expect(run.changes).toEqual({ same: 1, update: 5, replace: 2 });
      return run;
    });
    dynamic.setProgram(programOf("dynamic", AFTER));
    // It asks for the verdicts, as that of the other stack has done.
    expect(reviewOf((await dynamic.preview({ args: ["--json"] })).stdout)).toEqual(reviewed);
    const anonymous = (requests: string[]) =>
      requests.map((line) => line.replace(/(segments|jobs)\/[\w-]*\d[\w-]*$/, "$1/ID"));
    expect(anonymous(await sentBy(() => dynamic.up()))).toEqual(anonymous(sent));
    expect((await native.up()).changes).toEqual({ same: 8 });
  });
});
