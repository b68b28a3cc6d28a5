import type { ExportedSegment, ExportedShare } from "./exported-segment";
import type { LogicalNames } from "./logical-names";
import type { Segment } from "../../provider/segment/segment";
import type { Runtime } from "../../provider/runtime";
import { readSegmentShares } from "../segment-shares";
import { quoted } from "../../definition/sentences/quote";
import type { Kind } from "../../model/environment/kinds";
import { kindOfShare } from "../../model/environment/share-ids";
import { segmentMistakes } from "../../model";
import type { Share } from "../../provider/segment/share";

/** Whether the program says the tags and the shares of its segments. */
interface MetadataOptions {
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
  { tags, shares }: MetadataOptions,
): Promise<{ readonly segments: readonly ExportedSegment[]; readonly notManaged: readonly string[] }> {
  const tagsOf = new Map(listed.map((segment) => [segment.id, segment.tags]));
  const ids = found.map(({ id }) => id);
  const sharesOf = shares ? await readSegmentShares(client, ids) : undefined;
  const results = found.map((segment) =>
    withMetadata(
      segment,
      { tags: tags ? tagsOf.get(segment.id) : undefined, shares: sharesOf?.get(segment.id) },
      (kind, id) => names?.nameOf(kind, id) !== undefined,
    ),
  );
  const withoutTags = tags ? ids.filter((id) => tagsOf.get(id) === undefined).length : 0;
  return {
    segments: results.map(({ segment }) => segment),
    notManaged: [
      ...(withoutTags > 0
        ? [`the tags of ${withoutTags} of ${ids.length} segments, which the service does not report`]
        : []),
      ...results.flatMap(({ warnings }) => warnings),
    ],
  };
}

/** What the service has of a segment beside its content, as far as it was asked for and told. */
interface ListedMetadata {
  readonly tags: readonly string[] | undefined;
  readonly shares: readonly Share[] | undefined;
}

interface SegmentWithWarnings {
  readonly segment: ExportedSegment;
  /** What the program cannot say, and leaves as it is. */
  readonly warnings: readonly string[];
}

/**
 * A segment with its tags and shares as a program says them, in an order of their own. None are `[]`: what the program does not say
 * at all, it would not notice either.
 *
 * What has an entry that no program can have is left out whole: without that one alone, the first `up` would take it away.
 *
 * @param isNamed whether an ID has a logical name: of the two that a share has, that one is the better one
 */
export function withMetadata(
  segment: ExportedSegment,
  { tags, shares }: ListedMetadata,
  isNamed: (kind: Kind, id: string) => boolean = () => false,
): SegmentWithWarnings {
  const metadata = {
    ...(tags && { tags: [...new Set(tags)].sort(compareText) }),
    ...(shares && { shares: shares.map((share) => toExportedShare(share, isNamed)).sort(compareShares) }),
  };
  const mistakes = segmentMistakes(metadata, () => false);
  const invalidEntries = (["tags", "shares"] as const).flatMap((field) => {
    const mistake = mistakes.find(({ path }) => path === field || path.startsWith(`${field}[`));
    return mistake ? [{ field, mistake }] : [];
  });
  const omittedFields = new Set<string>(invalidEntries.map(({ field }) => field));
  return {
    segment: {
      ...segment,
      ...Object.fromEntries(Object.entries(metadata).filter(([field]) => !omittedFields.has(field))),
    },
    warnings: invalidEntries.map(
      ({ field, mistake: { path, message } }) =>
        `${segment.id} ${quoted(segment.name)} has ${field} that a program cannot express, so they stay as they are: ${path}: ${message}`,
    ),
  };
}

function toExportedShare({ to, ids, access }: Share, isNamed: (kind: Kind, id: string) => boolean): ExportedShare {
  const kind = kindOfShare(to);
  const id = to === "all" ? undefined : ((kind && ids.find((one) => isNamed(kind, one))) ?? ids[0]);
  return { to, ...(id !== undefined && { id }), ...(access !== undefined && { access }) };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const compareShares = (a: ExportedShare, b: ExportedShare): number =>
  compareText(a.to, b.to) || compareText(a.id ?? "", b.id ?? "") || compareText(a.access ?? "", b.access ?? "");
