import { isOver, type Job } from "../../provider/segment-job/job";

/**
 * How long a job took, in milliseconds; of one at work, so far. The service's own figure counts, without it the time from when
 * it was made to when it last changed.
 *
 * @param now milliseconds since 1970
 */
export function durationOf({ status, metrics, creationTime, updateTime }: Job, now: number): number | undefined {
  if (isOver(status) && metrics?.totalTime?.totalTimeInMs !== undefined) return metrics.totalTime.totalTimeInMs;
  const end = isOver(status) ? updateTime : now;
  return creationTime === undefined || end === undefined ? undefined : Math.max(0, end - creationTime);
}
