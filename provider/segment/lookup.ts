import type { LookupQuery } from "../../model/lookup-arguments";
import { exactNumbersText } from "../../definition/exact-numbers";
import { indexById, Batcher } from "../http/batcher";
import { pick } from "../../model/fields";
import { LOOKUP_FIELDS, type LookupField } from "../../model/segment-field-lists";
import type { Segment } from "./segment";
import type { SegmentsClient } from "./client";
import type { Clock } from "../clock";
import type { DataViewLookups } from "../data-view/lookup";
import { LISTING_DEFAULTS, segmentPages } from "./listing";
import { NameLookup } from "../name-lookup";
import { LookupError, resolveByName } from "../resolve-by-name";

/** A segment as a program gets it. */
export interface FoundSegment extends Pick<Segment, "id" | Exclude<LookupField, "definition">> {
  readonly definition?: object;
}

/** Looks segments up. Those that are asked for in the same moment share requests. */
export class SegmentLookups {
  private readonly batcher: Batcher<Segment>;
  private readonly lookupsByDataView = new Map<string | undefined, NameLookup<Segment>>();

  constructor(
    private readonly client: SegmentsClient,
    private readonly dataViews: DataViewLookups,
    private readonly clock: Clock,
  ) {
    this.batcher = new Batcher(clock, async (ids) =>
      indexById((await client.listByIds(ids, LISTING_DEFAULTS)).filter(isNotDeleted)),
    );
  }

  async get(query: LookupQuery<"getSegment">): Promise<FoundSegment> {
    return toResult(
      query.id === undefined ? await this.getByName(query.name ?? "", query) : await this.getById(query.id),
    );
  }

  async find(query: LookupQuery<"findSegments">): Promise<readonly FoundSegment[]> {
    const { limit = Infinity } = query;
    const dataViewId = await this.dataViews.idOf(query.dataViewId, query.dataViewName);
    const found: Segment[] = [];
    for await (const { segments } of segmentPages(this.client, dataViewId === undefined ? {} : { dataViewId })) {
      for (const segment of segments) if (matchesQuery(segment, query)) found.push(segment);
      if (found.length >= limit) break;
    }
    return found.slice(0, limit).map(toResult);
  }

  private async getByName(name: string, query: LookupQuery<"getSegment">): Promise<Segment> {
    const dataViewId = await this.dataViews.idOf(query.dataViewId, query.dataViewName);
    const lookup =
      this.lookupsByDataView.get(dataViewId) ??
      new NameLookup((ofName) => this.namedPages(dataViewId, ofName), this.clock);
    this.lookupsByDataView.set(dataViewId, lookup);
    return dataViewId === undefined
      ? resolveByName(
          name,
          await lookup.find(name),
          "segment",
          "the ID of one, or its data view (dataViewId, dataViewName)",
        )
      : resolveByName(name, await lookup.find(name), `segment in data view ${dataViewId}`, "the ID of one");
  }

  private async *namedPages(dataViewId: string | undefined, name: string | undefined) {
    const scope = { ...(dataViewId !== undefined && { dataViewId }), ...(name !== undefined && { name }) };
    for await (const { segments, last } of segmentPages(this.client, scope)) yield { items: segments, last };
  }

  /** A deleted segment still answers by its ID (segments guide, "Delete a segment"), and not all say so: the listing counts. */
  private async getById(id: string): Promise<Segment> {
    const listedSegment = await this.batcher.load(id);
    if (listedSegment) return listedSegment;
    const segment = await this.client.get(id);
    if (segment?.deleted === false) return segment;
    throw new LookupError(`there is no segment ${id}, or it is deleted, or this account may not see it`);
  }
}

const isNotDeleted = ({ deleted }: Segment): boolean => deleted !== true;

function matchesQuery(segment: Segment, { nameContains = "", tags = [], owner }: LookupQuery<"findSegments">): boolean {
  const segmentTags = new Set(segment.tags);
  const { id, name, login } = segment.owner ?? {};
  const isOwner = (text: string | undefined) => text?.toLowerCase() === owner?.trim().toLowerCase();
  return (
    (nameContains === "" || segment.name?.toLowerCase().includes(nameContains.trim().toLowerCase()) === true) &&
    tags.every((tag) => segmentTags.has(tag)) &&
    (owner === undefined || [id, name, login].some(isOwner))
  );
}

function toResult(segment: Segment): FoundSegment {
  const { definition, ...found } = { id: segment.id, ...pick(segment, LOOKUP_FIELDS) };
  const unsafeNumber = exactNumbersText(definition);
  if (unsafeNumber !== undefined)
    throw new LookupError(
      `the definition of segment ${segment.id} ${JSON.stringify(segment.name ?? "")} has ${unsafeNumber}, which a program cannot hold: JavaScript would round it. Change it in the UI, or look up other segments`,
    );
  return { ...found, ...(typeof definition === "object" && definition !== null && { definition }) };
}
