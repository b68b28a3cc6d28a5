import type { Segment } from "./segment";
import { LARGEST_PAGE, type SegmentsClient } from "./segments-client";

export interface ListingOptions {
  /** Ask for the segments' tags, too. */
  readonly tags?: boolean;
  /** Told after each page how many there are so far. */
  readonly onPage?: (count: number, last: boolean) => void;
}

/** All segments of a data view that this account is shown, deleted ones not among them: a request for each thousand. */
export async function segmentsOf(
  client: SegmentsClient,
  dataViewId: string,
  { tags = false, onPage = () => undefined }: ListingOptions = {},
): Promise<Segment[]> {
  // By ID: an item that moves while pages are read would be on two of them.
  const found = new Map<string, Segment>();
  for (let page = 0; ; page += 1) {
    const { segments, last } = await client.list({
      dataViewId,
      include: "widest",
      ...(tags && { more: ["tags"] }),
      page,
      limit: LARGEST_PAGE,
    });
    for (const segment of segments) if (isOf(segment, dataViewId)) found.set(segment.id, segment);
    onPage(found.size, last);
    if (last) return [...found.values()];
  }
}

/** A server that does not know the filter's name answers all. */
const isOf = ({ deleted, dataViewId }: Segment, wanted: string): boolean =>
  deleted !== true && (dataViewId === undefined || dataViewId === wanted);
