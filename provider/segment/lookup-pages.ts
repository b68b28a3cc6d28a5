import type { Segment } from "./segment";
import { LARGEST_PAGE, type SegmentsClient } from "./client";

/** All that the account can be shown, with tags: a program may look for any of it. */
export const ASKED = { include: "widest", more: ["tags"], limit: LARGEST_PAGE } as const;

export interface SegmentScope {
  readonly dataViewId?: string;
  /** Asked of the service, which may look for words, for parts, or not at all. */
  readonly name?: string;
}

/** The segments of a data view, or of all, deleted ones not among them: a request for each page that is taken. */
export async function* segmentPages(
  client: SegmentsClient,
  scope: SegmentScope,
): AsyncGenerator<{ readonly segments: readonly Segment[]; readonly last: boolean }, void> {
  for await (const { items, last } of client.pages({ ...ASKED, ...scope }))
    yield { segments: items.filter((segment) => isIn(scope, segment)), last };
}

/** All pages of them. */
export async function allSegments(client: SegmentsClient, scope: SegmentScope): Promise<readonly Segment[]> {
  const found: Segment[] = [];
  for await (const { segments } of segmentPages(client, scope)) for (const segment of segments) found.push(segment);
  return found;
}

/** A server that does not know the filter's name answers all. */
const isIn = ({ dataViewId: wanted }: SegmentScope, { deleted, dataViewId }: Segment): boolean =>
  deleted !== true && (wanted === undefined || dataViewId === undefined || dataViewId === wanted);
