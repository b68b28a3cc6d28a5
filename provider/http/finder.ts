import type { Clock } from "../clock";
import type { NewItems } from "./pager";

/** What answers have told, for as long as it stands for the service. */
export class Known<T> {
  private readonly told = new Map<string, { readonly value: T; readonly at: number }>();

  /** @param isFinal whether a value does not change any more. */
  constructor(
    private readonly clock: Clock,
    private readonly freshMs: number,
    private readonly isFinal: (value: T) => boolean = () => false,
  ) {}

  get(id: string): T | undefined {
    const told = this.told.get(id);
    return told && (this.isFinal(told.value) || this.isFresh(told.at)) ? told.value : undefined;
  }

  /** @param at when it was true, if not now. */
  set(id: string, value: T, at: number = this.clock.now()): void {
    this.told.set(id, { value, at });
  }

  /** Drops what is known of something that was written. */
  forget(id: string): void {
    this.told.delete(id);
  }

  isFresh(at: number): boolean {
    return this.clock.now() - at < this.freshMs;
  }

  /** All that was ever told of. */
  get ids(): readonly string[] {
    return [...this.told.keys()];
  }
}

/** Things that can be listed, and asked for by their IDs. */
export interface Source<Item> {
  readonly pages: () => AsyncGenerator<NewItems<Item>, void>;
  /** Notes what a page tells. */
  readonly keep: (items: readonly Item[]) => void;
  /** Asks for up to `most` of them. What the answer lacks is not there. */
  readonly ask: (ids: readonly string[]) => Promise<ReadonlyMap<string, Item>>;
  readonly most: number;
  /** How many pages more may be read than was asked by ID. */
  readonly pagesAhead: number;
  /** Whether a failure only ends the listing. It is a short cut: what it does not tell is asked for by ID, and fails there if it has to. */
  readonly isHarmless: (error: unknown) => boolean;
}

/** How far a listing has been read. */
interface Listing<Item> {
  readonly since: number;
  /** The pages that have not been asked for. */
  readonly rest: AsyncGenerator<NewItems<Item>, void>;
  pages: number;
  /** How often it was asked by ID. */
  asks: number;
  complete: boolean;
}

/**
 * Finds many things with few requests. Neither their listing nor asking by ID is always the cheaper one, and how many there are is
 * not known, so the two take turns: the cost is at most about twice that of the better one.
 */
export class InTurns<Item> {
  private listing: Listing<Item> | undefined;

  constructor(
    private readonly known: Known<Item>,
    private readonly source: Source<Item>,
    private readonly clock: Clock,
  ) {}

  /** What is found counts for those who have asked, however long finding the others takes: a late answer is no missing one. */
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, Item>> {
    const { ask, most, pagesAhead } = this.source;
    const found = new Map<string, Item>();
    const listing = this.currentListing();
    for (let missing = ids; ;) {
      missing = missing.filter((id) => {
        const item = this.known.get(id);
        if (item) found.set(id, item);
        return !item;
      });
      if (missing.length === 0) return found;
      if (!listing.complete && listing.asks > 0 && listing.pages < listing.asks + pagesAhead) {
        await this.readPage(listing);
      } else {
        // What a listing lacks is asked for by ID, too.
        listing.asks += 1;
        for (const [id, item] of await ask(missing.slice(0, most))) found.set(id, item);
        missing = missing.slice(most);
      }
    }
  }

  private async readPage(listing: Listing<Item>): Promise<void> {
    listing.pages += 1;
    try {
      const { done, value } = await listing.rest.next();
      if (value) this.source.keep(value.items);
      listing.complete = done === true || value.last;
    } catch (error) {
      if (!this.source.isHarmless(error)) throw error;
      listing.complete = true;
    }
  }

  private currentListing(): Listing<Item> {
    if (!this.listing || !this.known.isFresh(this.listing.since))
      this.listing = { since: this.clock.now(), rest: this.source.pages(), pages: 0, asks: 0, complete: false };
    return this.listing;
  }
}
