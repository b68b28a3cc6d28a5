import type { Clock } from "../clock";
import { IncompleteListingError, type NewItems } from "../http/pager";
import type { Segment } from "./segment";
import { MOST_IDS } from "../http/page-number";
import { LARGEST_PAGE, type SegmentsClient } from "./client";

/** How long an answer stands for the service. Our own writes end it at once. */
const FRESH_MS = 5 * 60_000;

/** Tags too, whoever manages them: it costs no request, and one that has none of them listed would have to be asked again. */
const ASKED = { include: "widest", more: ["tags"], limit: LARGEST_PAGE } as const;

interface Asked {
  readonly id: string;
  readonly dataViewId: string;
  resolve(segment: Segment | undefined): void;
  reject(error: unknown): void;
}

/** How far the listing of one data view has been read. */
interface Listing {
  readonly since: number;
  filters: number;
  pages: number;
  complete: boolean;
  /** The pages that have not been asked for. */
  readonly rest: AsyncGenerator<NewItems<Segment>, void>;
}

/**
 * Serves many reads from few requests: whatever is asked for at one time shares them.
 *
 * Neither a listing nor a filter by ID is always the cheaper one, and the size of the organisation is not known, so the two
 * take turns: the cost is at most twice that of the better one (docs/decisions/reading-segments.md).
 */
export class SegmentCatalog {
  private readonly found = new Map<string, { readonly segment: Segment; readonly at: number }>();
  private readonly listings = new Map<string, Listing>();
  private queue: Asked[] = [];
  private working = false;

  constructor(
    private readonly client: SegmentsClient,
    private readonly clock: Clock,
  ) {}

  /**
   * A segment that the service lists to this account, deleted ones not among them.
   *
   * @param dataViewId where it is expected; it is found elsewhere, too.
   */
  find(id: string, dataViewId: string): Promise<Segment | undefined> {
    const known = this.known(id);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      this.queue.push({ id, dataViewId, resolve, reject });
      void this.work();
    });
  }

  /** The IDs of all segments that have been listed. */
  get seen(): readonly string[] {
    return [...this.found.keys()];
  }

  /** Drops what is known of a segment that was written. */
  forget(id: string): void {
    this.found.delete(id);
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    // One turn of the event loop lets all reads that the engine sent together be asked together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.queue.length > 0) await this.answer(this.queue.splice(0));
    this.working = false;
  }

  private async answer(asked: readonly Asked[]): Promise<void> {
    const views = new Map<string, Asked[]>();
    for (const one of asked) views.set(one.dataViewId, [...(views.get(one.dataViewId) ?? []), one]);
    await Promise.all(
      [...views].map(async ([dataViewId, group]) => {
        try {
          const found = await this.learn(dataViewId, [...new Set(group.map(({ id }) => id))]);
          for (const one of group) one.resolve(found.get(one.id));
        } catch (error) {
          for (const one of group) one.reject(error);
        }
      }),
    );
  }

  /** What is found counts for those who have asked, however long finding the others takes: a late answer is no missing one. */
  private async learn(dataViewId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Segment>> {
    const found = new Map<string, Segment>();
    const listing = this.listing(dataViewId);
    for (let missing = ids; ;) {
      missing = missing.filter((id) => {
        const segment = this.known(id);
        if (segment) found.set(id, segment);
        return !segment;
      });
      if (missing.length === 0) return found;
      if (!listing.complete && listing.filters > listing.pages) {
        listing.pages++;
        await this.readPage(listing);
      } else {
        // What a listing lacks is asked for by ID, too: a segment may have moved to another data view.
        const some = missing.slice(0, MOST_IDS);
        listing.filters++;
        this.keep(await this.client.withIds(some, ASKED));
        for (const id of some) {
          const segment = this.known(id);
          if (segment) found.set(id, segment);
        }
        missing = missing.slice(MOST_IDS);
      }
    }
  }

  private async readPage(listing: Listing): Promise<void> {
    try {
      const { done, value } = await listing.rest.next();
      listing.complete = done === true || value.last;
      if (value) this.keep(value.items);
    } catch (error) {
      if (!(error instanceof IncompleteListingError)) throw error;
      // A listing is a short cut: what it lacks is asked for by ID.
      listing.complete = true;
    }
  }

  private listing(dataViewId: string): Listing {
    const known = this.listings.get(dataViewId);
    if (known && this.clock.now() - known.since < FRESH_MS) return known;
    const rest = this.client.pages({ ...ASKED, dataViewId }, 1);
    const listing = { since: this.clock.now(), filters: 0, pages: 0, complete: false, rest };
    this.listings.set(dataViewId, listing);
    return listing;
  }

  private keep(segments: readonly Segment[]): void {
    const at = this.clock.now();
    for (const segment of segments) if (segment.deleted !== true) this.found.set(segment.id, { segment, at });
  }

  private known(id: string): Segment | undefined {
    const entry = this.found.get(id);
    return entry && this.clock.now() - entry.at < FRESH_MS ? entry.segment : undefined;
  }
}
