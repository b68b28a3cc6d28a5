import { isSameComment, type Marker, markerLine, markerOf } from "./marker";
import type { PostedComment } from "./thread";
import type { WantedComment } from "./desired";

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
      ? { write: "nothing", remove, said: "nothing changes, and no comment stands; none is made" }
      : { write: "create", remove, said: "comment made" };
  }
  const same = tellsRun ? isSame(oldest.body, body) : isSame(withoutRun(oldest.body), withoutRun(body));
  return same
    ? { write: "nothing", remove, said: "the comment says it already" }
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
