import type { DesiredComments, DesiredComment } from "./desired-comments";
import { CommentServiceError, isOutcomeUnknown } from "./comment-service-error";
import { failureComments, isSharedSource, planComment, findByMarker, type PostedComment } from "./comment-plan";
import type { RetryPolicy } from "./retry-policy";

/** The comments of one pull request or merge request. Each method throws CommentServiceError. */
export interface Thread {
  /** Our own ones alone: a person may have pasted a marker. */
  readonly list: () => Promise<readonly PostedComment[]>;
  readonly create: (body: string) => Promise<void>;
  readonly update: (id: number, body: string) => Promise<void>;
  readonly remove: (id: number) => Promise<void>;
}

export interface ReconcileOptions {
  readonly retryPolicy: RetryPolicy;
  readonly log: (line: string) => void;
  /** The page of the job's run, where it is known. */
  readonly run?: string | undefined;
}

/** Someone else may remove a comment between our look and our write. More often than this it is no accident. */
const MAX_CONFLICTS = 3;

/** Makes the comments of a thread what they should be: looks, sends what is missing, and looks again where it is not known what came of it. */
export async function reconcileComments(
  thread: Thread,
  { comments, failedSources, readableSources }: DesiredComments,
  options: ReconcileOptions,
): Promise<void> {
  let posted = await thread.list();
  const context = () => ({ posted, comments, run: options.run });
  for (const comment of comments) {
    const alwaysShowsRun = isSharedSource(comment.marker.source, context());
    posted = await reconcileComment(thread, { ...comment, alwaysShowsRun }, posted, options);
  }
  for (const source of failedSources)
    for (const comment of failureComments(source, context()))
      posted = await reconcileComment(thread, comment, posted, options);
  for (const { source, name } of readableSources) {
    // A job that runs beside this one may have a source of the same name: what it has just said stays.
    const obsolete = findByMarker({ source }, posted).filter(
      ({ body }) => !options.run || !body.includes(`(${options.run})`),
    );
    for (const { id } of obsolete) await thread.remove(id);
    if (obsolete.length > 0)
      options.log(`pulumi-cja: ${name}: the preview can be read again; the comment that said otherwise is removed`);
  }
}

/** @returns the comments that were there when it was last looked */
async function reconcileComment(
  thread: Thread,
  comment: DesiredComment,
  knownComments: readonly PostedComment[],
  { retryPolicy, log }: ReconcileOptions,
): Promise<readonly PostedComment[]> {
  let posted = knownComments;
  for (let attempt = 1; ; attempt += 1) {
    const { write, remove, logMessage } = planComment(comment, posted);
    try {
      if (write === "create") await thread.create(comment.body);
      else if (write !== "nothing") await thread.update(write.update, comment.body);
      for (const id of remove) await thread.remove(id);
      log(`pulumi-cja: ${comment.name}: ${logMessage}`);
      return posted;
    } catch (error) {
      if (!(error instanceof CommentServiceError)) throw error;
      if (!(await mayRetry(error, write, attempt, retryPolicy))) throw error;
      posted = await thread.list();
    }
  }
}

/** A comment may have been made although no answer came, and one that was to be updated may be gone. */
async function mayRetry(
  { failure }: CommentServiceError,
  write: ReturnType<typeof planComment>["write"],
  attempt: number,
  retryPolicy: RetryPolicy,
): Promise<boolean> {
  if (write === "create") return isOutcomeUnknown(failure) && (await retryPolicy.waitBeforeRetry(failure, attempt));
  return write !== "nothing" && failure.status === 404 && attempt <= MAX_CONFLICTS;
}
