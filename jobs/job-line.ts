import { isOver, type Job } from "../provider/api/job";
import { timeSpan } from "../provider/http/time-span";

/** A job as a table shows it. */
export interface JobLine {
  readonly id: string;
  readonly status: string;
  /** `api` for a run on demand, `scheduler` for a scheduled one. */
  readonly source: string;
  /** `all`, or how many. */
  readonly segments: string;
  /** When it was made (ISO 8601), empty where the service does not tell. */
  readonly made: string;
  /** `4 min 10 s`; of a job at work, so far. */
  readonly took: string;
  /** Profiles that qualified, of all segments together; empty while there are none to tell. */
  readonly profiles: string;
}

/** @param now milliseconds since 1970 */
export function jobLine(job: Job, now: number): JobLine {
  const { id, status, source = "", segmentIds, creationTime: made, updateTime } = job;
  const end = isOver(status) ? updateTime : now;
  const profiles = [...profilesBySegment(job).values()];
  return {
    id,
    status,
    source,
    segments: segmentIds.includes("*") ? "all" : String(segmentIds.length),
    made: made === undefined ? "" : new Date(made).toISOString().replace(/\.\d+Z$/, "Z"),
    took: made === undefined || end === undefined ? "" : timeSpan(Math.max(0, end - made)),
    profiles: profiles.length === 0 ? "" : profiles.reduce((sum, count) => sum + count, 0).toLocaleString("en-US"),
  };
}

/**
 * Profiles that qualified for each segment. The guide's table calls the field `segmentProfileCounter`, its sample
 * `segmentedProfileCounter`: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-jobs
 */
export function profilesBySegment({ metrics = {} }: Job): ReadonlyMap<string, number> {
  const counter = metrics["segmentedProfileCounter"] ?? metrics["segmentProfileCounter"];
  if (typeof counter !== "object" || counter === null) return new Map();
  const numbers = Object.entries(counter).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  return new Map(numbers);
}
