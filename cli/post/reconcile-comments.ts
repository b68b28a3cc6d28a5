import type { Wanted, WantedComment } from "./desired";
import { CommentServiceError, isUnknown } from "./comment-service-error";
import { commentsOfFailure, isSharedSource, planOf, withMarker, type PostedComment } from "./comment-plan";
import type { Patience } from "./retry-policy";

/** The comments of one pull request or merge request. Each method throws CommentServiceError. */
export interface Thread {
  /** Our own ones alone: a person may have pasted a marker. */
  readonly list: () => Promise<readonly PostedComment[]>;
  readonly create: (body: string) => Promise<void>;
  readonly update: (id: number, body: string) => Promise<void>;
  readonly remove: (id: number) => Promise<void>;
}

export interface SettleOptions {
  readonly patience: Patience;
  readonly say: (line: string) => void;
  /** The page of the job's run, where it is known. */
  readonly run?: string | undefined;
}

/** Someone else may remove a comment between our look and our write. More often than this it is no accident. */
const MOST_SURPRISES = 3;

/** Makes the comments of a thread what they should be: looks, sends what is missing, and looks again where it is not known what came of it. */
export async function settle(
  thread: Thread,
  { comments, failed, fine }: Wanted,
  options: SettleOptions,
): Promise<void> {
  let posted = await thread.list();
  const around = () => ({ posted, comments, run: options.run });
  for (const comment of comments) {
    const tellsRun = isSharedSource(comment.marker.source, around());
    posted = await settleOne(thread, { ...comment, tellsRun }, posted, options);
  }
  for (const source of failed)
    for (const comment of commentsOfFailure(source, around()))
      posted = await settleOne(thread, comment, posted, options);
  for (const { source, name } of fine) {
    // A job that runs beside this one may have a source of the same name: what it has just said stays.
    const over = withMarker({ source }, posted).filter(
      ({ body }) => !options.run || !body.includes(`(${options.run})`),
    );
    for (const { id } of over) await thread.remove(id);
    if (over.length > 0)
      options.say(`pulumi-cja: ${name}: it can be read again; the comment that it could not is removed`);
  }
}

/** @returns the comments that were there when it was last looked */
async function settleOne(
  thread: Thread,
  comment: WantedComment,
  before: readonly PostedComment[],
  { patience, say }: SettleOptions,
): Promise<readonly PostedComment[]> {
  let posted = before;
  for (let tries = 1; ; tries += 1) {
    const { write, remove, said } = planOf(comment, posted);
    try {
      if (write === "create") await thread.create(comment.body);
      else if (write !== "nothing") await thread.update(write.update, comment.body);
      for (const id of remove) await thread.remove(id);
      say(`pulumi-cja: ${comment.name}: ${said}`);
      return posted;
    } catch (error) {
      if (!(error instanceof CommentServiceError)) throw error;
      if (!(await mayLookAgain(error, write, tries, patience))) throw error;
      posted = await thread.list();
    }
  }
}

/** A comment may have been made although no answer came, and one that was to be updated may be gone. */
async function mayLookAgain(
  { failure }: CommentServiceError,
  write: ReturnType<typeof planOf>["write"],
  tries: number,
  patience: Patience,
): Promise<boolean> {
  if (write === "create") return isUnknown(failure) && (await patience.outlast(failure, tries));
  return write !== "nothing" && failure.status === 404 && tries <= MOST_SURPRISES;
}
