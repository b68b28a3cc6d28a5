import type { Liveness, ProviderProcess } from "../../../../provider/state/engine-process";
import { diskRecordStore } from "../../../../provider/state/disk-record-store";
import { createMemoryFolder } from "../../../../provider/state/memory-folder";
import { HEARTBEAT_MS, Intents, type Intent } from "../../../../provider/state/intents";
import { InstantClock } from "../http/virtual-clock";

const DAY = 24 * 3_600_000;
const ANSWER_MS = 60_000;
const LASTS_MS = ANSWER_MS + 2 * HEARTBEAT_MS;

/** A host: one store, and processes that may die, or be of another place that nobody sees into. */
class Host {
  readonly clock = new InstantClock();
  readonly records = diskRecordStore(createMemoryFolder(), this.clock)({ name: "intent-1", lifetimeMs: 30 * DAY });
  readonly dead = new Set<number>();
  readonly unseen = new Set<number>();
  readonly orphaned = new Set<number>();
  readonly said: string[] = [];
  private ids = 0;

  process(pid: number, engine = `127.0.0.1:${pid}`): Intents {
    const self: ProviderProcess = { pid, engine };
    const isAlive = async (process: ProviderProcess): Promise<Liveness> => {
      if (process.pid !== pid && this.unseen.has(process.pid)) return "unknown";
      if (this.dead.has(process.pid)) return false;
      return !this.orphaned.has(process.pid) || "orphaned";
    };
    return new Intents({
      records: this.records,
      self,
      isAlive,
      clock: this.clock,
      newId: () => `r${(this.ids += 1)}`,
      requestTimeoutMs: ANSWER_MS,
      log: (line) => void this.said.push(line),
    });
  }

  async kept(): Promise<unknown[]> {
    return (await this.records.all()).map(({ value }) => value);
  }
}

describe("intents", () => {
  let host: Host;
  beforeEach(() => {
    host = new Host();
  });

  it("are on disk from before the request until its answer", async () => {
    const intents = host.process(1);
    const intent = await intents.begin("job x", { requestId: "q" });
    expect(await host.kept()).toEqual([
      {
        id: intent.id,
        key: "job x",
        startedAt: host.clock.now(),
        process: { pid: 1, engine: "127.0.0.1:1" },
        seenAt: host.clock.now(),
        lastsMs: LASTS_MS,
        note: { requestId: "q" },
      },
    ]);
    await intents.end(intent);
    expect(await host.kept()).toEqual([]);
  });

  it("keep what the answer said beside what was known before", async () => {
    const intents = host.process(1);
    const noted = await intents.note(await intents.begin("job x", { requestId: "q" }), { jobId: "j" });
    expect(noted.note).toEqual({ requestId: "q", jobId: "j" });
    expect(await host.kept()).toEqual([noted]);
  });

  it("are not begun once the engine of the process is gone: the next run may have looked for them already", async () => {
    host.dead.add(1);
    await expect(host.process(1).begin("job x")).rejects.toThrow("engine of this run has ended");
    expect(await host.kept()).toEqual([]);
  });

  it("are taken over from a process that works on without its engine when it has ended", async () => {
    await host.process(1).begin("job x");
    host.orphaned.add(1);
    host.clock.onSleep = () => {
      if (host.clock.slept.length === 3) host.dead.add(1);
    };
    expect(await host.process(2).takeOver("job x")).toBeDefined();
    expect(host.clock.slept).toHaveLength(3);
  });

  it("are taken over from one that does not end either, after the time in which it should have", async () => {
    await host.process(1).begin("job x");
    host.orphaned.add(1);
    expect(await host.process(2).takeOver("job x")).toBeDefined();
    expect(host.clock.slept.reduce((sum, ms) => sum + ms, 0)).toBe(10_000);
  });

  it("stay when the engine of the process is gone: nobody hears the answer", async () => {
    const intents = host.process(1);
    const intent = await intents.begin("job x");
    host.dead.add(1);
    await intents.end(intent);
    expect(await host.kept()).toEqual([intent]);
  });

  it("are taken over from a dead process, with all that is known, and belong to the new one", async () => {
    const intent = await host.process(1).begin("job x", { jobId: "j" });
    host.dead.add(1);
    host.clock.time += 5_000;
    const taken = await host.process(2).takeOver("job x");
    expect(taken).toEqual({ ...intent, process: { pid: 2, engine: "127.0.0.1:2" } });
    expect(await host.kept()).toEqual([{ ...taken, seenAt: host.clock.now() }]);
    expect(await host.process(3).takeOver("job x")).toBeUndefined();
  });

  it.each<[string, (host: Host) => Promise<Intent | undefined>]>([
    ["a process that lives", (host) => host.process(2).takeOver("job x")],
    ["the same process", (host) => (host.dead.add(1), host.process(1).takeOver("job x"))],
    ["a dead process that wished something else", (host) => (host.dead.add(1), host.process(2).takeOver("job y"))],
  ])("are not taken over from %s", async (_, takeOver) => {
    const intent = await host.process(1).begin("job x");
    expect(await takeOver(host)).toBeUndefined();
    expect(await host.kept()).toEqual([intent]);
  });

  it("are taken over from a process of the same number that worked for another engine", async () => {
    await host.process(1, "127.0.0.1:5000").begin("job x");
    host.dead.add(1);
    expect(await host.process(1, "127.0.0.1:6000").takeOver("job x")).toBeDefined();
  });

  it("go to one of two processes that want the same", async () => {
    await host.process(1).begin("job x");
    host.dead.add(1);
    const taken = await Promise.all([2, 3].map((pid) => host.process(pid).takeOver("job x")));
    expect(taken.filter((intent) => intent !== undefined)).toHaveLength(1);
    expect(await host.kept()).toHaveLength(1);
  });

  it("give each of two equal wishes a record of its own", async () => {
    const one = host.process(1);
    await one.begin("job x", { jobId: "a" });
    await one.begin("job x", { jobId: "b" });
    host.dead.add(1);
    const two = host.process(2);
    const notes = [await two.takeOver("job x"), await two.takeOver("job x")].map((intent) => intent?.note?.["jobId"]);
    expect(notes.sort()).toEqual(["a", "b"]);
    expect(await two.takeOver("job x")).toBeUndefined();
  });

  it.each([
    [7 * DAY, true],
    [7 * DAY + 1, false],
  ])("after %i ms: taken over %s, and forgotten when too old", async (age, taken) => {
    await host.process(1).begin("job x");
    host.dead.add(1);
    host.clock.time += age;
    expect((await host.process(2).takeOver("job x")) !== undefined).toBe(taken);
    expect(await host.kept()).toHaveLength(taken ? 1 : 0);
  });
});

