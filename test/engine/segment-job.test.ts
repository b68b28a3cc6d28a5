import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "./harness/stack";
import { AUDIENCES, UNLIMITED, program } from "./programs";
import { JobRequests, until, whileCancelling } from "./segment-job-requests";

const [ONE, OTHER] = AUDIENCES;
/** Jobs that this stack has not started: a colleague's of the same set, and the nightly schedule's. */
const COLLEAGUES = "11111111-aaaa-4aaa-8aaa-000000000001";
const SCHEDULED = "22222222-aaaa-4aaa-8aaa-000000000002";

/** The program at the beginning; later steps change some of the arguments. */
const FIRST = {
  nightly: { segmentIds: [ONE, OTHER], triggers: { release: "2026-11", parts: [1, null, { of: null }], none: null } },
  all: { allSegments: true },
  dev: { segmentIds: [ONE], sandbox: "dev" },
  gone: { segmentIds: [OTHER], triggers: { build: 1 } },
  cleaned: { segmentIds: [ONE, OTHER], deleteRecord: true },
};

/** What is run with outputs of another job, which are not known before it has run. */
const DEPENDENT = `
  new cja.SegmentJob("depends", { segmentIds: [nightly.batchId] });
  new cja.SegmentJob("after", { segmentIds: ["${ONE}"], triggers: { ran: [{ at: nightly.requestId }] } });
`;
/** They are read, not run: whatever becomes of the stack, they go on. */
const READ = `
  const colleagues = cja.SegmentJob.get("colleagues", "${COLLEAGUES}");
  const scheduled = cja.SegmentJob.get("scheduled", "${SCHEDULED}", { sandbox: "dev" });
  exports.read = [colleagues.segmentIds, colleagues.status, scheduled.allSegments, scheduled.source];
`;

/** The text of a program with these jobs, and with what is not JSON. */
function programOf(jobs: Readonly<Record<string, object>>, ...more: readonly string[]): string {
  const resources = Object.entries(jobs).map(([name, args]) => [name, ["SegmentJob", args]] as const);
  return [program(Object.fromEntries(resources)), ...more].join("\n");
}

