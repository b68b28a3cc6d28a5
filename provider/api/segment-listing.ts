import type { Segment } from "./segment";
import type { SegmentsClient } from "./segments-client";

/** The largest page that is known to work (cja-api.md, "Field notes"). */
const PAGE = 1000;

/**
 * All segments of a data view that this account is shown, deleted ones not among them: a request for each thousand.
 *
 * @param onPage told after each page how many there are so far
 */
export async function segmentsOf(
  client: SegmentsClient,
  dataViewId: string,
  onPage: (count: number) => void = () => undefined,
): Promise<Segment[]> {
  // By ID: an item that moves while pages are read would be on two of them.
  const found = new Map<string, Segment>();
  for (let page = 0, last = false; !last; page += 1) {
    const answer = await client.list({ dataViewId, include: "widest", page, limit: PAGE });
    for (const segment of answer.segments) if (segment.deleted !== true) found.set(segment.id, segment);
    last = answer.last;
    onPage(found.size);
  }
  return [...found.values()];
}