// A container has PIDs of its own, and a runner may be another machine: nobody can tell whether such a process runs.
describe("intents of a process that nobody here can see", () => {
  let host: Host;
  let theirs: Intents;
  let intent: Intent;
  beforeEach(async () => {
    host = new Host();
    theirs = host.process(1);
    host.unseen.add(1);
    intent = await theirs.begin("job x");
  });

  const slept = () => host.clock.slept.reduce((sum, ms) => sum + ms, 0);

  it("are taken over when the request could not have an answer any more, and not before", async () => {
    expect(await host.process(2).takeOver("job x")).toMatchObject({ id: intent.id });
    expect(slept()).toBe(LASTS_MS);
    expect(host.said).toEqual([expect.stringMatching(/^A run began to create the same at .* waiting at most 90 s/)]);
  });

  it("are left alone as soon as it is seen at work", async () => {
    host.clock.onSleep = async () => {
      if (slept() >= HEARTBEAT_MS) await theirs.heartbeat();
    };
    expect(await host.process(2).takeOver("job x")).toBeUndefined();
    expect(slept()).toBeLessThan(2 * HEARTBEAT_MS);
    expect(await host.kept()).toMatchObject([{ process: { pid: 1 } }]);
  });

  it("are left alone as soon as it has noted something, or ended its work", async () => {
    host.clock.onSleep = async () => void (await theirs.note(intent, { jobId: "j" }));
    expect(await host.process(2).takeOver("job x")).toBeUndefined();
    host.clock.onSleep = () => theirs.end(intent);
    expect(await host.process(3).takeOver("job x")).toBeUndefined();
    expect([host.clock.slept.length, await host.kept()]).toEqual([2, []]);
  });

  it("go to one of two processes that wait for the same", async () => {
    const taken = await Promise.all([2, 3].map((pid) => host.process(pid).takeOver("job x")));
    expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await host.kept()).toHaveLength(1);
  });

  it.each([
    ["long ago, without waiting", LASTS_MS + 121_000, 0],
    ["some time ago, in two beats: the clock over there may be slow", LASTS_MS + 1_000, 2 * HEARTBEAT_MS],
    ["in the future, in as long as a request lasts: the clock over there is fast", -3_600_000, LASTS_MS],
  ])("are taken over where it was last seen %s", async (_, ago, waited) => {
    host.clock.time += ago;
    expect(await host.process(2).takeOver("job x")).toBeDefined();
    expect(slept()).toBe(waited);
  });

  it("count as those of an interrupted run after that time alone", async () => {
    const asked = async () => {
      const two = host.process(2);
      return [await two.hasAbandoned("job x"), (await two.listAbandoned(() => true)).length];
    };
    expect(await asked()).toEqual([false, 0]);
    host.clock.time += LASTS_MS + 121_000;
    expect(await asked()).toEqual([true, 1]);
    expect(host.clock.slept).toEqual([]);
  });

  it("show no sign of it once its engine is gone", async () => {
    host.dead.add(1);
    host.clock.time += 5_000;
    await theirs.heartbeat();
    await theirs.end(intent);
    expect(await host.kept()).toEqual([intent]);
  });

  it("are not changed any more by it once they are taken over", async () => {
    await host.process(2).takeOver("job x");
    const taken = await host.kept();
    await theirs.note(intent, { jobId: "j" });
    await theirs.heartbeat();
    await theirs.end(intent);
    expect(await host.kept()).toEqual(taken);
  });
});

