import { type Marker, markerOf, runWord } from "./marker";
import type { PostedComment } from "./thread";
import type { FailedSource, WantedComment } from "./desired";

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
