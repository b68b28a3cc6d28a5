import type { ApiRequest, Transport } from "../http/transport";
import type { Job, JobScope } from "./job";
import { FIRST_START, LARGEST_JOB_PAGE, LIST_JOBS as LIST, pageAfterStart } from "./paging";
import { parseJob } from "./wire";
import { pagesOf, type AnsweredPage, type NewItems } from "../http/pager";
import { unexpected } from "../http/unexpected-answer";
import { asObject, type Complain } from "../http/wire-field";

/** The guide names no limit for jobs; 100 is that of the same service's other bulk-get (UPAPI-113015-400 in the OpenAPI document). */
export const MOST_IDS_A_REQUEST = 100;

/** The segment jobs API: one method for each of its requests. Every sandbox has jobs of its own. */
export class JobsClient {
  constructor(
    private readonly transport: Transport,
    private readonly warn: (text: string) => void,
  ) {}

  /**
   * Starts a run. Never repeated by itself: an `OutcomeUnknownError` says that it may or may not run now.
   *
   * @param requestId our own, by which the job can be found again.
   */
  async create(sandbox: string, scope: JobScope, requestId: string): Promise<Job> {
    const request: ApiRequest = {
      operation: "start segment job",
      method: "POST",
      path: "/segment/jobs",
      headers: { ...inSandbox(sandbox), "x-request-id": requestId },
      body:
        "segmentIds" in scope
          ? scope.segmentIds.map((segmentId) => ({ segmentId }))
          : { schema: { name: scope.schemaName }, segments: [{ segmentId: "*" }] },
      repeatable: false,
    };
    const answer = await this.transport.send(request);
    const job = parseJob(answer.data, this.complain(request));
    if (!job) throw unexpected(request, answer, 'a job with its "id" and "status"');
    return job;
  }

  /** @returns undefined when the service knows no such job: that it is gone, a listing has to say, too. */
  async get(sandbox: string, id: string): Promise<Job | undefined> {
    const request: ApiRequest = {
      operation: `read segment job ${id}`,
      method: "GET",
      path: jobPath(id),
      headers: inSandbox(sandbox),
      repeatable: true,
      accept: [404],
    };
    const answer = await this.transport.send(request);
    if (answer.status === 404) return undefined;
    const job = parseJob(answer.data, this.complain(request));
    if (!job) throw unexpected(request, answer, 'a job with its "id" and "status"');
    return job;
  }

  /**
   * Reads up to 100 jobs with one request. What the answer leaves out, or tells as an error, is absent here.
   *
   * @returns undefined when one of them is not known and none is told: so the same service answers a bulk-get of other objects
   *   (UPAPI-113000-404).
   */
  async getMany(sandbox: string, ids: readonly string[]): Promise<ReadonlyMap<string, Job> | undefined> {
    const request: ApiRequest = {
      operation: `read ${ids.length} segment jobs`,
      method: "POST",
      path: "/segment/jobs/bulk-get",
      headers: inSandbox(sandbox),
      body: { ids: ids.map((id) => ({ id })) },
      repeatable: true,
      accept: [404],
    };
    const answer = await this.transport.send(request);
    if (answer.status === 404) return undefined;
    const results = asObject(asObject(answer.data)?.["results"]);
    if (!results) throw unexpected(request, answer, 'an object "results" with a job for each ID');
    const jobs = ids.flatMap((id) => {
      const job = results[id] === undefined ? undefined : parseJob(results[id], () => undefined);
      return job ? [[id, job] as const] : [];
    });
    return new Map(jobs);
  }

  /** The newest jobs of a sandbox, for finding a run whose answer never came. */
  async newest(sandbox: string, limit: number): Promise<readonly Job[]> {
    const { request, children } = await this.list(sandbox, { limit });
    return children.flatMap((child) => parseJob(child, this.complain(request)) ?? []);
  }

  /**
   * All jobs of a sandbox, the newest first, page by page.
   *
   * @param times see `pagesOf`.
   * @throws IncompleteListingError at the end, where something is missing.
   */
  pages(sandbox: string, times?: number): AsyncGenerator<NewItems<Job>, void> {
    const ask = (start: string) => this.page(sandbox, start);
    return pagesOf({ request: LIST, first: FIRST_START, ask, idOf: ({ id }: Job) => id }, times);
  }

  private async page(sandbox: string, start: string): Promise<AnsweredPage<Job, string>> {
    const limit = LARGEST_JOB_PAGE;
    const { body, children } = await this.list(sandbox, { limit, ...(start !== FIRST_START && { start }) });
    // Most of them are not ours: how others' jobs look is nobody's trouble here.
    const items = children.flatMap((child) => parseJob(child, () => undefined) ?? []);
    const rest = pageAfterStart(body, start, children.length, limit);
    return { ...rest, items, unusable: children.length - items.length };
  }

  private async list(sandbox: string, query: Readonly<Record<string, string | number>>) {
    const request: ApiRequest = {
      ...LIST,
      headers: inSandbox(sandbox),
      query: { ...query, sort: "creationTime:desc" },
      repeatable: true,
    };
    const answer = await this.transport.send(request);
    const body = asObject(answer.data);
    const children: unknown = body?.["children"];
    if (!body || !Array.isArray(children)) throw unexpected(request, answer, 'an object with the list "children"');
    return { request, body, children };
  }

  /**
   * Asks the service to cancel an active job; the answer comes before the effect. Never repeated by itself: sent to a job that
   * is over by then, the same request deletes its record.
   */
  async cancel(sandbox: string, id: string): Promise<void> {
    await this.transport.send({ ...deletion(sandbox, id), operation: `cancel segment job ${id}`, repeatable: false });
  }

  /**
   * Deletes the record of a finished job.
   *
   * @returns false when the service knows no such job: that it is gone, a listing has to say, too.
   */
  async removeRecord(sandbox: string, id: string): Promise<boolean> {
    const operation = `delete the record of segment job ${id}`;
    return (await this.transport.send({ ...deletion(sandbox, id), operation, repeatable: true })).status !== 404;
  }

  private complain(request: ApiRequest): Complain {
    return (name, expected) =>
      this.warn(
        `${request.operation} (${request.method} ${request.path}): the field "${name}" of the answer is not as documented (${expected}); the rest of the answer is used`,
      );
  }
}

const deletion = (sandbox: string, id: string) =>
  ({ method: "DELETE", path: jobPath(id), headers: inSandbox(sandbox), accept: [404] }) as const;
const inSandbox = (sandbox: string) => ({ "x-sandbox-name": sandbox });
const jobPath = (id: string): string => `/segment/jobs/${encodeURIComponent(id)}`;
