import type { Clock } from "../clock";
import { Gathering } from "../http/batcher";
import type { Use } from "../../model/segment-table";
import type { Segment } from "./segment";
import { MOST_IDS } from "../http/page-number";
import type { SegmentsClient } from "./client";

/** Finds out what uses segments. Those that are asked for in the same moment share a request. */
export class SegmentUses {
  private readonly finds: Gathering<Segment>;

  constructor(
    private readonly client: SegmentsClient,
    clock: Clock,
  ) {
    this.finds = new Gathering(clock, (ids) => this.learn(ids));
  }

  /**
   * What uses a segment now.
   *
   * @returns undefined where the service does not tell, or does not list the segment.
   */
  async of(id: string): Promise<readonly Use[] | undefined> {
    return (await this.finds.ask(id))?.usedIn;
  }

  private async learn(ids: readonly string[]): Promise<ReadonlyMap<string, Segment>> {
    const found = new Map<string, Segment>();
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const some = ids.slice(from, from + MOST_IDS);
      // Only a listing has it (segments page, "Find components that use a specified segment").
      for (const segment of await this.client.withIds(some, { more: ["usedIn"] })) found.set(segment.id, segment);
    }
    return found;
  }
}
