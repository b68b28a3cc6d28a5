import { isDeepStrictEqual } from "node:util";
import type { SegmentInputs, ShareInputs } from "../../model";
import { isNumericId, type Share } from "./share";
import { withoutUndefined } from "../http/answer-fields";
import { hasUnknown } from "../unknown-values";

/** What a program says of a segment beside its content. What is unset is not managed: it stays as it is in the service. */
export type Metadata = Pick<SegmentInputs, "tags" | "shares">;

/** What the service has of it, as far as it is known. */
export interface FoundMetadata {
  readonly tags?: readonly string[];
  readonly shares?: readonly Share[];
}

export const managesMetadata = ({ tags, shares }: Metadata): boolean => tags !== undefined || shares !== undefined;

/** What has to be written: all tags and all shares, where one of them is another. */
export function metadataPatch(found: FoundMetadata, desired: Metadata): Metadata {
  const { tags, shares } = desired;
  return {
    ...(tags !== undefined && (hasUnknown(tags) || !(found.tags && sameTags(found.tags, tags))) && { tags }),
    ...(shares !== undefined &&
      (hasUnknown(shares) || !(found.shares && sameShares(found.shares, shares))) && { shares }),
  };
}

/** What is managed from now on is another than before: a removal from the program, too, though nothing is written for it. */
export function changedMetadata(before: Metadata, { tags, shares }: Metadata): (keyof Metadata)[] {
  return [
    ...(hasUnknown(tags) || !isSameSet(before.tags, tags, (name) => name) ? (["tags"] as const) : []),
    ...(hasUnknown(shares) || !isSameSet(before.shares, shares, shareKey) ? (["shares"] as const) : []),
  ];
}

/** Whether something is managed differently from now on. */
export const metadataDiffers = (before: Metadata, after: Metadata): boolean =>
  changedMetadata(before, after).length > 0;

/** The old lists where only their order is another, so that no difference is shown. */
export function keepOldOrder(before: Metadata, after: Metadata): Metadata {
  return metadataDiffers(before, after)
    ? {}
    : withoutUndefined<Metadata>({ tags: after.tags && before.tags, shares: after.shares && before.shares });
}

/** What a refresh finds, in the program's words where they are still true; what it does not manage is not looked at. */
export function mergeObserved(stateMetadata: Metadata, found: FoundMetadata): Metadata {
  const { tags, shares } = stateMetadata;
  return withoutUndefined<Metadata>({
    tags: tags && found.tags && !sameTags(found.tags, tags) ? found.tags : tags,
    shares:
      shares && found.shares && !sameShares(found.shares, shares) ? keepProgramSpelling(found.shares, shares) : shares,
  });
}

/** What a state says, in the form of what the service has. */
export const fromState = ({ tags, shares }: Metadata): FoundMetadata =>
  withoutUndefined<FoundMetadata>({ tags, shares: shares?.map(toShare) });

/** A share in the form that the client sends. */
export const toShare = ({ to, id, access }: ShareInputs): Share =>
  withoutUndefined<Share>({ to, ids: id === undefined ? [] : [id], access });

const toShareInputs = ({ to, ids: [id], access }: Share): ShareInputs =>
  withoutUndefined<ShareInputs>({ to: to as ShareInputs["to"], id, access });

/** What is still as the program says keeps its words: a number stays a number where the service tells both kinds of ID. */
const keepProgramSpelling = (found: readonly Share[], programShares: readonly ShareInputs[]): ShareInputs[] =>
  found.map((share) => programShares.find((programShare) => isSameShare(share, programShare)) ?? toShareInputs(share));

const sameTags = (a: readonly string[], b: readonly string[]): boolean => isSameSet(a, b, (name) => name);

function sameShares(found: readonly Share[], desired: readonly ShareInputs[]): boolean {
  // Both ways, and not by their number: a service may tell a share twice.
  return (
    desired.every((programShare) => found.some((share) => isSameShare(share, programShare))) &&
    found.every((share) => desired.some((programShare) => isSameShare(share, programShare)))
  );
}

/**
 * The level of access counts only where the program gives one: what the service takes without one is its own affair. So it is
 * with IDs of a kind that it does not tell: some answers have the IMS ID and not the number.
 */
function isSameShare(found: Share, { to, id, access }: ShareInputs): boolean {
  const comparableIds = found.ids.filter((other) => isNumericId(other) === isNumericId(id ?? ""));
  const isSameTarget = id === undefined || comparableIds.length === 0 || comparableIds.includes(id);
  return found.to === to && isSameTarget && (access === undefined || found.access === access);
}

const shareKey = ({ to, id, access }: ShareInputs): string => JSON.stringify([to, id ?? null, access ?? null]);

function isSameSet<T>(a: readonly T[] | undefined, b: readonly T[] | undefined, key: (item: T) => string): boolean {
  if (a === undefined || b === undefined) return a === b;
  return isDeepStrictEqual(new Set(a.map(key)), new Set(b.map(key)));
}
