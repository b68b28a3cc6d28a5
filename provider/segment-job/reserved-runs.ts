import type { Job } from "./job";
import type { Liveness, Process } from "../state/engine-process";
import type { Clock } from "../clock";
import type { RunRecord, RunRecords } from "./run-records";

/** A run's place among those of its sandbox and day. */
export interface Reservation {
  /** How many runs of the processes that share the line stand before it, those that a listing shows not among them. */
  ahead(listed: readonly Job[]): Promise<number>;
  /** Notes by what a listing shows the run. */
  note(known: Pick<RunRecord, "requestId" | "jobId">): Promise<void>;
  /** There is no such run. */
  release(): Promise<void>;
}

/** Of a process that nobody here can see, it is not known for so long whether its run comes: an active job may be cancelled first. */
const UNSEEN_MS = 15 * 60_000;

/**
 * Puts the runs of several processes in a line before they start. Two that read the same listing would both find room for
 * one more: of them, the one that came first to the line has it.
 */
export class ReservedRuns {
  constructor(
    private readonly records: RunRecords,
    private readonly self: Process,
    private readonly isAlive: (process: Process) => Promise<Liveness>,
    private readonly newId: () => string,
    private readonly clock: Clock,
  ) {}

  /** Call it before the listing is read: what started earlier is in the line then, or in the listing. */
  async reserve(sandbox: string, began: number): Promise<Reservation> {
    const now = () => this.clock.now();
    const mine: RunRecord = { id: this.newId(), process: this.self, at: now() };
    const change = (changed: (records: readonly RunRecord[]) => readonly RunRecord[]) =>
      this.records.change(sandbox, began, changed);
    const isMine = ({ id }: RunRecord) => id === mine.id;
    // It may be there: a change whose answer was lost is made again.
    await change((records) => (records.some(isMine) ? records : [...records, mine]));
    return {
      ahead: async (listed) => {
        const records = await change((same) => same);
        const place = records.findIndex(isMine);
        return this.count(place < 0 ? records : records.slice(0, place), listed);
      },
      note: async (known) =>
        void (await change((records) =>
          records.map((record) => (isMine(record) ? { ...record, ...known, at: now() } : record)),
        )),
      release: async () => void (await change((records) => records.filter((record) => !isMine(record)))),
    };
  }

  private async count(records: readonly RunRecord[], listed: readonly Job[]): Promise<number> {
    const shown = ({ jobId, requestId }: RunRecord) =>
      listed.some((job) => job.id === jobId || (requestId !== undefined && job.requestId === requestId));
    let count = 0;
    for (const record of records.filter((one) => !shown(one))) {
      // What a process that is gone has started, if anything, the listing tells.
      const alive = await this.isAlive(record.process);
      if (alive === "unknown" ? this.clock.now() - record.at < UNSEEN_MS : alive === true) count += 1;
    }
    return count;
  }
}
