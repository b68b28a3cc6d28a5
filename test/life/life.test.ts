import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "../engine/harness/stack";
import { AUDIENCES, deviceIs, program, UNLIMITED } from "../engine/programs";
import { JobRequests, until, whileCancelling } from "../engine/segment-job-requests";

// Both resources on the real engine, as a user sees them: what `npm test` has of it. `npm run test:engine` has the rest.

const [ONE, OTHER] = AUDIENCES;
const mobile = { name: "Mobile", dataViewId: "dv_dev", definition: deviceIs("Phone"), description: "On a phone" };
const moved = { name: "Moved", dataViewId: "dv_dev", definition: deviceIs("Tablet") };
const nightly = { segmentIds: [ONE, OTHER], triggers: { release: 1 } };
const programOf = (changes: { mobile?: object; moved?: object; nightly?: object } = {}) =>
  program({
    mobile: ["Segment", { ...mobile, ...changes.mobile }],
    moved: ["Segment", { ...moved, ...changes.moved }],
    nightly: ["SegmentJob", { ...nightly, ...changes.nightly }],
  });
/** By this a job that is to run finds out whether its audiences are as it needs them. */
const AUDIENCES_OF_THE_JOB = "POST /data/core/ups/audiences/bulk-get";
/** What the program has come to, after all of its changes. */
const CHANGED = {
  mobile: { name: "Mobile people", definition: deviceIs("Phone 2"), description: undefined },
  moved: { dataViewId: "dv_stage" },
};

