import type { ApiRequest, Transport } from "../http/transport";
import type { Job } from "./job";
import { FIRST_START, LARGEST_JOB_PAGE, LIST_JOBS, pageAfterStart } from "./paging";
import { parseJob } from "./wire";
import { pagesOf, type AnsweredPage } from "../http/pager";
import { unexpected } from "../http/unexpected-answer";
import { asObject } from "../http/wire-field";

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

  /** @throws IncompleteListingError where the jobs of all pages are fewer than the service says, or more. */
  async find(query: JobQuery): Promise<readonly Job[]> {
    const found: Job[] = [];
    // The guide has one property a request: the service takes the first, the others are looked at here.
    const [, ...others] = query.properties;
    // The size of a page stays the same on all of them: by the OpenAPI document `start` counts pages.
    const limit = others.length > 0 ? LARGEST_JOB_PAGE : Math.min(query.limit, LARGEST_JOB_PAGE);
    const ask = (start: string) => this.page(query, limit, start);
    const idOf = ({ job }: ListedJob) => job.id;
    for await (const { items } of pagesOf({ request: LIST_JOBS, first: FIRST_START, ask, idOf })) {
      for (const { job, answered } of items) {
        const wanted = query.status === undefined || job.status === query.status;
        if (wanted && others.every((property) => hasProperty(answered, property))) found.push(job);
      }
      if (found.length >= query.limit) break;
    }
    return found.slice(0, query.limit);
  }

  private async page(
    { sandbox, status, sort, properties }: JobQuery,
    limit: number,
    start: string,
  ): Promise<AnsweredPage<ListedJob, string>> {
    const request: ApiRequest = {
      ...LIST_JOBS,
      headers: { "x-sandbox-name": sandbox },
      query: { ...(start !== FIRST_START && { start }), limit, status, sort, property: properties[0] },
      repeatable: true,
    };
    const answer = await this.transport.send(request);
    const body = asObject(answer.data);
    const children: unknown = body?.["children"];
    if (!body || !Array.isArray(children)) throw unexpected(request, answer, 'an object with the list "children"');
    const items = children.flatMap((child: unknown): ListedJob[] => {
      // How jobs look that somebody else has started is nobody's trouble here.
      const job = parseJob(child, () => undefined);
      return job ? [{ job, answered: child }] : [];
    });
    const rest = pageAfterStart(body, start, children.length, limit);
    return { ...rest, items, unusable: children.length - items.length };
  }
}

/** A job, and all that the service says of it. */
interface ListedJob {
  readonly job: Job;
  readonly answered: unknown;
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
