import type { Use } from "../../model/segment-fields";
import type { Clock } from "../clock";
import { byId, Gathering } from "../http/batcher";
import { InTurns, Known } from "../http/finder";
import { MOST_IDS } from "../http/page-number";
import { IncompleteListingError } from "../http/pager";
import type { SegmentsClient } from "./client";
import { ASKED } from "./listing";
import type { Segment } from "./segment";

/** How long an answer stands for the service. Our own writes end it at once. */
const FRESH_MS = 5 * 60_000;

/** One turn of the event loop lets all reads that the engine sent together be asked together. */
const oneTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Serves many reads from few requests: whatever is asked for at one time shares them, and the listing of a data view takes turns
 * with a filter by ID (docs/decisions/reading-segments.md). Tags are asked for, too, whoever manages them: it costs no request, and
 * a segment that has none of them listed would have to be asked for again.
 */
export class SegmentCatalog {
  private readonly known: Known<Segment>;
  private readonly views = new Map<string, Gathering<Segment>>();

  constructor(
    private readonly client: SegmentsClient,
    private readonly clock: Clock,
  ) {
    this.known = new Known(clock, FRESH_MS);
  }

  /**
   * A segment that the service lists to this account, deleted ones not among them.
   *
   * @param dataViewId where it is expected; it is found elsewhere, too: it may have moved to another data view.
   */
  find(id: string, dataViewId: string): Promise<Segment | undefined> {
    const known = this.known.get(id);
    return known ? Promise.resolve(known) : this.view(dataViewId).ask(id);
  }

  /** The IDs of all segments that have been listed. */
  get seen(): readonly string[] {
    return this.known.ids;
  }

  /** Drops what is known of a segment that was written. */
  forget(id: string): void {
    this.known.forget(id);
  }

  private view(dataViewId: string): Gathering<Segment> {
    const before = this.views.get(dataViewId);
    if (before) return before;
    const { client, clock, known } = this;
    const keep = (segments: readonly Segment[]) =>
      segments.flatMap((segment) => {
        if (segment.deleted === true) return [];
        known.set(segment.id, segment);
        return [[segment.id, segment] as const];
      });
    const source = {
      pages: () => client.pages({ ...ASKED, dataViewId }, 1),
      keep,
      ask: async (ids: readonly string[]) => new Map(keep(await client.withIds(ids, ASKED))),
      most: MOST_IDS,
      pagesAhead: 0,
      isHarmless: (error: unknown) => error instanceof IncompleteListingError,
    };
    const inTurns = new InTurns(known, source, clock);
    const view = new Gathering(clock, (ids) => inTurns.find(ids), oneTurn);
    this.views.set(dataViewId, view);
    return view;
  }
}

/** Finds out what uses segments. Those that are asked for in the same moment share a request. */
export class SegmentUses {
  private readonly finds: Gathering<Segment>;

  constructor(client: SegmentsClient, clock: Clock) {
    // Only a listing has it (segments page, "Find components that use a specified segment").
    this.finds = new Gathering(clock, async (ids) => byId(await client.withIds(ids, { more: ["usedIn"] })));
  }

  /**
   * What uses a segment now.
   *
   * @returns undefined where the service does not tell, or does not list the segment.
   */
  async of(id: string): Promise<readonly Use[] | undefined> {
    return (await this.finds.ask(id))?.usedIn;
  }
}
