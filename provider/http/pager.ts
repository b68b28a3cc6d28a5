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

/** Something that the service lists in pages. */
export interface Listing<Item, Place> {
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
const MOST_PAGES = 5_000;

/**
 * The pages of a listing, one request each, to the end: until the service says so, or a page tells nothing new. What came is
 * then compared with the totals that were told on the way.
 *
 * Somebody may make or delete something meanwhile, which moves entries from page to page. So where the two disagree, or the
 * total has changed, everything is listed once more; entries of both times count.
 *
 * @param times how often to list at most. With 1, for a listing that is only a short cut, the first disagreement ends it.
 * @throws IncompleteListingError when there should be more, or fewer, than what came.
 * @example for await (const { items } of pagesOf(listing)) found.push(...items); // breaking off early costs no request
 */
export async function* pagesOf<Item, Place>(
  { request, first, ask, idOf }: Listing<Item, Place>,
  times = 2,
): AsyncGenerator<NewItems<Item>, void> {
  const told = new Set<string>();
  for (let time = 1; ; time += 1) {
    const reading = new Reading(idOf);
    let place: Place | undefined = first;
    for (let page; place !== undefined || page === undefined;) {
      page = await ask(place as Place);
      place = reading.goesOnAfter(page) ? page.next : undefined;
      const items = page.items.filter((item) => told.size < told.add(idOf(item)).size);
      yield { items, last: place === undefined && reading.mistake(time > 1) === undefined };
    }
    const mistake = reading.mistake(time > 1);
    if (mistake === undefined) return;
    if (time >= times) throw incomplete(request, mistake);
  }
}

/** How far a listing has been read, from its first page on. */
class Reading<Item, Place> {
  private readonly seen = new Set<string>();
  private unusable = 0;
  private pages = 0;
  /** What the service has said of how many there are. */
  private least = Infinity;
  private most = -Infinity;
  private mayRepeat = false;
  /** Whether a page told nothing new where there should be more. */
  private repeats = false;

  constructor(private readonly idOf: (item: Item) => string) {}

  /** @returns whether the next page is worth asking for. */
  goesOnAfter({ items, unusable = 0, total, mayRepeat = false }: AnsweredPage<Item, Place>): boolean {
    const before = this.seen.size;
    for (const item of items) this.seen.add(this.idOf(item));
    const isNews = this.seen.size > before || (items.length === 0 && unusable > 0);
    if (isNews) this.unusable += unusable;
    if (total !== undefined) [this.least, this.most] = [Math.min(this.least, total), Math.max(this.most, total)];
    this.pages += 1;
    this.repeats = this.pages >= MOST_PAGES || (!isNews && items.length > 0 && !this.mayRepeat);
    this.mayRepeat = mayRepeat;
    return isNews && !this.repeats && !(this.isTold && this.count > this.most);
  }

  /**
   * @param again whether this is the second time: where the total changes each time, what came has to lie between.
   * @returns undefined when everything came.
   */
  mistake(again: boolean): string | undefined {
    const { least, most, count } = this;
    if (!this.isTold)
      return this.repeats ? "where more should follow, it answers again what it has answered" : undefined;
    if (again ? least <= count && count <= most : least === count && most === count) return undefined;
    return `it says that there are ${least === most ? most : `${least}, then ${most}`}, and its pages have ${count}`;
  }

  private get isTold(): boolean {
    return this.most >= 0;
  }

  private get count(): number {
    return this.seen.size + this.unusable;
  }
}

const incomplete = (request: RequestName, mistake: string): IncompleteListingError =>
  new IncompleteListingError({
    ...request,
    happened: `the listing is not whole: ${mistake}`,
    advice:
      "Nothing is done with a part of it. Run the same command again; if that does not help, the service, or a proxy that answers for it, cuts its listings.",
  });
