import type { Job } from "../../provider/segment-job/job";

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const FIRST = Date.UTC(2026, 9, 20, 9, 30);

/** What a run says of each audience: realised, exited, qualified. */
export type Figures = Readonly<Record<string, readonly [realised: number, exited: number, profiles: number]>>;

const counter = (figures: Figures, of: 0 | 1 | 2) =>
  Object.entries(figures).map(([id, each]) => [id, each[of]] as const);

/** The run of the so manieth day, that took so many hours. */
export function run(day: number, figures: Figures | undefined, change: Partial<Job> = {}, hours = 1): Job {
  const made = FIRST + day * DAY;
  const statuses = Object.entries(figures ?? {}).map(([id, [realized, exited]]) => [
    id,
    { realized, exited, existing: 7 },
  ]);
  const ended = { startTimeInMs: made, endTimeInMs: made + hours * HOUR, totalTimeInMs: hours * HOUR };
  return {
    id: `job-${day}`,
    status: "SUCCEEDED",
    source: "api",
    segmentIds: Object.keys(figures ?? {}),
    creationTime: made,
    updateTime: made + hours * HOUR,
    metrics: figures
      ? {
          totalTime: ended,
          totalProfiles: 13_146_432,
          segmentedProfileCounter: Object.fromEntries(counter(figures, 2)),
          segmentedProfileByStatusCounter: Object.fromEntries(statuses) as Record<string, Record<string, number>>,
        }
      : { totalTime: { startTimeInMs: made }, profileSegmentationTime: {} },
    ...change,
  };
}

/** Beyond what 32 bits hold. */
export const BIG = 3_000_000_017;

export const FAILURE = { code: "8.0000018E7", msg: "Run out of\nmemory <b>\u0007" };

/** Six days of `large`: two succeed, one fails as do all, one is not over it, one succeeds with nobody in it, one is at work. */
export const SIX_DAYS: readonly Job[] = [
  run(0, { large: [BIG, 1_000_000_000, BIG], small: [40, 10, 50] }),
  run(1, { large: [1_500_000_000, 500_000_000, 9], small: [20, 30, 40] }, {}, 4),
  run(2, undefined, { status: "FAILED", segmentIds: ["*"], errors: [FAILURE] }, 2),
  run(3, { small: [10, 0, 10] }),
  run(4, { large: [0, 0, 0], small: [5, 5, 5] }),
  run(5, undefined, { status: "PROCESSING", segmentIds: ["large"] }),
];

/** As the service lists them. */
export const newestFirst = (jobs: readonly Job[]): readonly Job[] => jobs.toReversed();
