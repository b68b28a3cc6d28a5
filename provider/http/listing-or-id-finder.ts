import type { Clock } from "../clock";
import type { NewItems } from "./pager";
import type { TimedCache } from "./timed-cache";

/** Things that can be listed, and asked for by their IDs. */
export interface FinderSource<Item> {
  readonly pages: () => AsyncGenerator<NewItems<Item>, void>;
  /** Notes what a page tells. */
  readonly onItems: (items: readonly Item[]) => void;
  /** Asks for up to `most` of them. What the answer lacks is not there. */
  readonly getByIds: (ids: readonly string[]) => Promise<ReadonlyMap<string, Item>>;
  readonly maxIds: number;
  /** How many pages more may be read than was asked by ID. */
  readonly extraPages: number;
  /** Whether a failure only ends the listing. It is a short cut: what it does not tell is asked for by ID, and fails there if it has to. */
  readonly mayBeIgnored: (error: unknown) => boolean;
}

/** How far a listing has been read. */
interface ListingState<Item> {
  readonly startedAt: number;
  /** The pages that have not been asked for. */
  readonly remainingPages: AsyncGenerator<NewItems<Item>, void>;
  pages: number;
  /** How often it was asked by ID. */
  idRequests: number;
  complete: boolean;
}

/**
 * Finds many things with few requests. Neither their listing nor asking by ID is always the cheaper one, and how many there are is
 * not known, so the two take turns: the cost is at most about twice that of the better one.
 */
export class ListingOrIdFinder<Item> {
  private listing: ListingState<Item> | undefined;

  constructor(
    private readonly cache: TimedCache<Item>,
    private readonly source: FinderSource<Item>,
    private readonly clock: Clock,
  ) {}

  /** What is found counts for those who have asked, however long finding the others takes: a late answer is no missing one. */
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, Item>> {
    const { getByIds, maxIds, extraPages } = this.source;
    const found = new Map<string, Item>();
    const listing = this.currentListing();
    for (let missing = ids; ;) {
      missing = missing.filter((id) => {
        const item = this.cache.get(id);
        if (item) found.set(id, item);
        return !item;
      });
      if (missing.length === 0) return found;
      if (!listing.complete && listing.idRequests > 0 && listing.pages < listing.idRequests + extraPages) {
        await this.readPage(listing);
      } else {
        // What a listing lacks is asked for by ID, too.
        listing.idRequests += 1;
        for (const [id, item] of await getByIds(missing.slice(0, maxIds))) found.set(id, item);
        missing = missing.slice(maxIds);
      }
    }
  }

  private async readPage(listing: ListingState<Item>): Promise<void> {
    listing.pages += 1;
    try {
      const { done, value } = await listing.remainingPages.next();
      if (value) this.source.onItems(value.items);
      listing.complete = done === true || value.last;
    } catch (error) {
      if (!this.source.mayBeIgnored(error)) throw error;
      listing.complete = true;
    }
  }

  private currentListing(): ListingState<Item> {
    if (!this.listing || !this.cache.isFresh(this.listing.startedAt))
      this.listing = {
        startedAt: this.clock.now(),
        remainingPages: this.source.pages(),
        pages: 0,
        idRequests: 0,
        complete: false,
      };
    return this.listing;
  }
}
