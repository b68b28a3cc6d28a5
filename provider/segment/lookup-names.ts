import { Gathering } from "../http/batcher";
import type { Segment } from "./segment";
import type { SegmentsClient } from "./client";
import type { Clock } from "../clock";
import { allSegments, segmentPages, type SegmentScope } from "./lookup-pages";
import { isNamed, type Named } from "../resolve-by-name";

/**
 * Finds segments by their names, in one data view or in all.
 *
 * One name is asked of the service's filter. Several that are looked for in the same moment are first looked for in the
 * listing, in no more pages than there are names: it serves them all with one request where there are no more than a thousand
 * segments, and costs twice as much as filters at the worst. What a filter does not find is looked for in the whole listing,
 * since a service may match words only.
 */
export class SegmentNames {
  private readonly gathering: Gathering<Named<Segment>>;
  private readonly scope: SegmentScope;

  constructor(
    private readonly client: SegmentsClient,
    clock: Clock,
    dataViewId: string | undefined,
  ) {
    this.scope = dataViewId === undefined ? {} : { dataViewId };
    this.gathering = new Gathering(clock, (names) => this.answer(names));
  }

  async find(name: string): Promise<Named<Segment>> {
    return (await this.gathering.ask(name.trim())) ?? { same: [], others: [] };
  }

  private async answer(names: readonly string[]): Promise<ReadonlyMap<string, Named<Segment>>> {
    const listed = names.length > 1 ? await this.listing(names.length) : undefined;
    if (listed) return new Map(names.map((name) => [name, among(listed, name)]));
    const found = new Map<string, Named<Segment>>();
    for (const name of names) {
      found.set(name, among(await allSegments(this.client, { ...this.scope, name }), name));
    }
    const missing = names.filter((name) => found.get(name)?.same.length === 0);
    if (missing.length > 0) {
      const all = await allSegments(this.client, this.scope);
      for (const name of missing) found.set(name, among(all, name));
    }
    return found;
  }

  /** @returns undefined when there are more pages than it may cost. */
  private async listing(mostPages: number): Promise<readonly Segment[] | undefined> {
    const found: Segment[] = [];
    let pages = 0;
    for await (const { segments, last } of segmentPages(this.client, this.scope)) {
      for (const segment of segments) found.push(segment);
      pages += 1;
      if (pages === mostPages && !last) return undefined;
    }
    return found;
  }
}

function among(segments: readonly Segment[], name: string): Named<Segment> {
  const same = segments.filter((segment) => isNamed(name, segment));
  return { same, others: same.length > 0 ? [] : segments };
}
