import { NotFoundError } from "../../../../provider/http/errors";
import type { Values } from "../../../../provider/lifecycle";
import { OtherOrganisationError } from "../../../../provider/organisation";
import { World, type Provider } from "./world";

let world: World;
let provider: Provider;
beforeEach(async () => {
  world = await World.start();
  provider = world.provider();
});
afterEach(() => world.stop());

const ARGS = { segmentIds: ["a", "b"], triggers: { release: 1 }, timeout: "1h" };
const started = async (inputs: object = ARGS): Promise<{ id: string; state: Values }> => {
  world.jobsTake(10);
  const made = await provider.jobs.create({ ...inputs });
  world.emulator.control.clearRequests();
  return made;
};

describe("reading a job of the stack", () => {
  it("follows its status, and says what is new", async () => {
    const { id, state } = await started();
    world.emulator.control.editJob(id, { status: "FAILED", errors: [{ code: "1", msg: "no", callStack: "at x" }] });
    const found = await provider.jobs.read(id, state);
    expect(found?.state).toMatchObject({
      ...ARGS,
      status: "FAILED",
      errors: [{ code: "1", msg: "no" }],
      sandboxName: "prod",
    });
    expect(found?.inputs).toEqual(ARGS);
    expect(provider.lines).toEqual([`Segment job ${id}: PROCESSING → FAILED.`]);
    // The service's inner names do not belong into the state of a stack.
    expect(JSON.stringify(found)).not.toContain("at x");
  });

  it("warns of a status that is new", async () => {
    const { id, state } = await started();
    const body = { id, status: "PAUSED", segments: [{ segmentId: "a" }, { segmentId: "b" }] };
    world.emulator.control.addFault({ method: "GET", path: `${id}$`, status: 200, body });
    expect((await provider.jobs.read(id, state))?.state).toMatchObject({ status: "PAUSED" });
    expect(provider.lines).toEqual([
      `Segment job ${id}: PROCESSING → PAUSED.`,
      expect.stringMatching(/^warning: Segment job \S+ has the status "PAUSED", which this version/),
    ]);
  });

  it("says nothing when nothing is new", async () => {
    const { id, state } = await started();
    await provider.jobs.read(id, state);
    expect([provider.lines, world.requests()]).toEqual([[], [`GET ${id}`]]);
  });

  it.each(["SUCCEEDED", "FAILED", "CANCELLED"])("asks nothing about one that is %s", async (status) => {
    const { id, state } = await started();
    world.emulator.control.forgetJob(id);
    const finished = { ...state, status };
    expect(await provider.jobs.read(id, finished)).toMatchObject({ state: finished });
    expect(world.requests()).toEqual([]);
  });

  it("keeps one that has vanished as REMOVED, warns once, and follows it when it comes back", async () => {
    const { id, state } = await started();
    world.emulator.control.forgetJob(id);
    const removed = await provider.jobs.read(id, state);
    expect(removed).toMatchObject({ state: { ...ARGS, status: "REMOVED" }, inputs: ARGS });
    expect(provider.lines).toEqual([
      `warning: Segment job ${id} was PROCESSING, and is no longer known to the service. The stack keeps it as REMOVED and ` +
        "does not run it again. To run it again, change a trigger.",
    ]);

    const again = await provider.jobs.read(id, removed?.state ?? {});
    expect([again, provider.lines.length]).toEqual([removed, 1]);

    world.emulator.control.addJob({ id, segmentIds: ["a", "b"], status: "SUCCEEDED" });
    expect(await provider.jobs.read(id, removed?.state ?? {})).toMatchObject({ state: { status: "SUCCEEDED" } });
  });

  it("keeps the mark of a repetition", async () => {
    const { id, state } = await started();
    expect(await provider.jobs.read(id, { ...state, repeats: true })).toMatchObject({ state: { repeats: true } });
  });

  it("refuses another organisation's state, and one without a job", async () => {
    const { id, state } = await started();
    const others = { ...state, orgId: "OTHER@AdobeOrg" };
    await expect(provider.jobs.read(id, others)).rejects.toThrow(OtherOrganisationError);
    await expect(provider.jobs.diff(id, others, ARGS)).rejects.toThrow(OtherOrganisationError);
    await expect(provider.jobs.update(id, others, ARGS)).rejects.toThrow(OtherOrganisationError);
    await expect(provider.jobs.diff(id, { segmentIds: ["a"] }, ARGS)).rejects.toThrow("has no status");
    expect(world.requests()).toEqual([]);
  });

  it("asks in the sandbox of the run, whatever the default is now", async () => {
    const { id, state } = await started({ segmentIds: ["a"], sandbox: "dev" });
    const { sandbox: _, ...withoutArgument } = state;
    const other = world.provider({ CJA_SANDBOX: "stage" });
    expect(await other.jobs.read(id, withoutArgument)).toMatchObject({
      state: { status: "PROCESSING", sandboxName: "dev" },
    });
  });
});

describe("reading a job that exists, by its ID", () => {
  it.each<[string, string[], object]>([
    ["a list", ["a", "b"], { segmentIds: ["a", "b"] }],
    ["all audiences", ["*"], { allSegments: true }],
  ])("tells %s", async (_, segmentIds, expected) => {
    const { id } = world.emulator.control.addJob({
      segmentIds,
      source: "scheduler",
      sandbox: "dev",
      status: "PROCESSING",
    });
    const found = await provider.jobs.read(id, { sandbox: "dev" });
    expect(found?.state).toMatchObject({ ...expected, status: "PROCESSING", source: "scheduler", sandboxName: "dev" });
    expect(found?.inputs).toEqual({ ...expected, sandbox: "dev" });
  });

  it("warns of a status that is new", async () => {
    const body = { id: "j1", status: "PAUSED", segments: [{ segmentId: "a" }] };
    world.emulator.control.addFault({ method: "GET", path: "/j1$", status: 200, body });
    expect((await provider.jobs.read("j1", {}))?.state).toMatchObject({ status: "PAUSED" });
    expect(provider.lines).toEqual([expect.stringMatching(/^warning: Segment job j1 has the status "PAUSED"/)]);
  });

  it("looks in the default sandbox", async () => {
    const { id } = world.emulator.control.addJob({ segmentIds: ["a"], sandbox: "stage", status: "NEW" });
    const inStage = world.provider({ CJA_SANDBOX: "stage" });
    expect(await inStage.jobs.read(id, {})).toMatchObject({ state: { status: "NEW", sandboxName: "stage" } });
    await expect(provider.jobs.read(id, {})).rejects.toThrow(NotFoundError);
    await expect(provider.jobs.read(id, {})).rejects.toThrow('there is no such job in the sandbox "prod"');
  });
});
