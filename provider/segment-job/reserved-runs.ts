import type { Job } from "./job";
import type { Liveness, ProviderProcess } from "../state/engine-process";
import type { Clock } from "../clock";
import type { RunRecord, RunRecords } from "./run-records";

/** A run's place among those of its sandbox and day. */
export interface Reservation {
  /** How many runs of the processes that share the line stand before it, those that a listing shows not among them. */
  countAhead(listedJobs: readonly Job[]): Promise<number>;
  /** Notes by what a listing shows the run. */
  identify(identity: Pick<RunRecord, "requestId" | "jobId">): Promise<void>;
  /** There is no such run. */
  release(): Promise<void>;
}

/** Of a process that nobody here can see, it is not known for so long whether its run comes: an active job may be cancelled first. */
const UNSEEN_LIFETIME_MS = 15 * 60_000;

/**
 * Puts the runs of several processes in a line before they start. Two that read the same listing would both find room for
 * one more: of them, the one that came first to the line has it.
 */
export class ReservedRuns {
  constructor(
    private readonly records: RunRecords,
    private readonly self: ProviderProcess,
    private readonly isAlive: (process: ProviderProcess) => Promise<Liveness>,
    private readonly newId: () => string,
    private readonly clock: Clock,
  ) {}

  /** Call it before the listing is read: what started earlier is in the line then, or in the listing. */
  async reserve(sandbox: string, dayStart: number): Promise<Reservation> {
    const now = () => this.clock.now();
    const ownRecord: RunRecord = { id: this.newId(), process: this.self, at: now() };
    const update = (edit: (records: readonly RunRecord[]) => readonly RunRecord[]) =>
      this.records.update(sandbox, dayStart, edit);
    const isOwn = ({ id }: RunRecord) => id === ownRecord.id;
    // It may be there: a change whose answer was lost is made again.
    await update((records) => (records.some(isOwn) ? records : [...records, ownRecord]));
    return {
      countAhead: async (listedJobs) => {
        const records = await update((same) => same);
        const position = records.findIndex(isOwn);
        return this.countUnlisted(position < 0 ? records : records.slice(0, position), listedJobs);
      },
      identify: async (identity) =>
        void (await update((records) =>
          records.map((record) => (isOwn(record) ? { ...record, ...identity, at: now() } : record)),
        )),
      release: async () => void (await update((records) => records.filter((record) => !isOwn(record)))),
    };
  }

  private async countUnlisted(records: readonly RunRecord[], listedJobs: readonly Job[]): Promise<number> {
    const isListed = ({ jobId, requestId }: RunRecord) =>
      listedJobs.some((job) => job.id === jobId || (requestId !== undefined && job.requestId === requestId));
    let count = 0;
    for (const record of records.filter((one) => !isListed(one))) {
      // What a process that is gone has started, if anything, the listing tells.
      const liveness = await this.isAlive(record.process);
      if (liveness === "unknown" ? this.clock.now() - record.at < UNSEEN_LIFETIME_MS : liveness === true) count += 1;
    }
    return count;
  }
}
