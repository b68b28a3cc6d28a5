import type { Clock } from "../clock";
import { MAX_COMPONENTS } from "./tags-and-shares-answers";
import { Batcher, chunk } from "../http/batcher";
import { TimedCache } from "../http/timed-cache";
import type { Share } from "./share";
import type { SharesClient } from "./shares-client";

/** How long an answer stands for the service. Our own writes end it at once. */
const CACHE_LIFETIME_MS = 5 * 60_000;

/**
 * Serves many reads of shares from few requests. A listing of segments does not tell them in both dialects, so they are
 * asked for by the segments' IDs: from the second request on together with others that are likely to be asked for.
 */
export class ShareReader {
  private readonly cache: TimedCache<readonly Share[]>;
  private readonly batcher: Batcher<readonly Share[]>;
  private hasLoaded = false;

  /** @param likelyIds IDs of segments that have been listed. */
  constructor(
    private readonly client: SharesClient,
    private readonly likelyIds: () => readonly string[],
    private readonly clock: Clock,
  ) {
    this.cache = new TimedCache(clock, CACHE_LIFETIME_MS);
    this.batcher = new Batcher(clock, (ids) => this.load(ids));
  }

  /** With whom a segment is shared. */
  async find(id: string): Promise<readonly Share[]> {
    return this.cache.get(id) ?? (await this.batcher.load(id)) ?? [];
  }

  /** Drops what is known of a segment whose shares were written. */
  forget(id: string): void {
    this.cache.forget(id);
  }

  private async load(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Share[]>> {
    const isUncached = (id: string) => this.cache.get(id) === undefined;
    const uncached = ids.filter(isUncached);
    const prefetched = this.hasLoaded && uncached.length > 0 ? this.likelyIds().filter(isUncached) : [];
    this.hasLoaded = true;
    const requested = [...new Set([...uncached, ...prefetched])];
    const maxRequested = Math.ceil(uncached.length / MAX_COMPONENTS) * MAX_COMPONENTS;
    for (const part of chunk(requested.slice(0, maxRequested), MAX_COMPONENTS)) {
      const readAt = this.clock.now();
      for (const [id, shares] of await this.client.read(part)) this.cache.set(id, shares, readAt);
    }
    return new Map(ids.map((id) => [id, this.cache.get(id) ?? []]));
  }
}
