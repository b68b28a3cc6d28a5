import type { Segment } from "./segment";
import { LARGEST_PAGE, type SegmentsClient } from "./client";

export interface ListingOptions {
  /** Ask for the segments' tags, too. */
  readonly tags?: boolean;
  /** Told after each page how many there are so far. */
  readonly onPage?: (count: number, last: boolean) => void;
}

/**
 * All segments of a data view that this account is shown, deleted ones not among them: a request for each thousand.
 *
 * @throws IncompleteListingError
 */
export async function segmentsOf(
  client: SegmentsClient,
  dataViewId: string,
  { tags = false, onPage = () => undefined }: ListingOptions = {},
): Promise<Segment[]> {
  const found: Segment[] = [];
  const more = tags ? { more: ["tags"] as const } : {};
  for await (const { items, last } of client.pages({ dataViewId, include: "widest", ...more, limit: LARGEST_PAGE })) {
    found.push(...items.filter((segment) => isOf(segment, dataViewId)));
    onPage(found.length, last);
  }
  return found;
}

/** A server that does not know the filter's name answers all. */
const isOf = ({ deleted, dataViewId }: Segment, wanted: string): boolean =>
  deleted !== true && (dataViewId === undefined || dataViewId === wanted);
