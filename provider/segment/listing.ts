import type { Segment } from "./segment";
import { MAX_PAGE_SIZE, type SegmentsClient } from "./client";

/** All that the account can be shown, with tags: they cost no request. */
export const LISTING_DEFAULTS = { include: "widest", expand: ["tags"], limit: MAX_PAGE_SIZE } as const;

export interface SegmentScope {
  readonly dataViewId?: string;
  /** Asked of the service, which may look for words, for parts, or not at all. */
  readonly name?: string;
}

export interface ListingOptions {
  /** Ask for the segments' tags, too. */
  readonly tags?: boolean;
  /** Called after each page with the number of segments so far. */
  readonly onPage?: (count: number, last: boolean) => void;
}

/** The segments of a data view, or of all, deleted ones not among them: a request for each page that is taken. */
export async function* segmentPages(
  client: SegmentsClient,
  scope: SegmentScope,
  { tags = true }: ListingOptions = {},
): AsyncGenerator<{ readonly segments: readonly Segment[]; readonly last: boolean }, void> {
  const { expand, ...untagged } = LISTING_DEFAULTS;
  for await (const { items, last } of client.pages({ ...untagged, ...(tags && { expand }), ...scope }))
    yield { segments: items.filter((segment) => isInScope(scope, segment)), last };
}

/**
 * All pages of them: a request for each thousand.
 *
 * @throws IncompleteListingError
 */
export async function allSegments(
  client: SegmentsClient,
  scope: SegmentScope,
  options: ListingOptions = {},
): Promise<Segment[]> {
  const found: Segment[] = [];
  for await (const { segments, last } of segmentPages(client, scope, options)) {
    for (const segment of segments) found.push(segment);
    options.onPage?.(found.length, last);
  }
  return found;
}

/** A server that does not know the filter's name answers all. */
const isInScope = ({ dataViewId: wantedDataView }: SegmentScope, { deleted, dataViewId }: Segment): boolean =>
  deleted !== true && (wantedDataView === undefined || dataViewId === undefined || dataViewId === wantedDataView);
