import { OtherOrganisationError } from "../../../../provider/organisation";
import { ServiceError } from "../../../../provider/http/errors";
import type { Values } from "../../../../provider/lifecycle";
import { World, type Provider } from "./world";

const MINUTE = 60_000;

let world: World;
let provider: Provider;
beforeEach(async () => {
  world = await World.start();
  provider = world.provider();
});
afterEach(() => world.stop());

/** A job of this stack that the state has as active. */
const started = (change: object = {}): Promise<{ id: string; state: Values }> => {
  world.jobsTake(1000);
  return provider.jobs.create({ segmentIds: ["a"], ...change });
};
const statusOf = (id: string) => world.emulator.control.jobs().find((job) => job.id === id)?.status;
describe("the deletion of a segment job", () => {
  it("cancels an active one and ends when it is really over", async () => {
    const { id, state } = await started();
    world.emulator.control.clearRequests();
    await provider.jobs.delete(id, state);
    expect(statusOf(id)).toBe("CANCELLED");
    const [first, second, ...polls] = world.requests();
    expect([first, second, new Set(polls)]).toEqual([`GET ${id}`, `DELETE ${id}`, new Set([`GET ${id}`])]);
  });

  it.each<[string, string, boolean, string[]]>([
    ["finished, in state", "SUCCEEDED", false, []],
    ["failed, in state", "FAILED", false, []],
    ["finished, in state, whose record shall go", "SUCCEEDED", true, ["DELETE"]],
  ])("of one that is %s", async (_, status, deleteRecord, expected) => {
    const { id, state } = await started();
    world.emulator.control.clearRequests();
    await provider.jobs.delete(id, { ...state, status, deleteRecord });
    expect(world.requests()).toEqual(expected.map((method) => `${method} ${id}`));
  });

  it("cancels one that the service did not know for a moment", async () => {
    const { id, state } = await started();
    await provider.jobs.delete(id, { ...state, status: "REMOVED" });
    expect(statusOf(id)).toBe("CANCELLED");
  });

  it.each<[boolean, string[]]>([
    [false, ["GET"]],
    [true, ["GET", "DELETE"]],
  ])("of one that has finished since, deleteRecord %s", async (deleteRecord, expected) => {
    const { id, state } = await started({ deleteRecord });
    world.emulator.control.editJob(id, { status: "SUCCEEDED" });
    world.emulator.control.clearRequests();
    await provider.jobs.delete(id, state);
    expect(world.requests()).toEqual(expected.map((method) => `${method} ${id}`));
  });

  it.each([false, true])("of one that the service does not know, deleteRecord %s", async (deleteRecord) => {
    const { id, state } = await started({ deleteRecord });
    world.emulator.control.forgetJob(id);
    world.emulator.control.clearRequests();
    await provider.jobs.delete(id, state);
    expect(world.requests()).toEqual([`GET ${id}`, "LIST"]);
  });

  it("sends no DELETE for one that is being cancelled already, and waits for it", async () => {
    const { id, state } = await started();
    world.emulator.control.editJob(id, { status: "CANCELLING" });
    world.onSleep = (ms) => ms > 1_000 && world.emulator.control.editJob(id, { status: "CANCELLED" });
    await provider.jobs.delete(id, state);
    expect([world.count("DELETE"), statusOf(id)]).toEqual([0, "CANCELLED"]);
  });

  it("fails when the job is not over after a quarter of an hour", async () => {
    world.emulator.control.setJobOutcome({
      status: "SUCCEEDED",
      jobTiming: { processingMs: 60 * MINUTE, cancellingMs: 60 * MINUTE },
    });
    const { id, state } = await provider.jobs.create({ segmentIds: ["a"] });
    const began = world.clock.now();
    const deletion = provider.jobs.delete(id, state);
    await expect(deletion).rejects.toThrow(ServiceError);
    await expect(deletion).rejects.toThrow(`Could not cancel segment job ${id}: it is still CANCELLING after 15 min.`);
    expect(world.clock.now() - began).toBeLessThan(16 * MINUTE);
    expect(world.count("DELETE")).toBe(1);
  });

  it("fails soon where the job ends in a status that is new, and says what to do", async () => {
    const { id, state } = await started();
    const body = { id, status: "ABORTED", segments: [{ segmentId: "a" }] };
    world.emulator.control.addFault({ method: "GET", path: `${id}$`, skip: 1, times: 100_000, status: 200, body });
    const began = world.clock.now();
    await expect(provider.jobs.delete(id, state)).rejects.toThrow(
      `Could not cancel segment job ${id}: its status is "ABORTED", and this version of pulumi-cja does not know whether that means it is over. The service has the request to cancel it.`,
    );
    expect(world.clock.now() - began).toBeLessThan(6 * MINUTE);
    expect(world.count("DELETE")).toBe(1);
  });

  it("is refused when the state is another organisation's", async () => {
    const { id, state } = await started();
    await expect(provider.jobs.delete(id, { ...state, orgId: "OTHER@AdobeOrg" })).rejects.toThrow(
      OtherOrganisationError,
    );
    expect(world.count("DELETE")).toBe(0);
  });

  it("asks in the sandbox of the run, whatever the default is now", async () => {
    const { id, state } = await started({ sandbox: "dev" });
    const { sandbox: _, ...withoutArgument } = state;
    await world.provider({ CJA_SANDBOX: "stage" }).jobs.delete(id, withoutArgument);
    expect(statusOf(id)).toBe("CANCELLED");
  });
});
