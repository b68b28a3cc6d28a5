import type { Job } from "../../provider/segment-job/job";

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
