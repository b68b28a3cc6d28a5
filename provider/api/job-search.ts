import type { ApiRequest, Transport } from "../http/transport";
import type { Job } from "./job";
import { LARGEST_JOB_PAGE, nextStart } from "./job-paging";
import { parseJob } from "./job-wire";
import { unexpected } from "./unexpected-answer";
import { asObject } from "./wire-field";

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
 */
export class JobSearch {
  constructor(private readonly transport: Transport) {}

  async find(query: JobQuery): Promise<readonly Job[]> {
    // By ID: a job that starts while pages are read moves the others, and one of them would be on two pages.
    const found = new Map<string, Job>();
    // The guide has one property a request: the service takes the first, the others are looked at here.
    const [, ...others] = query.properties;
    for (let start: string | undefined; ;) {
      const { children, next } = await this.page(
        query,
        others.length > 0 ? LARGEST_JOB_PAGE : Math.min(query.limit, LARGEST_JOB_PAGE),
        start,
      );
      for (const child of children) {
        // How jobs look that somebody else has started is nobody's trouble here.
        const job = parseJob(child, () => undefined);
        const wanted = query.status === undefined || job?.status === query.status;
        if (job && wanted && others.every((property) => hasProperty(child, property))) found.set(job.id, job);
      }
      if (found.size >= query.limit || next === undefined || children.length === 0 || next === start) break;
      start = next;
    }
    return [...found.values()].slice(0, query.limit);
  }

  private async page({ sandbox, status, sort, properties }: JobQuery, limit: number, start: string | undefined) {
    const request: ApiRequest = {
      operation: "list segment jobs",
      method: "GET",
      path: "/segment/jobs",
      headers: { "x-sandbox-name": sandbox },
      // The size of a page stays the same on all of them: by the OpenAPI document `start` counts pages.
      query: { start, limit, status, sort, property: properties[0] },
      repeatable: true,
    };
    const answer = await this.transport.send(request);
    const body = asObject(answer.data);
    const children: unknown = body?.["children"];
    if (!body || !Array.isArray(children)) throw unexpected(request, answer, 'an object with the list "children"');
    return { children: children as readonly unknown[], next: nextStart(body, start, children.length, limit) };
  }
}

/** `status==NEW`, `properties.runId==…`, `segments~segmentId==…`. */
export function hasProperty(job: unknown, property: string): boolean {
  const [path = "", ...values] = property.split("==");
  const [array = "", key] = path.split("~");
  const value = values.join("==");
  const at = valueAt(job, array);
  if (key === undefined) return isScalar(at) && String(at) === value;
  return Array.isArray(at) && at.some((item) => String(valueAt(item, key)) === value);
}

const valueAt = (object: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => asObject(value)?.[key], object);

const isScalar = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);
