import { Batcher } from "../http/batcher";
import type { Segment } from "./segment";
import type { SegmentsClient } from "./client";
import type { Clock } from "../clock";
import { allSegments, segmentPages, type SegmentScope } from "./listing";
import { hasName, type NameMatches } from "../resolve-by-name";

/**
 * Finds segments by their names, in one data view or in all.
 *
 * One name is asked of the service's filter. Several that are looked for in the same moment are first looked for in the
 * listing, in no more pages than there are names: it serves them all with one request where there are no more than a thousand
 * segments, and costs twice as much as filters at the worst. What a filter does not find is looked for in the whole listing,
 * since a service may match words only.
 */
export class SegmentNameLookup {
  private readonly batcher: Batcher<NameMatches<Segment>>;
  private readonly scope: SegmentScope;

  constructor(
    private readonly client: SegmentsClient,
    clock: Clock,
    dataViewId: string | undefined,
  ) {
    this.scope = dataViewId === undefined ? {} : { dataViewId };
    this.batcher = new Batcher(clock, (names) => this.findAll(names));
  }

  async find(name: string): Promise<NameMatches<Segment>> {
    return (await this.batcher.load(name.trim())) ?? { matches: [], others: [] };
  }

  private async findAll(names: readonly string[]): Promise<ReadonlyMap<string, NameMatches<Segment>>> {
    const allListed = names.length > 1 ? await this.listUpTo(names.length) : undefined;
    if (allListed) return new Map(names.map((name) => [name, matchName(allListed, name)]));
    const found = new Map<string, NameMatches<Segment>>();
    for (const name of names) {
      found.set(name, matchName(await allSegments(this.client, { ...this.scope, name }), name));
    }
    const missing = names.filter((name) => found.get(name)?.matches.length === 0);
    if (missing.length > 0) {
      const all = await allSegments(this.client, this.scope);
      for (const name of missing) found.set(name, matchName(all, name));
    }
    return found;
  }

  /** @returns undefined when there are more pages than it may cost. */
  private async listUpTo(maxPages: number): Promise<readonly Segment[] | undefined> {
    const found: Segment[] = [];
    let pages = 0;
    for await (const { segments, last } of segmentPages(this.client, this.scope)) {
      for (const segment of segments) found.push(segment);
      pages += 1;
      if (pages === maxPages && !last) return undefined;
    }
    return found;
  }
}

function matchName(segments: readonly Segment[], name: string): NameMatches<Segment> {
  const matches = segments.filter((segment) => hasName(name, segment));
  return { matches, others: matches.length > 0 ? [] : segments };
}
