import type { ApiRequest, Transport } from "../http/transport";
import type { Job, JobScope } from "./job";
import { parseJob } from "./job-wire";
import { unexpected } from "./unexpected-answer";
import { asObject, type Complain } from "./wire-field";

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

  /** @returns undefined when the service knows no such job (any more). */
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
   * Reads up to 100 jobs with one request. What the answer leaves out, or tells as an error, is absent here. For other
   * objects of the same service a bulk-get with an unknown ID answers 404 for all (UPAPI-113000-404): then all are absent.
   */
  async getMany(sandbox: string, ids: readonly string[]): Promise<ReadonlyMap<string, Job>> {
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
    if (answer.status === 404) return new Map();
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
    const request: ApiRequest = {
      operation: "list segment jobs",
      method: "GET",
      path: "/segment/jobs",
      headers: inSandbox(sandbox),
      query: { limit, sort: "creationTime:desc" },
      repeatable: true,
    };
    const answer = await this.transport.send(request);
    const children = asObject(answer.data)?.["children"];
    if (!Array.isArray(children)) throw unexpected(request, answer, 'an object with the list "children"');
    return children.flatMap((child) => parseJob(child, this.complain(request)) ?? []);
  }

  /** Asks the service to cancel an active job, or to delete a finished one. The answer comes before the effect. */
  async remove(sandbox: string, id: string): Promise<boolean> {
    const answer = await this.transport.send({
      operation: `cancel segment job ${id}`,
      method: "DELETE",
      path: jobPath(id),
      headers: inSandbox(sandbox),
      repeatable: true,
      accept: [404],
    });
    return answer.status !== 404;
  }

  private complain(request: ApiRequest): Complain {
    return (name, expected) =>
      this.warn(
        `${request.operation} (${request.method} ${request.path}): the field "${name}" of the answer is not as documented (${expected}); the rest of the answer is used`,
      );
  }
}

const inSandbox = (sandbox: string) => ({ "x-sandbox-name": sandbox });
const jobPath = (id: string): string => `/segment/jobs/${encodeURIComponent(id)}`;
