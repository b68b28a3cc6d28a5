import type { FailedSource, WantedComment } from "./desired";
import { isSameComment, type Marker, markerLine, markerOf, runWord } from "./marker";

/** A comment that our token's user wrote. */
export interface PostedComment {
  /** Younger ones have greater IDs. */
  readonly id: number;
  readonly body: string;
}

/** As a service says it. */
export const posted = ({ id, body }: { id: number; body?: string | null | undefined }): PostedComment => ({
  id,
  body: body ?? "",
});

/** What has to be sent for one comment. */
export interface Plan {
  readonly write: "create" | "nothing" | { readonly update: number };
  /** Two jobs that ran at one time may both have made one. */
  readonly remove: readonly number[];
  /** For the log. */
  readonly said: string;
}

/** What has to be sent so that the one comment with a marker is as it should be: the oldest is it. */
export function planOf({ marker, body, quiet, tellsRun }: WantedComment, posted: readonly PostedComment[]): Plan {
  const [oldest, ...others] = withMarker(marker, posted);
  const remove = others.map(({ id }) => id);
  if (!oldest) {
    return quiet
      ? { write: "nothing", remove, said: "nothing changes, and there is no comment; none is created" }
      : { write: "create", remove, said: "comment created" };
  }
  const same = tellsRun ? isSame(oldest.body, body) : isSame(withoutRun(oldest.body), withoutRun(body));
  return same
    ? { write: "nothing", remove, said: "the comment is up to date" }
    : { write: { update: oldest.id }, remove, said: "comment updated" };
}

/** The oldest first. */
export const withMarker = (marker: Marker, posted: readonly PostedComment[]): PostedComment[] =>
  posted
    .filter(({ body }) => {
      const its = markerOf(body);
      return its !== undefined && isSameComment(its, marker);
    })
    .sort((one, other) => one.id - other.id);

/** The services may write line ends their own way, and leave out blanks at the end. */
const isSame = (one: string, other: string): boolean => normal(one) === normal(other);
const normal = (body: string): string => body.replace(/\r\n/g, "\n").trimEnd();

/** A plan that stays the same is not written again in each run. */
function withoutRun(body: string): string {
  const marker = markerOf(body);
  return marker ? body.replace(/^.*/, () => markerLine({ ...marker, run: undefined })) : body;
}

/** What stands on the pull request, and what this run says. */
export interface Surroundings {
  readonly posted: readonly PostedComment[];
  /** The stacks that this run names. */
  readonly comments: readonly WantedComment[];
  readonly run: string | undefined;
}

/**
 * The comments that tell of a source that names no stack. A plan that was read from it before must not look like today's: its own
 * comment tells of it. Only where there is none does the source get one.
 */
export function commentsOfFailure(failed: FailedSource, surroundings: Surroundings): WantedComment[] {
  const { source, name, quiet, body } = failed;
  const comment = (marker: Marker): WantedComment => ({
    marker,
    name: marker.stack === undefined ? name : `${name} (${marker.stack})`,
    body: body(marker),
    quiet,
    tellsRun: true,
  });
  const standing = markersFrom(source, surroundings);
  const plans = [...new Set(standing.flatMap(({ stack, isOfThisRun }) => (isOfThisRun ? [] : (stack ?? []))))];
  // A job beside this one may read a file of the same name: what failed already without a plan has none now.
  if (plans.length === 0 || standing.some(({ stack }) => stack === undefined)) return [comment({ source })];
  return plans.map((stack) => comment({ stack, source, run: runOf(surroundings) }));
}

/**
 * Whether a job beside this one may read its preview from a source of the same name. Then a plan tells in which run it was written,
 * so that the other job does not take it for an old one of its own.
 */
export const isSharedSource = (source: string | undefined, surroundings: Surroundings): boolean =>
  source !== undefined && markersFrom(source, surroundings).length > 0;

interface Standing extends Marker {
  /** A plan of this very run. */
  readonly isOfThisRun: boolean;
}

/** What was read from a source, without the stacks that this run names. */
function markersFrom(source: string, surroundings: Surroundings): Standing[] {
  const { posted, comments, run } = surroundings;
  const named = new Set(comments.map(({ marker }) => marker.stack));
  return posted.flatMap(({ body }) => {
    const marker = markerOf(body);
    if (marker?.source !== source || (marker.stack !== undefined && named.has(marker.stack))) return [];
    const isFailure = run !== undefined && body.includes(`(${run})`);
    return [{ ...marker, isOfThisRun: run !== undefined && marker.run === runOf(surroundings) && !isFailure }];
  });
}

const runOf = ({ run }: Surroundings): string | undefined => (run === undefined ? undefined : runWord(run));
