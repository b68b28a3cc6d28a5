import { MAX_JOB_PAGE_SIZE, type JobsClient } from "./client";
import type { Job } from "./job";
import { asObject } from "../http/answer-fields";

/** Which jobs of a sandbox to list, and in which order. */
export interface JobQuery {
  readonly sandbox: string;
  readonly status?: string;
  /** `creationTime:desc`. */
  readonly sort: string;
  /** `path==value`, or `array~key==value` for one that an entry of a list has; all have to hold. */
  readonly properties: readonly string[];
  /** At most so many jobs. */
  readonly limit: number;
}

/**
 * Lists jobs by the filters of the segment jobs guide ("Retrieve a list of segment jobs"), page after page, until there
 * are enough or no more.
 *
 * @throws IncompleteListingError where the jobs of all pages are fewer than the service says, or more.
 */
export async function searchJobs(
  client: JobsClient,
  { sandbox, status, sort, properties, limit: maxJobs }: JobQuery,
): Promise<readonly Job[]> {
  const found: Job[] = [];
  // The guide has one property a request: the service takes the first, the others are looked at here.
  const [property, ...otherProperties] = properties;
  // The size of a page stays the same on all of them: by the OpenAPI document `start` counts pages.
  const limit = otherProperties.length > 0 ? MAX_JOB_PAGE_SIZE : Math.min(maxJobs, MAX_JOB_PAGE_SIZE);
  for await (const { items } of client.listPages(sandbox, { status, sort, property, limit })) {
    for (const { job, rawJob } of items) {
      const hasStatus = status === undefined || job.status === status;
      if (hasStatus && otherProperties.every((one) => hasProperty(rawJob, one))) found.push(job);
    }
    if (found.length >= maxJobs) break;
  }
  return found.slice(0, maxJobs);
}

/** `status==NEW`, `properties.runId==…`, `segments~segmentId==…`. */
export function hasProperty(job: unknown, property: string): boolean {
  const [path = "", ...values] = property.split("==");
  const [array = "", key] = path.split("~");
  const value = values.join("==");
  const target = valueAt(job, array);
  if (key === undefined) return isScalar(target) && String(target) === value;
  return Array.isArray(target) && target.some((item) => String(valueAt(item, key)) === value);
}

const valueAt = (object: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => asObject(value)?.[key], object);

const isScalar = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);
