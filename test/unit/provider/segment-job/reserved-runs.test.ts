import type { ProviderProcess } from "../../../../provider/state/engine-process";
import { diskRecordStore } from "../../../../provider/state/disk-record-store";
import { createMemoryFolder } from "../../../../provider/state/memory-folder";
import { ReservedRuns } from "../../../../provider/segment-job/reserved-runs";
import { runRecordsIn } from "../../../../provider/segment-job/run-records";
import { InstantClock } from "../http/virtual-clock";

const listed = (id: string, requestId?: string) => [
  { id, status: "NEW", segmentIds: [], ...(requestId !== undefined && { requestId }) },
];

/** Processes that share a folder. */
function processes() {
  const clock = new InstantClock();
  const records = runRecordsIn(
    diskRecordStore(createMemoryFolder(), clock)({ name: "runs-1", lifetimeMs: 86_400_000 }),
  );
  const dead = new Set<number>();
  const unseen = new Set<number>();
  let ids = 0;
  const runs = (pid: number) =>
    new ReservedRuns(
      records,
      { pid },
      async ({ pid: other }: ProviderProcess) => (unseen.has(other) ? "unknown" : !dead.has(other)),
      () => `id-${(ids += 1)}`,
      clock,
    );
  return { runs, dead, unseen, clock };
}

test("who came first stands first: of two that ask at once, one has room", async () => {
  const { runs } = processes();
  const one = await runs(1).reserve("prod", 0);
  const other = await runs(2).reserve("prod", 0);
  expect([await one.countAhead([]), await other.countAhead([])]).toEqual([0, 1]);
  await one.release();
  expect(await other.countAhead([])).toBe(0);
});

test("what a listing shows is not counted twice", async () => {
  const { runs } = processes();
  const one = await runs(1).reserve("prod", 0);
  const other = await runs(1).reserve("prod", 0);
  await one.identify({ requestId: "r-1" });
  expect([await other.countAhead(listed("j-1", "r-1")), await other.countAhead(listed("j-1"))]).toEqual([0, 1]);
  await one.identify({ jobId: "j-1" });
  expect([await other.countAhead(listed("j-1")), await other.countAhead(listed("j-2"))]).toEqual([0, 1]);
});

test("another sandbox, another day and a process that is gone do not count", async () => {
  const { runs, dead } = processes();
  await runs(1).reserve("dev", 0);
  await runs(1).reserve("prod", 86_400_000);
  await runs(2).reserve("prod", 0);
  dead.add(2);
  expect(await (await runs(3).reserve("prod", 0)).countAhead([])).toBe(0);
});

test("one of another machine counts until its run would have come", async () => {
  const { runs, unseen, clock } = processes();
  const theirs = await runs(1).reserve("prod", 0);
  unseen.add(1);
  const mine = await runs(2).reserve("prod", 0);
  clock.time += 14 * 60_000;
  expect(await mine.countAhead([])).toBe(1);
  await theirs.identify({ requestId: "r-1" });
  clock.time += 14 * 60_000;
  expect([await mine.countAhead([]), await mine.countAhead(listed("j-1", "r-1"))]).toEqual([1, 0]);
  clock.time += 2 * 60_000;
  expect(await mine.countAhead([])).toBe(0);
});

test("eight that come at once stand one behind the other", async () => {
  const { runs } = processes();
  const places = await Promise.all(Array.from({ length: 8 }, (_, i) => runs(i + 1).reserve("prod", 0)));
  const ahead = await Promise.all(places.map((place) => place.countAhead([])));
  expect(ahead.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});
