import type { LookupQuery } from "../../model/lookup-arguments";
import type { Job } from "./job";
import type { JobReader } from "./reader";
import type { JobsClient } from "./client";
import { searchJobs } from "./search";
import { withoutUndefined } from "../http/answer-fields";
import { LookupError } from "../resolve-by-name";

/** A job as a program gets it: as the outputs of the resource. */
export interface FoundJob extends Omit<Job, "segmentIds"> {
  /** Absent for a job over all audiences. */
  readonly segmentIds?: readonly string[];
  readonly allSegments?: boolean;
}

/** What the lookups of jobs need of the runtime. */
export interface JobLookupServices {
  readonly reader: JobReader;
  readonly client: JobsClient;
  /** The settings `cja:sandbox` and `cja:orgId`. */
  readonly sandbox: string;
  readonly orgId: string | undefined;
}

/** Looks jobs up. Those that are asked for in the same moment share requests. */
export class JobLookups {
  constructor(private readonly services: JobLookupServices) {}

  async get({ id, sandbox = this.services.sandbox }: LookupQuery<"getSegmentJob">): Promise<FoundJob> {
    const job = await this.services.reader.poll(sandbox, id);
    if (job) return this.toResult(job, sandbox);
    throw new LookupError(
      `there is no segment job ${id} in the sandbox ${JSON.stringify(sandbox)}; each sandbox has jobs of its own: check the argument sandbox, or cja:sandbox`,
    );
  }

  async find(query: LookupQuery<"findSegmentJobs">): Promise<readonly FoundJob[]> {
    const { sandbox = this.services.sandbox, sort = "creationTime:desc", properties = [], limit = Infinity } = query;
    const status = query.status === undefined ? {} : { status: query.status };
    const jobs = await searchJobs(this.services.client, { sandbox, sort, properties, limit, ...status });
    return jobs.map((job) => this.toResult(job, sandbox));
  }

  private toResult({ segmentIds, ...job }: Job, sandbox: string): FoundJob {
    return {
      ...job,
      ...(segmentIds.includes("*") ? { allSegments: true } : { segmentIds }),
      ...withoutUndefined<Pick<FoundJob, "orgId" | "sandboxName">>({
        orgId: job.orgId ?? this.services.orgId,
        sandboxName: sandbox,
      }),
    };
  }
}