describe("a segment and a segment job on the engine", () => {
  let emulator: Emulator;
  let stack: Stack;
  let jobs: JobRequests;
  const idOf = (name: string): string => stack.resource(name).id ?? "";
  const statusOf = (name: string): unknown => stack.resource(name).outputs["status"];
  const live = () => emulator.control.segments().filter(({ deleted }) => !deleted);
  const sent = () =>
    emulator.control
      .requests()
      .filter(({ path }) => !path.startsWith("/ims/"))
      .map(({ method, path }) => `${method} ${path.replace(/(\/segments\/(?!validate|jobs)|\/jobs\/).+/, "$1ID")}`)
      .map((line) => line.replace("/data/core/ups/segment", ""))
      .sort();
  const bodyOf = (method: string) => emulator.control.requests().find((request) => request.method === method)?.body;

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false, clock: "manual" });
    jobs = new JobRequests(emulator);
    stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: programOf() });
  });
  beforeEach(() => emulator.control.clearRequests());
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("a preview says what will be made, and writes nothing", async () => {
    expect((await stack.preview()).changes).toEqual({ create: 3 });
    expect(new Set(sent().filter((line) => !line.startsWith("GET ")))).toEqual(
      new Set(["POST /segments/validate", AUDIENCES_OF_THE_JOB]),
    );
    expect([live(), emulator.control.jobs()]).toEqual([[], []]);
  });

  test("up makes them, with the service's words in the outputs", async () => {
    expect((await stack.up()).changes).toEqual({ create: 3 });
    // The preview has asked for the verdicts.
    expect(sent().filter((line) => !line.startsWith("GET "))).toEqual([
      AUDIENCES_OF_THE_JOB,
      "POST /jobs",
      "POST /segments",
      "POST /segments",
    ]);
    expect(stack.resource("mobile")).toMatchObject({
      id: live().find(({ name }) => name === "Mobile")?.id,
      outputs: { ...mobile, orgId: "EMULATOR@AdobeOrg", dataViewName: expect.any(String) as string },
    });
    expect(stack.resource("nightly").outputs).toMatchObject({ status: "NEW", sandboxName: "prod", source: "api" });
    expect(jobs.runs()[0]?.body).toEqual([{ segmentId: ONE }, { segmentId: OTHER }]);
  });

  test("up has nothing to do and asks nothing", async () => {
    const run = await stack.up({ preview: true, args: ["--expect-no-changes"] });
    expect(run.changes).toEqual({ same: 3 });
    expect(emulator.control.requests()).toEqual([]);
  });

  test("up changes what the program changes, and moves a segment to another data view", async () => {
    stack.setProgram(programOf(CHANGED));
    const before = idOf("moved");
    expect((await stack.up()).changes).toEqual({ update: 1, replace: 1, same: 1 });
    expect(sent()).toEqual([
      "DELETE /segments/ID",
      // What uses the segment that is replaced.
      "GET /segments",
      "POST /segments",
      "POST /segments/validate",
      "POST /segments/validate",
      "PUT /segments/ID",
    ]);
    expect(bodyOf("PUT")).toEqual({ name: "Mobile people", definition: deviceIs("Phone 2"), description: "" });
    expect(live()).toMatchObject([{ name: "Mobile people" }, { dataViewId: "dv_stage" }]);
    expect(idOf("moved")).not.toBe(before);
  });

  test("a refresh shows what was changed in the UI, and how far the job is", async () => {
    emulator.control.editSegment(idOf("mobile"), { name: "Renamed by hand" });
    emulator.control.deleteSegment(idOf("moved"));
    emulator.control.advance(500);
    const run = await stack.refresh();
    // The changed status of a job is none of its inputs.
    expect(run.changes).toEqual({ update: 1, delete: 1, same: 1 });
    expect(run.output).toContain(`Segment job ${idOf("nightly")}: NEW → QUEUED.`);
    expect(stack.resource("mobile").inputs).toMatchObject({ name: "Renamed by hand" });
    expect([statusOf("nightly"), jobs.runs()]).toEqual(["QUEUED", []]);
  });

  test("up repairs it, and runs nothing", async () => {
    expect((await stack.up()).changes).toEqual({ update: 1, create: 1, same: 1 });
    expect(sent().filter((line) => !line.startsWith("GET "))).toEqual(["POST /segments", "PUT /segments/ID"]);
    expect(bodyOf("PUT")).toEqual({ name: "Mobile people" });
    expect(live()).toHaveLength(2);
  });

  test("a changed trigger cancels the active job, waits for its end, and only then runs anew", async () => {
    const before = idOf("nightly");
    stack.setProgram(programOf({ ...CHANGED, nightly: { triggers: { release: 2 } } }));
    const running = stack.start("up");
    await until("a poll after the DELETE", () => jobs.deletes().includes(before) && jobs.polls(before) > 1);
    expect(jobs.runs()).toEqual([]);
    const run = await whileCancelling(emulator, running.done);
    expect(run).toMatchObject({ code: 0, changes: { replace: 1, same: 2 } });
    expect([jobs.runs().length, jobs.deletes()]).toEqual([1, [before]]);
    expect(idOf("nightly")).not.toBe(before);
  });

  test("all mistakes of a program are said at once, before anything is written", async () => {
    stack.setProgram(programOf({ mobile: { name: "" }, moved: { dataViewId: 5 }, nightly: { segmentIds: [] } }));
    const run = await stack.up({ fails: true });
    for (const path of ["mobile", "name", "moved", "dataViewId", "nightly", "segmentIds"])
      expect(run.output).toContain(path);
    expect(emulator.control.requests()).toEqual([]);
  });

  test("destroy deletes the segments and cancels the job", async () => {
    const job = idOf("nightly");
    const run = await whileCancelling(emulator, stack.start("destroy").done);
    expect(run.code).toBe(0);
    expect([live(), stack.resources()]).toEqual([[], []]);
    expect(sent().filter((line) => line.startsWith("DELETE"))).toEqual([
      "DELETE /jobs/ID",
      "DELETE /segments/ID",
      "DELETE /segments/ID",
    ]);
    expect(jobs.deletes()).toContain(job);
    expect(emulator.control.jobs().map(({ status }) => status)).toEqual(["CANCELLED", "CANCELLED"]);
  });
});
