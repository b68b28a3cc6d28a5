import type { Clock } from "../clock";
import { MOST_COMPONENTS } from "./component-metadata";
import { Gathering } from "../http/batcher";
import type { Share } from "./share";
import type { SharesClient } from "./shares-client";

/** How long an answer stands for the service. Our own writes end it at once. */
const FRESH_MS = 5 * 60_000;

/**
 * Serves many reads of shares from few requests. A listing of segments does not tell them in both dialects, so they are
 * asked for by the segments' IDs: from the second request on together with others that are likely to be asked for.
 */
export class ShareCatalog {
  private readonly found = new Map<string, { readonly shares: readonly Share[]; readonly at: number }>();
  private readonly finds: Gathering<readonly Share[]>;
  private asked = false;

  /** @param likely IDs of segments that have been listed. */
  constructor(
    private readonly client: SharesClient,
    private readonly likely: () => readonly string[],
    private readonly clock: Clock,
  ) {
    this.finds = new Gathering(clock, (ids) => this.learn(ids));
  }

  /** With whom a segment is shared. */
  async find(id: string): Promise<readonly Share[]> {
    return this.known(id) ?? (await this.finds.ask(id)) ?? [];
  }

  /** Drops what is known of a segment whose shares were written. */
  forget(id: string): void {
    this.found.delete(id);
  }

  private async learn(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Share[]>> {
    const unknown = (id: string) => this.known(id) === undefined;
    const missing = ids.filter(unknown);
    const companions = this.asked && missing.length > 0 ? this.likely().filter(unknown) : [];
    this.asked = true;
    const wanted = [...new Set([...missing, ...companions])];
    const needed = Math.ceil(missing.length / MOST_COMPONENTS) * MOST_COMPONENTS;
    for (let from = 0; from < Math.min(needed, wanted.length); from += MOST_COMPONENTS) {
      const some = wanted.slice(from, from + MOST_COMPONENTS);
      const at = this.clock.now();
      for (const [id, shares] of await this.client.of(some)) this.found.set(id, { shares, at });
    }
    return new Map(ids.map((id) => [id, this.known(id) ?? []]));
  }

  private known(id: string): readonly Share[] | undefined {
    const entry = this.found.get(id);
    return entry && this.clock.now() - entry.at < FRESH_MS ? entry.shares : undefined;
  }
}
