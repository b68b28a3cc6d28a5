import type { Segment } from "../../provider/api/segment";
import type { SegmentsClient } from "../../provider/api/segments-client";

/** The largest page that is known to work. */
const PAGE = 1000;

/** All segments of a data view that the service shows to this account, deleted ones not among them. */
export async function segmentsOf(
  client: SegmentsClient,
  dataViewId: string,
  tags: boolean,
  say: (line: string) => void,
): Promise<Segment[]> {
  const found = new Map<string, Segment>();
  for (let page = 0; ; page += 1) {
    const { segments, last } = await client.list({ dataViewId, include: "widest", tags, page, limit: PAGE });
    for (const segment of segments) if (isOf(segment, dataViewId)) found.set(segment.id, segment);
    if (last) return [...found.values()];
    say(`${found.size} segments read …`);
  }
}

/** A server that does not know the filter's name answers all. */
const isOf = ({ deleted, dataViewId }: Segment, wanted: string): boolean =>
  deleted !== true && (dataViewId === undefined || dataViewId === wanted);
