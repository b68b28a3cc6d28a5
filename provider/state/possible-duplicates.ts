import type { Records } from "./record-store";

/**
 * Whether the store has kept the records of what was created: a new runner without a Redis and a wiped folder have none, and what an
 * interrupted run left behind would go unnoticed.
 */
export interface CreationRecords {
  /** Whether a creation has begun with this store before. */
  kept(): Promise<boolean>;
  /** From now on they are. */
  keep(): Promise<void>;
}

const NAME = "kept";

/** Keeps the mark as a record. */
export const creationRecords = (records: Records): CreationRecords => ({
  kept: async () => (await records.read(NAME)) !== undefined,
  keep: () => records.write(NAME, true),
});

/**
 * What an interrupted run may have left behind, for the first process that creates with a new store: it has no record
 * of what ran before. It is only pointed out and never taken over, since it may belong to another stack. Costs one request a
 * place (a data view, a sandbox) in that process, and none in all others.
 *
 * @example for (const job of await orphans.among(sandbox)) if (isAlike(job)) warn(job.id);
 */
export class Orphans<Found> {
  private readonly lists = new Map<string, Promise<readonly Found[]>>();
  private kept: Promise<boolean> | undefined;

  /** @param newest lists the newest of a place that are our own. */
  constructor(
    private readonly records: CreationRecords,
    private readonly newest: (place: string) => Promise<readonly Found[]>,
  ) {}

  /** The newest of the place; none where records are kept. */
  async among(place: string): Promise<readonly Found[]> {
    if (await (this.kept ??= this.records.kept())) return [];
    let list = this.lists.get(place);
    if (!list) {
      list = this.newest(place);
      this.lists.set(place, list);
      // The next creation asks again after a failure.
      list.catch(() => this.lists.delete(place));
    }
    const found = await list;
    await this.records.keep();
    return found;
  }
}
