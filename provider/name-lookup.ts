import type { Clock } from "./clock";
import { Batcher } from "./http/batcher";
import { hasName, type Candidate, type NameMatches } from "./resolve-by-name";

/** A page of what can be looked for by name. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly last: boolean;
}

/** The pages of those that have something like a name, or of all. The service may look for words, for parts, or not at all. */
export type NamedPages<Item> = (name: string | undefined) => AsyncGenerator<Page<Item>, void>;

/**
 * Finds things by their names, in one place.
 *
 * One name is asked of the service's filter. Several that are looked for in the same moment are first looked for in the
 * listing, in no more pages than there are names: it serves them all with one request where all are on one page,
 * and costs twice as much as filters at the worst. What a filter does not find is looked for in the whole listing,
 * since a service may match words only.
 */
export class NameLookup<Item extends Candidate> {
  private readonly batcher: Batcher<NameMatches<Item>>;

  constructor(
    private readonly pages: NamedPages<Item>,
    clock: Clock,
  ) {
    this.batcher = new Batcher(clock, (names) => this.findAll(names));
  }

  async find(name: string): Promise<NameMatches<Item>> {
    return (await this.batcher.load(name.trim())) ?? { matches: [], others: [] };
  }

  private async findAll(names: readonly string[]): Promise<ReadonlyMap<string, NameMatches<Item>>> {
    const allListed = names.length > 1 ? await this.list(undefined, names.length) : undefined;
    if (allListed) return new Map(names.map((name) => [name, matchName(allListed, name)]));
    const found = new Map<string, NameMatches<Item>>();
    for (const name of names) found.set(name, matchName(await this.listAll(name), name));
    const missing = names.filter((name) => found.get(name)?.matches.length === 0);
    if (missing.length > 0) {
      const all = await this.listAll();
      for (const name of missing) found.set(name, matchName(all, name));
    }
    return found;
  }

  private async listAll(name?: string): Promise<readonly Item[]> {
    return (await this.list(name, Infinity)) ?? [];
  }

  /** @returns undefined when there are more pages than it may cost. */
  private async list(name: string | undefined, maxPages: number): Promise<readonly Item[] | undefined> {
    const found: Item[] = [];
    let pages = 0;
    for await (const { items, last } of this.pages(name)) {
      for (const item of items) found.push(item);
      pages += 1;
      if (pages === maxPages && !last) return undefined;
    }
    return found;
  }
}

function matchName<Item extends Candidate>(items: readonly Item[], name: string): NameMatches<Item> {
  const matches = items.filter((item) => hasName(name, item));
  return { matches, others: matches.length > 0 ? [] : items };
}
