import type { Clock } from "../clock";
import { Batcher, chunk } from "./batcher";
import { MAX_BULK_IDS } from "./bulk-get";
import { CjaError } from "./errors";
import { ListingOrIdFinder } from "./listing-or-id-finder";
import type { NewItems } from "./pager";
import { TimedCache } from "./timed-cache";

/** Objects of Experience Platform, of which every sandbox has its own, and how long what is known of one stands. */
export interface SandboxSource<Item> {
  /** @returns undefined when the service knows no such object. */
  readonly get: (sandbox: string, id: string) => Promise<Item | undefined>;
  /** Up to `MAX_BULK_IDS` with one request. @returns undefined when one of them is not known, and therefore none is answered. */
  readonly getMany: (sandbox: string, ids: readonly string[]) => Promise<ReadonlyMap<string, Item> | undefined>;
  /** A listing, page by page, read once. */
  readonly pages: (sandbox: string) => AsyncGenerator<NewItems<Item>, void>;
  /** Those of the IDs that a listing has, though the service says that it does not know them. */
  readonly findListed: (sandbox: string, ids: readonly string[]) => Promise<readonly Item[]>;
  readonly lifetimeMs: number;
  /** Whether one does not change any more. */
  readonly isFinal?: (item: Item) => boolean;
  /** How many pages of the listing may be read before IDs are asked for a second time. */
  readonly extraPages: number;
}

/** Serves many reads from few requests: whatever is asked for at one time, in one sandbox, shares them. */
export class SandboxReader<Item extends { readonly id: string }> {
  private readonly sandboxes = new Map<string, SandboxItems<Item>>();

  constructor(
    private readonly source: SandboxSource<Item>,
    private readonly clock: Clock,
  ) {}

  /**
   * An object as it was within the source's lifetime: the reads of one pass of the engine share the answers.
   *
   * @returns undefined when the service knows no such object (any more).
   */
  find(sandbox: string, id: string): Promise<Item | undefined> {
    const { cache, cachedBatcher } = this.itemsOf(sandbox);
    const item = cache.get(id);
    return item ? Promise.resolve(item) : cachedBatcher.load(id);
  }

  /**
   * An object as it is now. Those that are asked for in the same moment share one request for each hundred of them.
   *
   * @returns undefined when the service knows no such object (any more).
   */
  poll(sandbox: string, id: string): Promise<Item | undefined> {
    return this.itemsOf(sandbox).freshBatcher.load(id);
  }

  /** Drops what is known of one that was written. */
  forget(sandbox: string, id: string): void {
    this.itemsOf(sandbox).cache.forget(id);
  }

  private itemsOf(sandbox: string): SandboxItems<Item> {
    const items = this.sandboxes.get(sandbox) ?? new SandboxItems(this.source, this.clock, sandbox);
    this.sandboxes.set(sandbox, items);
    return items;
  }
}

/**
 * The objects of one sandbox.
 *
 * The engine reads eight resources at a time, so asking by ID costs a stack of 100 jobs 13 requests; a listing of thousands
 * of jobs costs more for three of them (docs/decisions/reading-jobs.md).
 */
class SandboxItems<Item extends { readonly id: string }> {
  readonly cache: TimedCache<Item>;
  /** By what is known, by ID and by the listing. */
  readonly cachedBatcher: Batcher<Item>;
  /** By ID, whatever is known. */
  readonly freshBatcher: Batcher<Item>;

  constructor(
    private readonly source: SandboxSource<Item>,
    clock: Clock,
    private readonly sandbox: string,
  ) {
    this.cache = new TimedCache(clock, source.lifetimeMs, source.isFinal);
    const getByIds = (ids: readonly string[]) => this.getByIds(ids);
    const finderSource = {
      pages: () => source.pages(sandbox),
      onItems: (items: readonly Item[]) => items.forEach((item) => this.cache.set(item.id, item)),
      getByIds,
      maxIds: MAX_BULK_IDS,
      extraPages: source.extraPages,
      mayBeIgnored: (error: unknown) => error instanceof CjaError,
    };
    const finder = new ListingOrIdFinder(this.cache, finderSource, clock);
    this.cachedBatcher = new Batcher(clock, (ids) => finder.find(ids));
    this.freshBatcher = new Batcher(clock, getByIds);
  }

  /** One that is absent in the answer is unknown to the service. */
  private async getByIds(ids: readonly string[]): Promise<ReadonlyMap<string, Item>> {
    const items = new Map<string, Item>();
    for (const part of chunk(ids, MAX_BULK_IDS))
      for (const [id, item] of await this.getTogether(part)) items.set(id, item);
    for (const id of ids) {
      const item = items.get(id);
      if (item) this.cache.set(id, item);
      else this.cache.forget(id);
    }
    return items;
  }

  private async getTogether(ids: readonly string[]): Promise<readonly (readonly [string, Item])[]> {
    const [first] = ids;
    if (first !== undefined && ids.length === 1) return this.getSingly([first]);
    const items = await this.source.getMany(this.sandbox, ids);
    if (!items) {
      // One ID that is not known spoils it for all, and is in one of the halves.
      const half = Math.ceil(ids.length / 2);
      return [...(await this.getTogether(ids.slice(0, half))), ...(await this.getTogether(ids.slice(half)))];
    }
    // What a bulk-get does with an unknown ID is not documented, so one counts as gone only by its own 404.
    return [...items, ...(await this.getSingly(ids.filter((id) => !items.has(id))))];
  }

  private async getSingly(ids: readonly string[]): Promise<readonly (readonly [string, Item])[]> {
    const items: (readonly [string, Item])[] = [];
    const missing: string[] = [];
    for (const id of ids) {
      const item = await this.source.get(this.sandbox, id);
      if (item) items.push([id, item]);
      else missing.push(id);
    }
    if (missing.length === 0) return items;
    const listed = await this.source.findListed(this.sandbox, missing);
    return [...items, ...listed.map((item) => [item.id, item] as const)];
  }
}
