import { isDeepStrictEqual } from "node:util";
import { CLOCK_SKEW_MS } from "../clock";
import type { Job, JobScope } from "./job";

const PREFIX = "pulumi-cja-";

/** The ID that a POST carries: a job that shows it was started by it. */
export const ownRequestId = (newId: string): string => `${PREFIX}${newId}`;

/** What is known of a run whose answer never came. */
export interface Sent {
  readonly requestId: string | undefined;
  readonly scope: JobScope;
  /** When the request was made up, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Jobs that this process has got as an answer: they are not the result of another request. */
  readonly made: ReadonlySet<string>;
}

/** A request may queue for the rate limit of its organisation; a job made still later is not its result. */
const LONGEST_QUEUE_MS = 3_600_000;

/**
 * The job among the newest that a request of ours has started, if it has.
 *
 * Found by the ID of the request. That a job keeps it is documented by example only (segment jobs guide, `requestId`), so
 * while nothing shows that it does, set and time decide. Once a job carries an ID of our making, one without is somebody
 * else's: a colleague may have run the same set a minute ago.
 */
export function recognised(jobs: readonly Job[], { requestId, scope, startedAt, made }: Sent): Job | undefined {
  const byId = jobs.find((job) => job.requestId !== undefined && job.requestId === requestId);
  if (byId || jobs.some(isOurs)) return byId;
  return jobs.find((job) => !made.has(job.id) && isOnDemand(job) && isOfThatTime(job, startedAt) && isOf(job, scope));
}

/** Whether a job was started by a program like this one. */
export const isOurs = ({ requestId }: Job): boolean => requestId?.startsWith(PREFIX) === true;

/** How long ago a run may have started that one without a record is compared with. */
const LATELY_MS = 24 * 3_600_000;

/** Whether a job was lately started by a program like this one, over the same. */
export const isLikeOurs = (job: Job, scope: JobScope, now: number): boolean =>
  isOurs(job) && (job.creationTime ?? 0) >= now - LATELY_MS && isOf(job, scope);

const isOnDemand = ({ source }: Job): boolean => source !== "scheduler";

const isOfThatTime = ({ creationTime = 0 }: Job, startedAt: number): boolean =>
  creationTime >= startedAt - CLOCK_SKEW_MS && creationTime <= startedAt + LONGEST_QUEUE_MS;

function isOf(job: Job, scope: JobScope): boolean {
  const ran = new Set(job.segmentIds);
  if ("segmentIds" in scope) return isDeepStrictEqual(ran, new Set(scope.segmentIds));
  return ran.has("*") && (job.schemaName ?? scope.schemaName) === scope.schemaName;
}
