import { isDeepStrictEqual } from "node:util";
import { CLOCK_SKEW_MS } from "../clock";
import type { Job, JobScope } from "./job";

const PREFIX = "pulumi-cja-";

/** The ID that a POST carries: a job that shows it was started by it. */
export const toRequestId = (newId: string): string => `${PREFIX}${newId}`;

/** What is known of a run whose answer never came. */
export interface SentRun {
  readonly requestId: string | undefined;
  readonly scope: JobScope;
  /** When the request was made up, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Jobs that this process has got as an answer: they are not the result of another request. */
  readonly knownIds: ReadonlySet<string>;
}

/** A request may queue for the rate limit of its organisation; a job made still later is not its result. */
const MAX_QUEUE_MS = 3_600_000;

/**
 * The job among the newest that a request of ours has started, if it has.
 *
 * Found by the ID of the request. That a job keeps it is documented by example only (segment jobs guide, `requestId`), so
 * while nothing shows that it does, set and time decide. Once a job carries an ID of our making, one without is somebody
 * else's: a colleague may have run the same set a minute ago.
 */
export function findStartedJob(
  jobs: readonly Job[],
  { requestId, scope, startedAt, knownIds }: SentRun,
): Job | undefined {
  const sameRequest = jobs.find((job) => job.requestId !== undefined && job.requestId === requestId);
  if (sameRequest || jobs.some(isStartedByPulumiCja)) return sameRequest;
  return jobs.find(
    (job) => !knownIds.has(job.id) && isOnDemand(job) && wasCreatedAround(job, startedAt) && hasScope(job, scope),
  );
}

/** Whether a job was started by a program like this one. */
export const isStartedByPulumiCja = ({ requestId }: Job): boolean => requestId?.startsWith(PREFIX) === true;

/** How long ago a run may have started that one without a record is compared with. */
const RECENT_MS = 24 * 3_600_000;

/** Whether a job was lately started by a program like this one, over the same. */
export const isRecentRunOf = (job: Job, scope: JobScope, now: number): boolean =>
  isStartedByPulumiCja(job) && (job.creationTime ?? 0) >= now - RECENT_MS && hasScope(job, scope);

const isOnDemand = ({ source }: Job): boolean => source !== "scheduler";

const wasCreatedAround = ({ creationTime = 0 }: Job, startedAt: number): boolean =>
  creationTime >= startedAt - CLOCK_SKEW_MS && creationTime <= startedAt + MAX_QUEUE_MS;

function hasScope(job: Job, scope: JobScope): boolean {
  const jobSegments = new Set(job.segmentIds);
  if ("segmentIds" in scope) return isDeepStrictEqual(jobSegments, new Set(scope.segmentIds));
  return jobSegments.has("*") && (job.schemaName ?? scope.schemaName) === scope.schemaName;
}
