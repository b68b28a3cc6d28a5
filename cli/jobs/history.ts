import { sortedBy } from "../../definition/sorted";
import { isOver, type Job } from "../../provider/segment-job/job";

/** A job as the page of charts shows it. */
export interface Run {
  readonly job: Job;
  /** Milliseconds; of one at work, so far. */
  readonly durationMs?: number;
  readonly audiences: ReadonlyMap<string, Counts>;
}

/** An audience over the runs. */
export interface Audience {
  readonly id: string;
  /** One for each run; undefined where the run says nothing of the audience. */
  readonly counts: readonly (Counts | undefined)[];
  /** The most profiles that it had in a run. */
  readonly maxProfiles: number;
}

export type StatusCounts = readonly (readonly [status: string, count: number])[];

/** Jobs over time. */
export interface History {
  /** The oldest first. */
  readonly runs: readonly Run[];
  /** The one with the most profiles first. */
  readonly audiences: readonly Audience[];
}

/**
 * @param jobs the newest first
 * @param now milliseconds since 1970
 */
export function buildHistory(jobs: readonly Job[], now: number): History {
  const runs = jobs.toReversed().map((job): Run => {
    const durationMs = durationOf(job, now);
    return { job, ...(durationMs !== undefined && { durationMs }), audiences: countsByAudience(job) };
  });
  const audienceIds = new Set(runs.flatMap(({ audiences }) => [...audiences.keys()]));
  const audiences = [...audienceIds].map((id) => buildAudience(id, runs));
  return { runs, audiences: sortedBy(audiences, ({ maxProfiles, id }) => [-maxProfiles, id]) };
}

/** Whether a run is over an audience; `*` stands for all of them. */
export const concernsAudience = (id: string, { job, audiences }: Run): boolean =>
  audiences.has(id) || job.segmentIds.some((over) => over === id || over === "*");

function buildAudience(id: string, runs: readonly Run[]): Audience {
  const counts = runs.map(({ audiences }) => audiences.get(id));
  const maxProfiles = counts.reduce(
    (maxProfiles, count) => Math.max(maxProfiles, count?.profiles ?? count?.realised ?? 0),
    0,
  );
  return { id, counts, maxProfiles };
}

/** How many runs are in each status, the most frequent first. */
export function statusCounts(runs: readonly Run[]): StatusCounts {
  const counts = new Map<string, number>();
  for (const { job } of runs) counts.set(job.status, (counts.get(job.status) ?? 0) + 1);
  return sortedBy(counts, ([status, count]) => [-count, status]);
}

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

/**
 * Profiles that qualified for each audience. The guide's table calls the field `segmentProfileCounter`, its sample
 * `segmentedProfileCounter`: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-jobs
 */
export const profilesByAudience = ({ metrics }: Job): Readonly<Record<string, number>> =>
  metrics?.segmentedProfileCounter ?? metrics?.segmentProfileCounter ?? {};

/** What one run says of one audience. What is absent the run does not say: that is no zero. */
export interface Counts {
  /** Profiles that qualified. */
  readonly profiles?: number;
  /** Those in the audience, and those that are no more. */
  readonly realised?: number;
  readonly exited?: number;
}

/** The figures of a run, by audience. */
export function countsByAudience(job: Job): ReadonlyMap<string, Counts> {
  const profiles = new Map(Object.entries(profilesByAudience(job)));
  const statuses = new Map(Object.entries(job.metrics?.segmentedProfileByStatusCounter ?? {}));
  const counts = (id: string): Counts => {
    const [all, { realized, exited } = {}] = [profiles.get(id), statuses.get(id)];
    return {
      ...(all !== undefined && { profiles: all }),
      ...(realized !== undefined && { realised: realized }),
      ...(exited !== undefined && { exited }),
    };
  };
  return new Map([...profiles.keys(), ...statuses.keys()].map((id) => [id, counts(id)]));
}

/** `2026-11-05 09:30`, in UTC. */
export function formatMoment(time: number | undefined): string {
  const date = new Date(time ?? NaN);
  return Number.isNaN(date.getTime()) ? "not told" : date.toISOString().slice(0, 16).replace("T", " ");
}
