import type { ExportedSegment } from "./exported-segment";
import type { LogicalNames } from "./logical-names";
import type { Segment } from "../../provider/segment/segment";
import type { Runtime } from "../../provider/runtime";
import { segmentShares } from "../segment-shares";
import { withMetadata } from "./metadata";

/** Whether the program says the tags and the shares of its segments. */
export interface Wanted {
  readonly tags: boolean;
  readonly shares: boolean;
}

/**
 * The segments of an export with what the program says of their tags and shares. Shares are asked for here, once it is known
 * which segments are exported.
 *
 * @param listed all segments, with the tags as they were listed
 */
export async function withTagsAndShares(
  found: readonly ExportedSegment[],
  listed: readonly Pick<Segment, "id" | "tags">[],
  { shares: client }: Pick<Runtime, "shares">,
  names: LogicalNames | undefined,
  { tags, shares }: Wanted,
): Promise<{ readonly segments: readonly ExportedSegment[]; readonly notManaged: readonly string[] }> {
  const tagsOf = new Map(listed.map((segment) => [segment.id, segment.tags]));
  const ids = found.map(({ id }) => id);
  const sharesOf = shares ? await segmentShares(client, ids) : undefined;
  const said = found.map((segment) =>
    withMetadata(
      segment,
      { tags: tags ? tagsOf.get(segment.id) : undefined, shares: sharesOf?.get(segment.id) },
      (kind, id) => names?.nameOf(kind, id) !== undefined,
    ),
  );
  const untold = tags ? ids.filter((id) => tagsOf.get(id) === undefined).length : 0;
  return {
    segments: said.map(({ segment }) => segment),
    notManaged: [
      ...(untold > 0 ? [`the tags of ${untold} of ${ids.length} segments, which the service does not tell`] : []),
      ...said.flatMap(({ warnings }) => warnings),
    ],
  };
}
