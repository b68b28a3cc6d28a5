import type { Use } from "../../model/segment-fields";
import type { Clock } from "../clock";
import { Batcher, indexById, MAX_IDS_PER_REQUEST } from "../http/batcher";
import { ListingOrIdFinder } from "../http/listing-or-id-finder";
import { TimedCache } from "../http/timed-cache";
import { IncompleteListingError } from "../http/pager";
import type { SegmentsClient } from "./client";
import { LISTING_DEFAULTS } from "./listing";
import type { Segment } from "./segment";

/** How long an answer stands for the service. Our own writes end it at once. */
const CACHE_LIFETIME_MS = 5 * 60_000;

/** One turn of the event loop lets all reads that the engine sent together be asked together. */
const nextTick = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Serves many reads from few requests: whatever is asked for at one time shares them, and the listing of a data view takes turns
 * with a filter by ID (docs/decisions/reading-segments.md). Tags are asked for, too, whoever manages them: it costs no request, and
 * a segment that has none of them listed would have to be asked for again.
 */
export class SegmentReader {
  private readonly cache: TimedCache<Segment>;
  private readonly batchersByDataView = new Map<string, Batcher<Segment>>();

  constructor(
    private readonly client: SegmentsClient,
    private readonly clock: Clock,
  ) {
    this.cache = new TimedCache(clock, CACHE_LIFETIME_MS);
  }

  /**
   * A segment that the service lists to this account, deleted ones not among them.
   *
   * @param dataViewId where it is expected; it is found elsewhere, too: it may have moved to another data view.
   */
  find(id: string, dataViewId: string): Promise<Segment | undefined> {
    const cached = this.cache.get(id);
    return cached ? Promise.resolve(cached) : this.batcherFor(dataViewId).load(id);
  }

  /** The IDs of all segments that have been listed. */
  get listedIds(): readonly string[] {
    return this.cache.ids;
  }

  /** Drops what is known of a segment that was written. */
  forget(id: string): void {
    this.cache.forget(id);
  }

  private batcherFor(dataViewId: string): Batcher<Segment> {
    const existing = this.batchersByDataView.get(dataViewId);
    if (existing) return existing;
    const { client, clock, cache } = this;
    const cacheListed = (segments: readonly Segment[]) =>
      segments.flatMap((segment) => {
        if (segment.deleted === true) return [];
        cache.set(segment.id, segment);
        return [[segment.id, segment] as const];
      });
    const source = {
      pages: () => client.pages({ ...LISTING_DEFAULTS, dataViewId }, 1),
      onItems: cacheListed,
      getByIds: async (ids: readonly string[]) => new Map(cacheListed(await client.listByIds(ids, LISTING_DEFAULTS))),
      maxIds: MAX_IDS_PER_REQUEST,
      extraPages: 0,
      mayBeIgnored: (error: unknown) => error instanceof IncompleteListingError,
    };
    const finder = new ListingOrIdFinder(cache, source, clock);
    const batcher = new Batcher(clock, (ids) => finder.find(ids), nextTick);
    this.batchersByDataView.set(dataViewId, batcher);
    return batcher;
  }
}

/** Finds out what uses segments. Those that are asked for in the same moment share a request. */
export class SegmentUses {
  private readonly batcher: Batcher<Segment>;

  constructor(client: SegmentsClient, clock: Clock) {
    // Only a listing has it (segments page, "Find components that use a specified segment").
    this.batcher = new Batcher(clock, async (ids) => indexById(await client.listByIds(ids, { expand: ["usedIn"] })));
  }

  /**
   * What uses a segment now.
   *
   * @returns undefined where the service does not tell, or does not list the segment.
   */
  async findUses(id: string): Promise<readonly Use[] | undefined> {
    return (await this.batcher.load(id))?.usedIn;
  }
}
