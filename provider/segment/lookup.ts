import type { LookupQuery } from "../../model/lookup-arguments";
import { exactNumbersText } from "../../definition/exact-numbers";
import { byId, Gathering } from "../http/batcher";
import { pick, FOUND_FIELDS, type FoundField } from "../../model/segment-lists";
import type { Segment } from "./segment";
import type { SegmentsClient } from "./client";
import type { Clock } from "../clock";
import type { DataViewLookups } from "../data-view/lookup";
import { ASKED, segmentPages } from "./listing";
import { SegmentNames } from "./lookup-names";
import { LookupError, theOne } from "../resolve-by-name";

/** A segment as a program gets it. */
export interface FoundSegment extends Pick<Segment, "id" | Exclude<FoundField, "definition">> {
  readonly definition?: object;
}

/** Looks segments up. Those that are asked for in the same moment share requests. */
export class SegmentLookups {
  private readonly byId: Gathering<Segment>;
  private readonly names = new Map<string | undefined, SegmentNames>();

  constructor(
    private readonly client: SegmentsClient,
    private readonly dataViews: DataViewLookups,
    private readonly clock: Clock,
  ) {
    this.byId = new Gathering(clock, async (ids) => byId((await client.withIds(ids, ASKED)).filter(isThere)));
  }

  async get(query: LookupQuery<"getSegment">): Promise<FoundSegment> {
    return told(query.id === undefined ? await this.named(query.name ?? "", query) : await this.identified(query.id));
  }

  async find(query: LookupQuery<"findSegments">): Promise<readonly FoundSegment[]> {
    const { limit = Infinity } = query;
    const dataViewId = await this.dataViews.idOf(query.dataViewId, query.dataViewName);
    const found: Segment[] = [];
    for await (const { segments } of segmentPages(this.client, dataViewId === undefined ? {} : { dataViewId })) {
      for (const segment of segments) if (isWanted(segment, query)) found.push(segment);
      if (found.length >= limit) break;
    }
    return found.slice(0, limit).map(told);
  }

  private async named(name: string, query: LookupQuery<"getSegment">): Promise<Segment> {
    const dataViewId = await this.dataViews.idOf(query.dataViewId, query.dataViewName);
    const names = this.names.get(dataViewId) ?? new SegmentNames(this.client, this.clock, dataViewId);
    this.names.set(dataViewId, names);
    return dataViewId === undefined
      ? theOne(name, await names.find(name), "segment", "the ID of one, or its data view (dataViewId, dataViewName)")
      : theOne(name, await names.find(name), `segment in data view ${dataViewId}`, "the ID of one");
  }

  /** A deleted segment still answers by its ID (segments guide, "Delete a segment"), and not all say so: the listing counts. */
  private async identified(id: string): Promise<Segment> {
    const listed = await this.byId.ask(id);
    if (listed) return listed;
    const segment = await this.client.get(id);
    if (segment?.deleted === false) return segment;
    throw new LookupError(`there is no segment ${id}, or it is deleted or not shown to this account`);
  }
}

const isThere = ({ deleted }: Segment): boolean => deleted !== true;

function isWanted(segment: Segment, { nameContains = "", tags = [], owner }: LookupQuery<"findSegments">): boolean {
  const has = new Set(segment.tags);
  const { id, name, login } = segment.owner ?? {};
  const same = (text: string | undefined) => text?.toLowerCase() === owner?.trim().toLowerCase();
  return (
    (nameContains === "" || segment.name?.toLowerCase().includes(nameContains.trim().toLowerCase()) === true) &&
    tags.every((tag) => has.has(tag)) &&
    (owner === undefined || [id, name, login].some(same))
  );
}

function told(segment: Segment): FoundSegment {
  const { definition, ...found } = { id: segment.id, ...pick(segment, FOUND_FIELDS) };
  const number = exactNumbersText(definition);
  if (number !== undefined)
    throw new LookupError(
      `the definition of segment ${segment.id} ${JSON.stringify(segment.name ?? "")} has ${number}, which a program cannot hold: JavaScript would round it. Change it in the UI, or look for other segments`,
    );
  return { ...found, ...(typeof definition === "object" && definition !== null && { definition }) };
}
