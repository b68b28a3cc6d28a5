import { bulkGet, sandboxHeader } from "../http/bulk-get";
import { FIRST_START } from "../http/children-pages";
import type { ApiRequest, Transport } from "../http/transport";
import type { Job, JobScope } from "./job";
import { parseJob } from "./answers";
import { parseJobPage } from "./paging";
import { pagesOf, parseItems, type NewItems } from "../http/pager";
import { fieldWarnings, unexpectedAnswerError } from "../http/unexpected-answer";

/** The guide sets no maximum for `limit`. https://github.com/pitchmuc/aepp caps it at 100 "to avoid 400 errors" (docs/releases.md). */
export const MAX_JOB_PAGE_SIZE = 100;

const LIST = { operation: "list segment jobs", method: "GET", path: "/segment/jobs" } as const;

/** Which jobs of a sandbox to list, and in which order: all, the newest first, unless it says otherwise. */
export interface JobFilter {
  readonly status?: string | undefined;
  /** `creationTime:desc`. */
  readonly sort?: string;
  /** The guide has one a request. */
  readonly property?: string | undefined;
  /** How many to a page. */
  readonly limit?: number;
}

/** A job, and all that the service says of it. */
export interface ListedJob {
  readonly job: Job;
  readonly rawJob: unknown;
}

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
      headers: { ...sandboxHeader(sandbox), "x-request-id": requestId },
      body:
        "segmentIds" in scope
          ? scope.segmentIds.map((segmentId) => ({ segmentId }))
          : { schema: { name: scope.schemaName }, segments: [{ segmentId: "*" }] },
      repeatable: false,
    };
    const answer = await this.transport.send(request);
    const job = parseJob(answer.data, fieldWarnings(this.warn, request));
    if (!job) throw unexpectedAnswerError(request, answer, 'a job with its "id" and "status"');
    return job;
  }

  /** @returns undefined when the service knows no such job: that it is gone, a listing has to say, too. */
  async get(sandbox: string, id: string): Promise<Job | undefined> {
    const request: ApiRequest = {
      operation: `read segment job ${id}`,
      method: "GET",
      path: jobPath(id),
      headers: sandboxHeader(sandbox),
      repeatable: true,
      acceptedStatuses: [404],
    };
    const answer = await this.transport.send(request);
    if (answer.status === 404) return undefined;
    const job = parseJob(answer.data, fieldWarnings(this.warn, request));
    if (!job) throw unexpectedAnswerError(request, answer, 'a job with its "id" and "status"');
    return job;
  }

  /**
   * Reads up to 100 jobs with one request. What the answer leaves out, or tells as an error, is absent here.
   *
   * @returns undefined when the service does not know one of them, and therefore answers none.
   */
  async getMany(sandbox: string, ids: readonly string[]): Promise<ReadonlyMap<string, Job> | undefined> {
    const bulkGetOptions = { operation: `read ${ids.length} segment jobs`, path: "/segment/jobs", itemName: "a job" };
    const results = await bulkGet(this.transport, bulkGetOptions, sandbox, ids);
    if (!results) return undefined;
    const jobs = ids.flatMap((id) => {
      const job = results[id] === undefined ? undefined : parseJob(results[id], () => undefined);
      return job ? [[id, job] as const] : [];
    });
    return new Map(jobs);
  }

  /** The newest jobs of a sandbox, for finding a run whose answer never came. */
  async listNewest(sandbox: string, limit: number): Promise<readonly Job[]> {
    const { request, page } = await this.requestPage(sandbox, { limit });
    return parseItems(page, (rawJob) => parseJob(rawJob, fieldWarnings(this.warn, request))).items;
  }

  /**
   * All jobs of a sandbox, the newest first, page by page.
   *
   * @param maxPasses see `pagesOf`.
   * @throws IncompleteListingError at the end, where something is missing.
   */
  async *pages(sandbox: string, maxPasses?: number): AsyncGenerator<NewItems<Job>, void> {
    for await (const { items, last } of this.listPages(sandbox, {}, maxPasses))
      yield { items: items.map(({ job }) => job), last };
  }

  /** The same of some jobs, or in another order, with the whole answer of each. */
  listPages(sandbox: string, filter: JobFilter, maxPasses?: number): AsyncGenerator<NewItems<ListedJob>, void> {
    const requestPage = async (start: string) => {
      const { page } = await this.requestPage(sandbox, filter, start);
      return parseItems(page, (rawJob) => {
        // Most of them are not ours: how others' jobs look is nobody's trouble here.
        const job = parseJob(rawJob, () => undefined);
        return job && { job, rawJob };
      });
    };
    return pagesOf(
      { request: LIST, first: FIRST_START, ask: requestPage, idOf: ({ job }: ListedJob) => job.id },
      maxPasses,
    );
  }

  private async requestPage(sandbox: string, { limit = MAX_JOB_PAGE_SIZE, ...filter }: JobFilter, start = FIRST_START) {
    const request: ApiRequest = {
      ...LIST,
      headers: sandboxHeader(sandbox),
      query: { ...(start !== FIRST_START && { start }), limit, sort: "creationTime:desc", ...filter },
      repeatable: true,
    };
    const answer = await this.transport.send(request);
    const page = parseJobPage(answer.data, start, limit);
    if (!page) throw unexpectedAnswerError(request, answer, 'an object with the list "children"');
    return { request, page };
  }

  /**
   * Asks the service to cancel an active job; the answer comes before the effect. Never repeated by itself: sent to a job that
   * is over by then, the same request deletes its record.
   */
  async cancel(sandbox: string, id: string): Promise<void> {
    await this.transport.send({
      ...deleteRequest(sandbox, id),
      operation: `cancel segment job ${id}`,
      repeatable: false,
    });
  }

  /**
   * Deletes the record of a finished job.
   *
   * @returns false when the service knows no such job: that it is gone, a listing has to say, too.
   */
  async removeRecord(sandbox: string, id: string): Promise<boolean> {
    const operation = `delete the record of segment job ${id}`;
    return (await this.transport.send({ ...deleteRequest(sandbox, id), operation, repeatable: true })).status !== 404;
  }
}

const deleteRequest = (sandbox: string, id: string) =>
  ({ method: "DELETE", path: jobPath(id), headers: sandboxHeader(sandbox), acceptedStatuses: [404] }) as const;
const jobPath = (id: string): string => `/segment/jobs/${encodeURIComponent(id)}`;
