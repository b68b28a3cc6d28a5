import type { Job } from "../../provider/segment-job/job";
import { visible } from "../review/visible";
import { timeSpan } from "../../provider/time-span";
import { durationOf } from "./duration";
import { jobErrors } from "./job-errors";
import { profilesByAudience } from "./profiles";

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
  /** Why it failed; empty where there is nothing to tell. */
  readonly errors: string;
}

/** @param now milliseconds since 1970 */
export function jobLine(job: Job, now: number): JobLine {
  const { id, status, source = "", segmentIds, creationTime: made } = job;
  const took = durationOf(job, now);
  const profiles = Object.values(profilesByAudience(job));
  return {
    id: visible(id),
    status: visible(status),
    source: visible(source),
    segments: segmentIds.includes("*") ? "all" : String(segmentIds.length),
    made: isoTime(made),
    took: took === undefined ? "" : timeSpan(took),
    profiles: profiles.length === 0 ? "" : profiles.reduce((sum, count) => sum + count, 0).toLocaleString("en-US"),
    errors: jobErrors(job),
  };
}

function isoTime(time: number | undefined): string {
  const date = new Date(time ?? NaN);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().replace(/\.\d+Z$/, "Z");
}
