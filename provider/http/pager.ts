import { UnexpectedAnswerError, type RequestName } from "./errors";

/** A page of a listing, as the service answers it. */
export interface AnsweredPage<Item, Place> {
  readonly items: readonly Item[];
  /** Entries that cannot be used. They count: the service's total has them, too. */
  readonly unusable?: number;
  /** How many entries all pages have together, where the service says so. */
  readonly total?: number | undefined;
  /** Where the next page begins; absent on the last one. */
  readonly next?: Place | undefined;
  /** Whether this page may have been all, although another is asked for: that one may then repeat it. */
  readonly mayRepeat?: boolean;
}

/** A page with those of its entries that can be parsed. @param parse gets the entry and its index. */
export function parseItems<Item, Place>(
  page: AnsweredPage<unknown, Place>,
  parse: (entry: unknown, index: number) => Item | undefined,
): AnsweredPage<Item, Place> {
  const items = page.items.flatMap((entry, index) => parse(entry, index) ?? []);
  return { ...page, items, unusable: page.items.length - items.length };
}

/** Something that the service lists in pages. */
export interface PagedListing<Item, Place> {
  /** The request for a page, as an error names it. */
  readonly request: RequestName;
  readonly first: Place;
  readonly ask: (place: Place) => Promise<AnsweredPage<Item, Place>>;
  readonly idOf: (item: Item) => string;
}

/** What a page brings that no page before it has brought. */
export interface NewItems<Item> {
  readonly items: readonly Item[];
  /** Whether these are the last ones. */
  readonly last: boolean;
}

/** A listing that does not have what it says it has. Nobody may take what came for all there is. */
export class IncompleteListingError extends UnexpectedAnswerError {}

/** Adobe takes 50,000 segments in an organisation (guardrails), and shows at least ten on a page unless it is asked for fewer. */
const MAX_PAGES = 5_000;

/**
 * The pages of a listing, one request each, to the end: until the service says so, or a page tells nothing new. What came is
 * then compared with the totals that were told on the way.
 *
 * Somebody may make or delete something meanwhile, which moves entries from page to page. So where the two disagree, or the
 * total has changed, everything is listed once more; entries of both times count.
 *
 * @param maxPasses how often to list at most. With 1, for a listing that is only a short cut, the first disagreement ends it.
 * @throws IncompleteListingError when there should be more, or fewer, than what came.
 * @example for await (const { items } of pagesOf(listing)) found.push(...items); // breaking off early costs no request
 */
export async function* pagesOf<Item, Place>(
  { request, first, ask, idOf }: PagedListing<Item, Place>,
  maxPasses = 2,
): AsyncGenerator<NewItems<Item>, void> {
  const yieldedIds = new Set<string>();
  for (let pass = 1; ; pass += 1) {
    const progress = new ListingProgress(idOf);
    let place: Place | undefined = first;
    for (let page; place !== undefined || page === undefined;) {
      page = await ask(place as Place);
      place = progress.needsPageAfter(page) ? page.next : undefined;
      const items = page.items.filter((item) => yieldedIds.size < yieldedIds.add(idOf(item)).size);
      yield { items, last: place === undefined && progress.inconsistency(pass > 1) === undefined };
    }
    const inconsistency = progress.inconsistency(pass > 1);
    if (inconsistency === undefined) return;
    if (pass >= maxPasses) throw incompleteError(request, inconsistency);
  }
}

/** How far a listing has been read, from its first page on. */
class ListingProgress<Item, Place> {
  private readonly seenIds = new Set<string>();
  private unusable = 0;
  private pages = 0;
  /** What the service has said of how many there are. */
  private minTotal = Infinity;
  private maxTotal = -Infinity;
  private mayRepeat = false;
  /** Whether a page told nothing new where there should be more. */
  private isRepeating = false;

  constructor(private readonly idOf: (item: Item) => string) {}

  /** @returns whether the next page is worth asking for. */
  needsPageAfter({ items, unusable = 0, total, mayRepeat = false }: AnsweredPage<Item, Place>): boolean {
    const sizeBefore = this.seenIds.size;
    for (const item of items) this.seenIds.add(this.idOf(item));
    const hasNewItems = this.seenIds.size > sizeBefore || (items.length === 0 && unusable > 0);
    if (hasNewItems) this.unusable += unusable;
    if (total !== undefined)
      [this.minTotal, this.maxTotal] = [Math.min(this.minTotal, total), Math.max(this.maxTotal, total)];
    this.pages += 1;
    this.isRepeating = this.pages >= MAX_PAGES || (!hasNewItems && items.length > 0 && !this.mayRepeat);
    this.mayRepeat = mayRepeat;
    return hasNewItems && !this.isRepeating && !(this.hasTotal && this.count > this.maxTotal);
  }

  /**
   * @param isSecondPass whether this is the second time: where the total changes each time, what came has to lie between.
   * @returns undefined when everything came.
   */
  inconsistency(isSecondPass: boolean): string | undefined {
    const { minTotal, maxTotal, count } = this;
    if (!this.hasTotal) return this.isRepeating ? "the service repeats entries instead of sending more" : undefined;
    if (isSecondPass ? minTotal <= count && count <= maxTotal : minTotal === count && maxTotal === count)
      return undefined;
    return `the service says that there are ${minTotal === maxTotal ? maxTotal : `${minTotal}, then ${maxTotal}`}, but its pages have ${count}`;
  }

  private get hasTotal(): boolean {
    return this.maxTotal >= 0;
  }

  private get count(): number {
    return this.seenIds.size + this.unusable;
  }
}

const incompleteError = (request: RequestName, inconsistency: string): IncompleteListingError =>
  new IncompleteListingError({
    ...request,
    happened: `the listing is incomplete: ${inconsistency}`,
    advice:
      "The provider does nothing with an incomplete listing. Run the same command again. If that does not help, the service or a proxy cuts listings short.",
  });
