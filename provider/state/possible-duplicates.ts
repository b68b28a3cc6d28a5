import type { Records } from "./record-store";

/**
 * Whether the store has kept the records of what was created: a new runner without a Redis and a wiped folder have none, and what an
 * interrupted run left behind would go unnoticed.
 */
export interface CreationMarker {
  /** Whether a creation has begun with this store before. */
  exists(): Promise<boolean>;
  /** From now on they are. */
  set(): Promise<void>;
}

const MARKER_NAME = "kept";

/** Keeps the mark as a record. */
export const creationMarkerIn = (records: Records): CreationMarker => ({
  exists: async () => (await records.read(MARKER_NAME)) !== undefined,
  set: () => records.write(MARKER_NAME, true),
});

/**
 * What an interrupted run may have left behind, for the first process that creates with a new store: it has no record
 * of what ran before. It is only pointed out and never taken over, since it may belong to another stack. Costs one request a
 * place (a data view, a sandbox) in that process, and none in all others.
 *
 * @example for (const job of await orphans.among(sandbox)) if (isAlike(job)) warn(job.id);
 */
export class PossibleDuplicates<Found> {
  private readonly listsByScope = new Map<string, Promise<readonly Found[]>>();
  private markerExists: Promise<boolean> | undefined;

  /** @param list lists the newest of a place that are our own. */
  constructor(
    private readonly marker: CreationMarker,
    private readonly list: (scope: string) => Promise<readonly Found[]>,
  ) {}

  /** The newest of the place; none where records are kept. */
  async listNewest(scope: string): Promise<readonly Found[]> {
    if (await (this.markerExists ??= this.marker.exists())) return [];
    let listing = this.listsByScope.get(scope);
    if (!listing) {
      listing = this.list(scope);
      this.listsByScope.set(scope, listing);
      // The next creation asks again after a failure.
      listing.catch(() => this.listsByScope.delete(scope));
    }
    const newest = await listing;
    await this.marker.set();
    return newest;
  }
}
