import type { Records } from "./record-store";

/**
 * Marks a store that has the records of earlier creations. A new runner without a Redis, or a wiped folder, has no mark: there, what an
 * interrupted run left behind would go unnoticed.
 */
export interface CreationMarker {
  /** Whether a creation has begun with this store before. */
  exists(): Promise<boolean>;
  /** Sets the mark. */
  set(): Promise<void>;
}

const MARKER_NAME = "kept";

/** Keeps the mark as a record. */
export const creationMarkerIn = (records: Records): CreationMarker => ({
  exists: async () => (await records.read(MARKER_NAME)) !== undefined,
  set: () => records.write(MARKER_NAME, true),
});

/**
 * Lists what an interrupted run may have left behind, for the first process that creates something with a new store, which has no record
 * of earlier runs. Callers only warn of it and never take it over, since it may belong to another stack. It costs that process one
 * request for each data view or sandbox, and other processes none.
 *
 * @example for (const job of await possibleDuplicates.listNewest(sandbox)) if (hasSameScope(job)) warn(job.id);
 */
export class PossibleDuplicates<Found> {
  private readonly listsByScope = new Map<string, Promise<readonly Found[]>>();
  private markerExists: Promise<boolean> | undefined;

  /** @param list lists the newest objects of a data view or sandbox that are our own. */
  constructor(
    private readonly marker: CreationMarker,
    private readonly list: (scope: string) => Promise<readonly Found[]>,
  ) {}

  /** The newest objects; none where the store has records. */
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
