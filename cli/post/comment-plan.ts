import type { FailedSource, DesiredComment } from "./desired-comments";
import { isSameComment, type Marker, formatMarker, parseMarker, hashRun } from "./marker";

/** A comment that our token's user wrote. */
export interface PostedComment {
  /** Younger ones have greater IDs. */
  readonly id: number;
  readonly body: string;
}

/** As a service says it. */
export const toPostedComment = ({ id, body }: { id: number; body?: string | null | undefined }): PostedComment => ({
  id,
  body: body ?? "",
});

/** What has to be sent for one comment. */
export interface CommentPlan {
  readonly write: "create" | "nothing" | { readonly update: number };
  /** Two jobs that ran at one time may both have made one. */
  readonly remove: readonly number[];
  /** For the log. */
  readonly logMessage: string;
}

/** What has to be sent so that the one comment with a marker is as it should be: the oldest is it. */
export function planComment(
  { marker, body, isQuiet, alwaysShowsRun }: DesiredComment,
  posted: readonly PostedComment[],
): CommentPlan {
  const [oldest, ...others] = findByMarker(marker, posted);
  const remove = others.map(({ id }) => id);
  if (!oldest) {
    return isQuiet
      ? { write: "nothing", remove, logMessage: "nothing changes, and there is no comment; none is created" }
      : { write: "create", remove, logMessage: "comment created" };
  }
  const isUpToDate = alwaysShowsRun
    ? isSameText(oldest.body, body)
    : isSameText(withoutRun(oldest.body), withoutRun(body));
  return isUpToDate
    ? { write: "nothing", remove, logMessage: "the comment is up to date" }
    : { write: { update: oldest.id }, remove, logMessage: "comment updated" };
}

/** The oldest first. */
export const findByMarker = (marker: Marker, posted: readonly PostedComment[]): PostedComment[] =>
  posted
    .filter(({ body }) => {
      const existingMarker = parseMarker(body);
      return existingMarker !== undefined && isSameComment(existingMarker, marker);
    })
    .sort((one, other) => one.id - other.id);

/** The services may write line ends their own way, and leave out blanks at the end. */
const isSameText = (one: string, other: string): boolean => normalizeText(one) === normalizeText(other);
const normalizeText = (body: string): string => body.replace(/\r\n/g, "\n").trimEnd();

/** A plan that stays the same is not written again in each run. */
function withoutRun(body: string): string {
  const marker = parseMarker(body);
  return marker ? body.replace(/^.*/, () => formatMarker({ ...marker, run: undefined })) : body;
}

/** What stands on the pull request, and what this run says. */
export interface PostingContext {
  readonly posted: readonly PostedComment[];
  /** The stacks that this run names. */
  readonly comments: readonly DesiredComment[];
  readonly run: string | undefined;
}

/**
 * The comments that tell of a source that names no stack. A plan that was read from it before must not look like today's: its own
 * comment tells of it. Only where there is none does the source get one.
 */
export function failureComments(failed: FailedSource, context: PostingContext): DesiredComment[] {
  const { source, name, isQuiet, body } = failed;
  const comment = (marker: Marker): DesiredComment => ({
    marker,
    name: marker.stack === undefined ? name : `${name} (${marker.stack})`,
    body: body(marker),
    isQuiet,
    alwaysShowsRun: true,
  });
  const existingMarkers = existingMarkersFrom(source, context);
  const stacksWithPlan = [
    ...new Set(existingMarkers.flatMap(({ stack, isOfThisRun }) => (isOfThisRun ? [] : (stack ?? [])))),
  ];
  // A job beside this one may read a file of the same name: what failed already without a plan has none now.
  if (stacksWithPlan.length === 0 || existingMarkers.some(({ stack }) => stack === undefined))
    return [comment({ source })];
  return stacksWithPlan.map((stack) => comment({ stack, source, run: hashedRun(context) }));
}

/**
 * Whether a job beside this one may read its preview from a source of the same name. Then a plan tells in which run it was written,
 * so that the other job does not take it for an old one of its own.
 */
export const isSharedSource = (source: string | undefined, context: PostingContext): boolean =>
  source !== undefined && existingMarkersFrom(source, context).length > 0;

interface ExistingMarker extends Marker {
  /** A plan of this very run. */
  readonly isOfThisRun: boolean;
}

/** What was read from a source, without the stacks that this run names. */
function existingMarkersFrom(source: string, context: PostingContext): ExistingMarker[] {
  const { posted, comments, run } = context;
  const stacksOfThisRun = new Set(comments.map(({ marker }) => marker.stack));
  return posted.flatMap(({ body }) => {
    const marker = parseMarker(body);
    if (marker?.source !== source || (marker.stack !== undefined && stacksOfThisRun.has(marker.stack))) return [];
    const isFailure = run !== undefined && body.includes(`(${run})`);
    return [{ ...marker, isOfThisRun: run !== undefined && marker.run === hashedRun(context) && !isFailure }];
  });
}

const hashedRun = ({ run }: PostingContext): string | undefined => (run === undefined ? undefined : hashRun(run));
