import type { Clock } from "../clock";
import { MOST_COMPONENTS } from "./component-metadata";
import { Gathering } from "../http/batcher";
import { Known } from "../http/finder";
import { inParts } from "../http/page-number";
import type { Share } from "./share";
import type { SharesClient } from "./shares-client";

/** How long an answer stands for the service. Our own writes end it at once. */
const FRESH_MS = 5 * 60_000;

/**
 * Serves many reads of shares from few requests. A listing of segments does not tell them in both dialects, so they are
 * asked for by the segments' IDs: from the second request on together with others that are likely to be asked for.
 */
export class ShareCatalog {
  private readonly known: Known<readonly Share[]>;
  private readonly finds: Gathering<readonly Share[]>;
  private asked = false;

  /** @param likely IDs of segments that have been listed. */
  constructor(
    private readonly client: SharesClient,
    private readonly likely: () => readonly string[],
    private readonly clock: Clock,
  ) {
    this.known = new Known(clock, FRESH_MS);
    this.finds = new Gathering(clock, (ids) => this.learn(ids));
  }

  /** With whom a segment is shared. */
  async find(id: string): Promise<readonly Share[]> {
    return this.known.get(id) ?? (await this.finds.ask(id)) ?? [];
  }

  /** Drops what is known of a segment whose shares were written. */
  forget(id: string): void {
    this.known.forget(id);
  }

  private async learn(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Share[]>> {
    const unknown = (id: string) => this.known.get(id) === undefined;
    const missing = ids.filter(unknown);
    const companions = this.asked && missing.length > 0 ? this.likely().filter(unknown) : [];
    this.asked = true;
    const wanted = [...new Set([...missing, ...companions])];
    const needed = Math.ceil(missing.length / MOST_COMPONENTS) * MOST_COMPONENTS;
    for (const some of inParts(wanted.slice(0, needed), MOST_COMPONENTS)) {
      const at = this.clock.now();
      for (const [id, shares] of await this.client.of(some)) this.known.set(id, shares, at);
    }
    return new Map(ids.map((id) => [id, this.known.get(id) ?? []]));
  }
}