describe("a segment job's life on the engine", () => {
  let emulator: Emulator;
  let stack: Stack;
  let requests: JobRequests;
  const idOf = (name: string): string => stack.resource(name).id ?? "";
  const statusOf = (name: string): unknown => stack.resource(name).outputs["status"];
  /** What the service has of a job, whatever the state says. */
  const atService = (id: string) => emulator.control.jobs().find((job) => job.id === id)?.status;

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false, clock: "manual" });
    requests = new JobRequests(emulator);
    emulator.control.addJob({ id: COLLEAGUES, segmentIds: [ONE, OTHER], status: "PROCESSING" });
    emulator.control.addJob({ id: SCHEDULED, segmentIds: ["*"], source: "scheduler", sandbox: "dev", status: "NEW" });
    stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: programOf(FIRST, DEPENDENT) });
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });
  beforeEach(() => requests.clear());

  it("runs each job with one POST, although a colleague has the same set at work", async () => {
    const run = await stack.up();

    expect(run.changes).toEqual({ create: 7 });
    // In a new state folder each sandbox is looked through for what a killed run may have left.
    expect(requests.order().sort()).toEqual(["GET", "GET", ...Array<string>(7).fill("POST")]);
    const listed = (...ids: unknown[]) => ids.map((segmentId) => ({ segmentId }));
    expect(requests.runs().map(({ sandbox, body }) => [sandbox, body])).toEqual(
      expect.arrayContaining([
        ["prod", listed(ONE, OTHER)],
        ["prod", { schema: { name: "_xdm.context.profile" }, segments: [{ segmentId: "*" }] }],
        ["dev", listed(ONE)],
        ["prod", listed(OTHER)],
        ["prod", listed(stack.resource("nightly").outputs["batchId"])],
      ]),
    );
    expect(new Set(requests.runs().map(({ requestId }) => requestId)).size).toBe(7);
    expect(stack.resources().map(({ id }) => id)).not.toContain(COLLEAGUES);
    expect(stack.resource("nightly").outputs).toMatchObject({ status: "NEW", sandboxName: "prod", source: "api" });
  });

  it("runs nothing and asks nothing when the program has not changed", async () => {
    const run = await stack.up();
    expect(run.changes).toEqual({ same: 7 });
    expect(requests.all()).toEqual([]);
  });

  it("follows the status with a refresh, says what is new, and asks for several jobs at once", async () => {
    const gone = idOf("gone");
    emulator.control.advance(500);
    emulator.control.forgetJob(gone);
    const queued = await stack.refresh();
    expect(queued.output).toContain(`Segment job ${idOf("nightly")}: NEW → QUEUED.`);
    expect(queued.output).toContain(`warning: Segment job ${gone} was NEW, and is no longer known to the service.`);
    expect([statusOf("nightly"), statusOf("gone"), idOf("gone")]).toEqual(["QUEUED", "REMOVED", gone]);
    // Six of this sandbox share one (the engine may ask in two turns), which leaves one out; the other sandbox has its own.
    expect(requests.all().length).toBeLessThanOrEqual(4);

    emulator.control.advance(500);
    expect((await stack.refresh()).output).toContain("QUEUED → PROCESSING.");
    expect(statusOf("nightly")).toBe("PROCESSING");

    emulator.control.advance(3000);
    expect((await stack.refresh()).output).toContain("PROCESSING → SUCCEEDED.");
    expect(stack.resource("nightly").outputs).toMatchObject({
      status: "SUCCEEDED",
      metrics: { totalTime: { totalTimeInMs: 4000 } },
    });
    expect([requests.runs(), requests.deletes()]).toEqual([[], []]);
  });

  it("runs nothing when a job is forgotten or vanished, a trigger removed, the list reordered, or the manners change", async () => {
    emulator.control.forgetJob(idOf("all"));
    const manners = { timeout: "1h", waitForCompletion: true, retryFailed: true, deleteRecord: true };
    stack.setProgram(
      programOf(
        {
          ...FIRST,
          nightly: { segmentIds: [OTHER, ONE], triggers: { release: "2026-11" } },
          dev: { ...FIRST.dev, ...manners },
          gone: { segmentIds: [OTHER] },
        },
        DEPENDENT,
      ),
    );
    const run = await stack.up({ args: ["--refresh"] });
    expect(run.changes).toEqual({ refresh: 7, same: 6, update: 1 });
    expect([statusOf("all"), statusOf("gone")]).toEqual(["SUCCEEDED", "REMOVED"]);
    expect(stack.resource("dev").outputs).toMatchObject(manners);
    // A finished job is not asked for; the vanished one may come back, and is gone when the listing says so, too.
    expect(requests.order()).toEqual(["GET", "GET"]);
  });

  it("shows no drift then, and runs nothing when what was removed is restored", async () => {
    await stack.pulumi(["refresh", "--preview-only", "--expect-no-changes", "--stack", stack.name]);
    stack.setProgram(programOf(FIRST, DEPENDENT));
    const run = await stack.up();
    expect(run.changes).toEqual({ same: 6, update: 1 });
    expect([requests.runs(), requests.deletes()]).toEqual([[], []]);
  });

  it("shows in the preview which jobs will run and why, also where the reason is not known yet", async () => {
    const next = {
      ...FIRST,
      nightly: { ...FIRST.nightly, triggers: { release: "2026-12" } },
      dev: { ...FIRST.dev, sandbox: "stage" },
      cleaned: { ...FIRST.cleaned, segmentIds: [ONE] },
    };
    stack.setProgram(programOf(next, DEPENDENT, READ));
    const plan = await stack.preview();
    const replaced = plan.steps.filter(({ op }) => op === "replace");
    expect(Object.fromEntries(replaced.map(({ name, replaceKeys }) => [name, replaceKeys]))).toEqual({
      nightly: ["triggers"],
      dev: ["sandbox"],
      cleaned: ["segmentIds"],
      depends: ["segmentIds"],
      after: ["triggers"],
    });
    expect([requests.runs(), requests.deletes()]).toEqual([[], []]);
  });

  it("runs each of them once, and sends a DELETE only for the record that it shall", async () => {
    const before = idOf("cleaned");
    const run = await stack.up();
    expect(run.changes).toEqual({ replace: 5, same: 2, read: 2 });
    expect(requests.runs().map(({ sandbox }) => sandbox)).toEqual(expect.arrayContaining(["prod", "stage"]));
    expect(requests.runs()).toHaveLength(5);
    expect(requests.deletes()).toEqual([before]);
    expect(stack.outputs()["read"]).toEqual([[ONE, OTHER], "PROCESSING", true, "scheduler"]);
  });

  it("cancels an active job, waits until it is over, and only then runs it anew", async () => {
    const before = idOf("nightly");
    // The dependent ones leave the program; they have ended since the last refresh, so nothing is sent for them.
    for (const name of ["depends", "after"]) emulator.control.editJob(idOf(name), { status: "SUCCEEDED" });
    const next = {
      ...FIRST,
      nightly: { ...FIRST.nightly, triggers: { release: "2027-01" } },
      dev: { ...FIRST.dev, sandbox: "stage" },
      cleaned: { ...FIRST.cleaned, segmentIds: [ONE] },
    };
    stack.setProgram(programOf(next, READ));
    const running = stack.start("up");
    await until("a poll after the DELETE", () => requests.deletes().includes(before) && requests.polls(before) > 1);
    expect(atService(before)).toBe("CANCELLING");
    expect(requests.runs()).toEqual([]);

    const run = await whileCancelling(emulator, running.done);
    expect(run).toMatchObject({ code: 0, changes: { replace: 1, read: 2 } });
    expect(requests.runs()).toHaveLength(1);
    expect(requests.deletes()).toEqual([before]);
    expect(atService(before)).toBe("CANCELLED");
  });

  it("fails for a job that does not exist and shall only be read", async () => {
    stack.setProgram(
      'const cja = require("pulumi-cja"); cja.SegmentJob.get("missing", "no-such-job", { sandbox: "dev" });',
    );
    const run = await stack.preview({ fails: true });
    expect(run.output).toContain('Could not read segment job no-such-job: there is no such job in the sandbox "dev".');
  });

  it("destroys: cancels what is active, leaves what is finished, and never touches what was only read", async () => {
    const [nightly, cleaned] = [idOf("nightly"), idOf("cleaned")];
    // They have ended since the last refresh.
    for (const id of [cleaned, idOf("dev")]) emulator.control.editJob(id, { status: "SUCCEEDED" });
    const running = stack.start("destroy");
    await until("a poll after the DELETE", () => requests.deletes().includes(nightly) && requests.polls(nightly) > 1);
    expect(stack.resource("nightly").id).toBe(nightly);
    const run = await whileCancelling(emulator, running.done);

    expect(run.code).toBe(0);
    expect(requests.deletes().sort()).toEqual([nightly, cleaned].sort());
    expect(requests.runs()).toEqual([]);
    expect(atService(nightly)).toBe("CANCELLED");
    expect([atService(COLLEAGUES), atService(SCHEDULED)]).toEqual(["PROCESSING", "NEW"]);
  });
});
