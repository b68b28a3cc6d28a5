import type { Intent, IntentStore, Process } from "../../provider/intents";
import { Intents } from "../../provider/intents";
import { InstantClock } from "./http/virtual-clock";

const DAY = 24 * 3_600_000;

/** A host: one store, and processes that may die. */
class Host {
  readonly clock = new InstantClock();
  readonly records = new Map<string, Intent>();
  readonly dead = new Set<number>();
  private ids = 0;

  private readonly store: IntentStore = {
    all: () => [...this.records.values()],
    save: (intent) => void this.records.set(intent.id, intent),
    remove: (id) => this.records.delete(id),
  };

  process(pid: number, engine = `127.0.0.1:${pid}`): Intents {
    const isAlive = async (process: Process) => !this.dead.has(process.pid);
    return new Intents(this.store, { pid, engine }, isAlive, this.clock, () => `r${(this.ids += 1)}`);
  }
}

describe("intents", () => {
  let host: Host;
  beforeEach(() => {
    host = new Host();
  });

  it("are on disk from before the request until its answer", async () => {
    const intents = host.process(1);
    const intent = intents.begin("job x", { requestId: "q" });
    expect([...host.records.values()]).toEqual([
      {
        id: intent.id,
        key: "job x",
        startedAt: host.clock.now(),
        process: { pid: 1, engine: "127.0.0.1:1" },
        note: { requestId: "q" },
      },
    ]);
    await intents.end(intent);
    expect(host.records.size).toBe(0);
  });

  it("keep what the answer said beside what was known before", () => {
    const intents = host.process(1);
    const noted = intents.note(intents.begin("job x", { requestId: "q" }), { jobId: "j" });
    expect(noted.note).toEqual({ requestId: "q", jobId: "j" });
    expect([...host.records.values()]).toEqual([noted]);
  });

  it("stay when the engine of the process is gone: nobody hears the answer", async () => {
    const intents = host.process(1);
    const intent = intents.begin("job x");
    host.dead.add(1);
    await intents.end(intent);
    expect([...host.records.values()]).toEqual([intent]);
  });

  it("are taken over from a dead process, with all that is known, and belong to the new one", async () => {
    const intent = host.process(1).begin("job x", { jobId: "j" });
    host.dead.add(1);
    host.clock.time += 5_000;
    const taken = await host.process(2).takeOver("job x");
    const note = { ...intent.note, origin: intent.id };
    expect(taken).toEqual({ ...intent, id: taken?.id, note, process: { pid: 2, engine: "127.0.0.1:2" } });
    expect([...host.records.values()]).toEqual([taken]);
    expect(await host.process(3).takeOver("job x")).toBeUndefined();
  });

  it.each<[string, (host: Host) => Promise<Intent | undefined>]>([
    ["a process that lives", (host) => host.process(2).takeOver("job x")],
    ["the same process", (host) => (host.dead.add(1), host.process(1).takeOver("job x"))],
    ["a dead process that wished something else", (host) => (host.dead.add(1), host.process(2).takeOver("job y"))],
  ])("are not taken over from %s", async (_, takeOver) => {
    const intent = host.process(1).begin("job x");
    expect(await takeOver(host)).toBeUndefined();
    expect([...host.records.values()]).toEqual([intent]);
  });

  it("are taken over from a process of the same number that worked for another engine", async () => {
    host.process(1, "127.0.0.1:5000").begin("job x");
    host.dead.add(1);
    expect(await host.process(1, "127.0.0.1:6000").takeOver("job x")).toBeDefined();
  });

  it("go to one of two processes that want the same", async () => {
    host.process(1).begin("job x");
    host.dead.add(1);
    const taken = await Promise.all([2, 3].map((pid) => host.process(pid).takeOver("job x")));
    expect(taken.filter((intent) => intent !== undefined)).toHaveLength(1);
    expect(host.records.size).toBe(1);
  });

  it("give each of two equal wishes a record of its own", async () => {
    const one = host.process(1);
    one.begin("job x", { jobId: "a" });
    one.begin("job x", { jobId: "b" });
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
    host.process(1).begin("job x");
    host.dead.add(1);
    host.clock.time += age;
    expect((await host.process(2).takeOver("job x")) !== undefined).toBe(taken);
    expect(host.records.size).toBe(taken ? 1 : 0);
  });
});
