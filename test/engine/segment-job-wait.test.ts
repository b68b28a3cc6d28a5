import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Run, type Stack } from "./harness/stack";
import { AUDIENCES, UNLIMITED, program } from "./programs";
import { JobRequests, until } from "./segment-job-requests";

const [ONE, OTHER] = AUDIENCES;
/** As long as a job takes from NEW to its end. */
const WHOLE_JOB_MS = 4000;
const BUSY = { code: "8.0000018E7", msg: "Request rate is large" };

const programOf = (jobs: Readonly<Record<string, object>>) =>
  program(Object.fromEntries(Object.entries(jobs).map(([name, args]) => [name, ["SegmentJob", args] as const])));

const failing = { segmentIds: [ONE], triggers: { release: 1 }, waitForCompletion: true };
const slow = { segmentIds: [OTHER], waitForCompletion: true, timeout: "1s" };
const unwatched = { segmentIds: [ONE, OTHER] };
const unchanged = { segmentIds: [OTHER], triggers: { unchanged: true } };

describe("waiting for a segment job", () => {
  let emulator: Emulator;
  let stack: Stack;
  let requests: JobRequests;
  /** The present one: beside a replacement that has failed, its predecessor waits in state to be deleted. */
  const job = (name: string) => stack.resources().find((found) => found.name === name && found.delete !== true);
  const idOf = (name: string): string => job(name)?.id ?? "";
  const statusOf = (name: string): unknown => job(name)?.outputs["status"];

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false, clock: "manual" });
    requests = new JobRequests(emulator);
    stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: "" });
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });
  beforeEach(() => requests.clear());

  /** Runs `up`; once it has printed the text and polls, the jobs end. */
  async function upUntilTheEnd(text: string): Promise<Run> {
    const running = stack.start("up", { args: ["--continue-on-error"] });
    await running.until(text);
    const before = requests.polls();
    await until("a poll", () => requests.polls() > before);
    emulator.control.advance(WHOLE_JOB_MS);
    return running.done;
  }

  it("fails and keeps the jobs when one fails and one is not over in time", async () => {
    emulator.control.setJobOutcome({ status: "FAILED", errors: [BUSY] });
    stack.setProgram(programOf({ failing, slow, unwatched }));
    const run = await upUntilTheEnd("slow **creating failed**");

    expect(run.code).toBe(1);
    expect(run.output).toContain(
      `Segment job ${idOf("failing")} ended as FAILED. To run it again, change a trigger, or set retryFailed.`,
    );
    expect(run.output).toContain("8.0000018E7: Request rate is large");
    expect(run.output).toContain(`Segment job ${idOf("slow")} is still NEW after 1 s. It continues at Adobe.`);
    expect(stack.resource("failing").outputs).toMatchObject({ status: "FAILED", errors: [BUSY] });
    expect(statusOf("slow")).toBe("NEW");
    expect([requests.runs().length, requests.deletes()]).toEqual([3, []]);
  });

  it("fails again at the next `up`, also after a refresh, and runs nothing", async () => {
    const ids = [idOf("failing"), idOf("slow")];
    emulator.control.editJob(idOf("slow"), { status: "PROCESSING" });
    const run = await stack.up({ args: ["--refresh", "--continue-on-error"], fails: true });

    expect(run.output).toContain(`Segment job ${ids[0]} ended as FAILED.`);
    expect(run.output).toContain(`Segment job ${ids[1]} is still PROCESSING after 1 s.`);
    expect([idOf("failing"), idOf("slow")]).toEqual(ids);
    // Without waitForCompletion a failure is a status like any other.
    expect(run.steps).toContainEqual(expect.objectContaining({ name: "unwatched", op: "same" }));
    expect(statusOf("unwatched")).toBe("FAILED");
    expect([requests.runs(), requests.deletes()]).toEqual([[], []]);
  });

  it("repeats failed runs once with retryFailed, and waits on for the one that was not over", async () => {
    const [before, waited] = [idOf("failing"), idOf("slow")];
    emulator.control.editJob(waited, { status: "SUCCEEDED" });
    stack.setProgram(
      programOf({
        failing: { ...failing, retryFailed: true },
        slow: { ...slow, timeout: "1h" },
        unwatched: { ...unwatched, retryFailed: true },
      }),
    );
    const run = await upUntilTheEnd("waiting for at most 4 h");

    expect(run.code).toBe(1);
    expect(run.output).toContain(
      `${idOf("failing")} ended as FAILED. It already was the repetition that retryFailed allows.`,
    );
    expect(idOf("failing")).not.toBe(before);
    expect([idOf("slow"), statusOf("slow")]).toEqual([waited, "SUCCEEDED"]);
    expect([requests.runs().length, requests.deletes()]).toEqual([2, []]);
  });

  it("does not repeat them a second time", async () => {
    const run = await stack.up({ args: ["--refresh"], fails: true });
    expect(run.output).toContain(
      "It already was the repetition that retryFailed allows. To run it again, change a trigger.",
    );
    expect([statusOf("failing"), statusOf("unwatched")]).toEqual(["FAILED", "FAILED"]);
    expect([requests.runs(), requests.deletes()]).toEqual([[], []]);
  });

  it("ends well when the job that another trigger has run succeeds", async () => {
    emulator.control.setJobOutcome({ status: "SUCCEEDED" });
    stack.setProgram(programOf({ failing: { ...failing, triggers: { release: 2 } }, unchanged }));
    const run = await upUntilTheEnd("waiting for at most 4 h");
    expect(run).toMatchObject({ code: 0, changes: { replace: 1, create: 1, delete: 2 } });
    expect(statusOf("failing")).toBe("SUCCEEDED");
    expect([requests.runs().length, requests.deletes()]).toEqual([2, []]);
  });

  it("is taken over after the whole run was killed", async () => {
    stack.setProgram(programOf({ unchanged, cut: { segmentIds: [ONE], waitForCompletion: true } }));
    const killed = stack.start("up");
    await until("a poll", () => requests.polls() > 0);
    await killed.killAll();
    await killed.done;
    await stack.cancel();

    const run = await upUntilTheEnd("this run takes it over and starts no new one.");
    expect(run.code).toBe(0);
    expect(emulator.control.jobs().map(({ id }) => id)).toContain(idOf("cut"));
    expect([requests.runs().length, requests.deletes(), statusOf("cut")]).toEqual([1, [], "SUCCEEDED"]);
  });

  it("is left by the provider process of a dead engine, and taken over by the next run", async () => {
    stack.setProgram(
      programOf({ unchanged, cut: { segmentIds: [ONE], waitForCompletion: true, triggers: { again: 1 } } }),
    );
    const killed = stack.start("up");
    await until("a poll", () => requests.polls() > 0);
    await killed.killEngine();
    await killed.done;
    const posted = requests.runs();
    requests.clear();
    await stack.cancel();
    // Longer than the two seconds between polls: the process still lives, and asks no more.
    await stack.preview();
    expect(requests.all()).toEqual([]);

    const run = await upUntilTheEnd("this run takes it over and starts no new one.");
    expect(run).toMatchObject({ code: 0, changes: { replace: 1 } });
    expect([posted.length, requests.runs(), requests.deletes()]).toEqual([1, [], []]);
    expect(stack.resource("cut").outputs).toMatchObject({ requestId: posted[0]?.requestId, status: "SUCCEEDED" });
  });

  it("runs in another sandbox when the setting names another, and shows that as the reason", async () => {
    stack.setProgram(programOf({ unchanged }));
    const run = await stack.up({ env: { CJA_SANDBOX: "dev" } });
    expect(run.steps).toContainEqual(
      expect.objectContaining({ op: "replace", name: "unchanged", replaceKeys: ["sandbox"] }),
    );
    expect([requests.runs().map(({ sandbox }) => sandbox), requests.deletes()]).toEqual([["dev"], []]);
    expect(job("unchanged")?.outputs["sandboxName"]).toBe("dev");
  });

  describe("figures beyond what 32 bits hold", () => {
    const MANY = 3_000_000_000;
    const metrics = (end?: number) => ({
      totalTime: { startTimeInMs: 1_573_203_617_195, ...(end !== undefined && { endTimeInMs: end }) },
      totalProfiles: MANY + (end ?? 0),
      segmentedProfileCounter: { [ONE]: MANY },
      segmentedProfileByStatusCounter: { [ONE]: { realized: MANY + 1, exited: 144_646 } },
      ofTomorrow: [MANY],
    });
    const answer = (status: string, end?: number) => ({
      status: 200,
      body: { id: "counted", status, source: "api", segments: [{ segmentId: ONE }], metrics: metrics(end) },
    });
    const expectExactly = async (run: Run, end?: number) => {
      const wanted = metrics(end);
      expect(job("counted")?.outputs["metrics"]).toEqual(wanted);
      expect(stack.outputs()["metrics"]).toEqual(wanted);
      const { output } = await stack.pulumi(["stack", "output", "--json", "--stack", stack.name]);
      expect(output).toContain(`"totalProfiles": ${wanted.totalProfiles}`);
      expect(output).toContain('"startTimeInMs": 1573203617195');
      expect(output).not.toMatch(/\de\+\d/);
      expect(run.output).toContain(` ${wanted.totalProfiles}\n`);
    };

    it("come exactly from `up` and `refresh`, into state and the program's outputs", async () => {
      // It leaves the program: at work, it would be cancelled, and waited for.
      emulator.control.editJob(idOf("unchanged"), { status: "SUCCEEDED" });
      emulator.control.addFault({ method: "POST", path: "/segment/jobs$", ...answer("PROCESSING") });
      stack.setProgram(`${programOf({ counted: { segmentIds: [ONE] } })}\nexports.metrics = counted.metrics;`);
      await expectExactly(await stack.up());

      const end = 1_573_204_395_655;
      emulator.control.addFault({ path: "/segment/jobs/counted$", ...answer("SUCCEEDED", end) });
      await stack.refresh();
      await expectExactly(await stack.up(), end);
      expect(statusOf("counted")).toBe("SUCCEEDED");
    });
  });
});
