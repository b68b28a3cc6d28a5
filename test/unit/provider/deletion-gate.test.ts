import { DeletionGate } from "../../../provider/deletion-gate";
import { InvalidRequestError } from "../../../provider/http/errors";
import { fc, samples } from "../../properties";
import { VirtualClock } from "./http/virtual-clock";

/** One resource of a run that is deleted: when the engine comes to it, and whether it may go. */
interface Going {
  readonly atMs: number;
  readonly refused: boolean;
}

const refusal = (id: string) =>
  new InvalidRequestError({ operation: `delete segment ${id}`, method: "", path: "", happened: "it is used" });

/** Deletes as the engine does, and tells what was deleted and what the others were told. */
async function run(all: readonly Going[], options: { read?: boolean; planned?: readonly number[] } = {}) {
  const clock = new VirtualClock();
  const gate = new DeletionGate(clock);
  const asked: string[] = [];
  const deleted: string[] = [];
  const errors = new Map<string, string>();
  const question =
    ({ refused }: Going, id: string) =>
    async () => {
      asked.push(id);
      if (refused) throw refusal(id);
    };
  if (options.read) all.forEach((one, i) => gate.onRead(`${i}`, question(one, `${i}`)));
  if (options.planned) gate.onCheck();
  for (const i of options.planned ?? []) gate.onPlanned(`${i}`);
  all.forEach((one, i) => {
    void clock.sleep(one.atMs).then(() =>
      gate.waitForPermission(`${i}`, question(one, `${i}`)).then(
        () => void deleted.push(`${i}`),
        (error: Error) => void errors.set(`${i}`, error.message),
      ),
    );
  });
  await clock.run();
  return { deleted: deleted.sort(), errors, asked };
}

const free = (atMs: number): Going => ({ atMs, refused: false });
const used = (atMs: number): Going => ({ atMs, refused: true });

describe("before the first deletion of a run", () => {
  test.each([
    ["in the same moment", [free(0), used(0), free(0)]],
    ["one after the other, within the time that the engine takes to begin them", [free(0), free(200), used(400)]],
    ["the refused one first", [used(0), free(30), free(200)]],
  ])("what comes with it is asked about, and nothing is deleted where one may not go: %s", async (_, all) => {
    const { deleted, errors, asked } = await run(all);
    expect(deleted).toEqual([]);
    expect(errors.size).toBe(3);
    expect(asked.sort()).toEqual(["0", "1", "2"]);
    const refused = `${all.findIndex((one) => one.refused)}`;
    for (const [id, message] of errors) {
      if (id === refused) expect(message).toMatch(/^Could not delete segment .: it is used/);
      else
        expect(message).toBe(
          `Could not delete this resource: another deletion of this run would fail, so this run deletes nothing. See the error of "delete segment ${refused}".`,
        );
    }
  });

  test("what was read before is asked about, however late its own deletion comes", async () => {
    const { deleted, errors } = await run([free(0), free(60_000), used(120_000)], { read: true });
    expect(deleted).toEqual([]);
    // Of what is not deleted yet nobody else says why.
    expect(errors.get("0")).toContain("Could not delete segment 2: it is used");
  });

  test("what the engine comes to much later is not known, and only that one is refused", async () => {
    const { deleted, errors } = await run([free(0), free(60_000), used(120_000)]);
    expect(deleted).toEqual(["0", "1"]);
    expect([...errors.keys()]).toEqual(["2"]);
  });

  test("what the program keeps is not asked about, and what it replaces waits for nobody", async () => {
    const kept = await run([used(600_000), free(0)], { read: true, planned: [0] });
    expect(kept.deleted).toEqual(["1"]);
    const replaced = await run([free(0), used(0)], { planned: [0] });
    expect(replaced.deleted).toEqual(["0"]);
    expect(replaced.errors.get("1")).toMatch(/it is used/);
  });

  test("a comparison of a refresh is no plan", async () => {
    const gate = new DeletionGate(new VirtualClock());
    gate.onPlanned("a");
    gate.onRead("a", () => Promise.reject(refusal("a")));
    gate.onRead("b", undefined);
    await expect(gate.waitForPermission("b", undefined)).rejects.toThrow("Could not delete segment a: it is used");
  });

  const going = fc.array(fc.record({ atMs: fc.nat(200), refused: fc.boolean() }), { minLength: 1, maxLength: 8 });
  test("all or nothing: of a set that comes together, and of whatever was read", () =>
    fc.assert(
      fc.asyncProperty(going, fc.boolean(), fc.nat(3), async (all, read, stretch) => {
        const spread = read ? all.map((one) => ({ ...one, atMs: one.atMs * (1 + stretch * 100) })) : all;
        const { deleted, errors, asked } = await run(spread, { read });
        const any = spread.some(({ refused }) => refused);
        expect(deleted).toHaveLength(any ? 0 : spread.length);
        expect(errors.size).toBe(any ? spread.length : 0);
        // Nobody is asked about twice.
        expect(new Set(asked).size).toBe(asked.length);
      }),
      { numRuns: samples(300) },
    ));
});
