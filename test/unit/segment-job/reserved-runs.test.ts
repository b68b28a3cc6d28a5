import { createMemoryFolder } from "../../../provider/http/memory-folder";
import { ReservedRuns } from "../../../provider/segment-job/reserved-runs";
import { runRecordFiles } from "../../../provider/segment-job/run-records";

const listed = (id: string, requestId?: string) => [
  { id, status: "NEW", segmentIds: [], ...(requestId !== undefined && { requestId }) },
];

/** Processes that share a folder. */
function processes() {
  const records = runRecordFiles(createMemoryFolder(), (sandbox, began) => `runs-${sandbox}-${began}`);
  const dead = new Set<number>();
  let ids = 0;
  const runs = (pid: number) =>
    new ReservedRuns(
      records,
      { pid },
      async (process) => !dead.has(process.pid),
      () => `id-${(ids += 1)}`,
    );
  return { runs, dead };
}

test("who came first stands first: of two that ask at once, one has room", async () => {
  const { runs } = processes();
  const one = await runs(1).reserve("prod", 0);
  const other = await runs(2).reserve("prod", 0);
  expect([await one.ahead([]), await other.ahead([])]).toEqual([0, 1]);
  await one.release();
  expect(await other.ahead([])).toBe(0);
});

test("what a listing shows is not counted twice", async () => {
  const { runs } = processes();
  const one = await runs(1).reserve("prod", 0);
  const other = await runs(1).reserve("prod", 0);
  await one.note({ requestId: "r-1" });
  expect([await other.ahead(listed("j-1", "r-1")), await other.ahead(listed("j-1"))]).toEqual([0, 1]);
  await one.note({ jobId: "j-1" });
  expect([await other.ahead(listed("j-1")), await other.ahead(listed("j-2"))]).toEqual([0, 1]);
});

test("another sandbox, another day and a process that is gone do not count", async () => {
  const { runs, dead } = processes();
  await runs(1).reserve("dev", 0);
  await runs(1).reserve("prod", 86_400_000);
  await runs(2).reserve("prod", 0);
  dead.add(2);
  expect(await (await runs(3).reserve("prod", 0)).ahead([])).toBe(0);
});
