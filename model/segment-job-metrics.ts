/** When something began and ended, in milliseconds since 1970, and how long it took. While it continues there is no end. */
export interface SegmentJobTime {
  readonly startTimeInMs?: number;
  readonly endTimeInMs?: number;
  readonly totalTimeInMs?: number;
  readonly [other: string]: unknown;
}

/**
 * The figures of a segment job. An active job only has the time when it began. Fields that the documents do not name are
 * kept as they are.
 *
 * Document: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-jobs
 *
 * @example const largest = job.metrics.apply((metrics) => Math.max(...Object.values(metrics?.segmentedProfileCounter ?? {})));
 */
export interface SegmentJobMetrics {
  /** The whole job. */
  readonly totalTime?: SegmentJobTime;
  /** The evaluation alone. */
  readonly profileSegmentationTime?: SegmentJobTime;
  /** Merged profiles that the job evaluated. */
  readonly totalProfiles?: number;
  /** Profiles that qualified, by audience. */
  readonly segmentedProfileCounter?: Readonly<Record<string, number>>;
  /** The same, as the guide's table spells it. */
  readonly segmentProfileCounter?: Readonly<Record<string, number>>;
  /** Profiles that qualified, by audience and identity namespace. */
  readonly segmentedProfileByNamespaceCounter?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Profiles by audience and status: `realized` for those that qualify, `exited` for those that no longer do, and others. */
  readonly segmentedProfileByStatusCounter?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Merged profiles, by merge policy. */
  readonly totalProfilesByMergePolicy?: Readonly<Record<string, number>>;
  readonly [other: string]: unknown;
}