// An engine writes its state a moment after it has heard an answer, and may be killed in between.
describe("intents that are answered", () => {
  let host: Host;
  let one: Intents;
  let intent: Intent;
  beforeEach(async () => {
    host = new Host();
    one = host.process(1);
    intent = await one.begin("segment x");
  });

  it("end at once where the resource is not known", async () => {
    await one.markAnswered(intent, { made: "s" }, undefined);
    expect(await host.kept()).toEqual([]);
  });

  it("end when the engine ends the process", async () => {
    await one.markAnswered(intent, { made: "s" }, "urn-a");
    expect(await host.kept()).toMatchObject([{ answeredTo: "urn-a", note: { made: "s" } }]);
    await one.endAllAnswered();
    expect(await host.kept()).toEqual([]);
  });

  it("end when the engine has had the time", async () => {
    await one.heartbeat();
    await one.markAnswered(intent, { made: "s" }, "urn-a");
    await one.heartbeat();
    expect(await host.kept()).toHaveLength(1);
    await one.heartbeat();
    expect(await host.kept()).toEqual([]);
  });

  it("stay when the engine is gone meanwhile, whoever asks", async () => {
    await one.markAnswered(intent, { made: "s" }, "urn-a");
    host.dead.add(1);
    await Promise.all([one.heartbeat(), one.endAllAnswered()]);
    expect(await host.kept()).toHaveLength(1);
  });

  it("are taken over by the same resource, since it is in no state", async () => {
    await one.markAnswered(intent, { made: "s" }, "urn-a");
    host.dead.add(1);
    const other = await host.process(2).begin("segment x");
    host.dead.add(2);
    const three = host.process(3);
    expect(await three.takeOver("segment x", "urn-a")).toMatchObject({ id: intent.id, note: { made: "s" } });
    expect(await three.takeOver("segment x", "urn-a")).toMatchObject({ id: other.id });
  });

  it.each<[string, (two: Intents) => Promise<unknown>]>([
    ["by another one", (two) => two.takeOver("segment x", "urn-b")],
    ["by one that is not known", (two) => two.takeOver("segment x")],
    ["with another wish", (two) => two.takeOver("segment y", "urn-a")],
    ["while its process lives", (two) => (host.dead.delete(1), two.takeOver("segment x", "urn-a"))],
    ["once it was seen in a state", (two) => two.markInState("s").then(() => two.takeOver("segment x", "urn-a"))],
  ])("are not taken over %s", async (_, takeOver) => {
    await one.markAnswered(intent, { made: "s" }, "urn-a");
    host.dead.add(1);
    expect(await takeOver(host.process(2))).toBeUndefined();
  });

  it("end when they are seen in a state, and others stay", async () => {
    const other = await one.begin("segment x");
    const open = await one.begin("segment x", { made: "s" });
    await one.markAnswered(intent, { made: "s" }, "urn-a");
    await one.markAnswered(other, { made: "t" }, "urn-b");
    host.dead.add(1);
    await host.process(2).markInState("s");
    expect((await host.records.all()).map(({ name }) => name)).toEqual([other.id, open.id]);
  });

  it("count as unfinished for the same resource alone", async () => {
    await one.markAnswered(intent, { made: "s" }, "urn-a");
    host.dead.add(1);
    const two = host.process(2);
    const asked = [await two.listAbandoned(() => true, "urn-b"), await two.listAbandoned(() => true, "urn-a")];
    expect([...asked.map((found) => found.length), await two.hasAbandoned("segment x")]).toEqual([0, 1, false]);
    await two.markInState("s");
    expect(await two.listAbandoned(() => true, "urn-a")).toEqual([]);
  });
});
