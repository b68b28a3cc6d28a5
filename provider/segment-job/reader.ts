import type { Clock } from "../clock";
import { Batcher, chunk } from "../http/batcher";
import { ListingOrIdFinder } from "../http/listing-or-id-finder";
import { TimedCache } from "../http/timed-cache";
import { CjaError } from "../http/errors";
import { MAX_BULK_IDS } from "../http/bulk-get";
import type { JobsClient } from "./client";
import { isOver, type Job } from "./job";

/** Longer than the engine needs to read the jobs of a stack, and too short for anybody to miss what has changed since. */
const CACHE_LIFETIME_MS = 30_000;

/** Serves many reads of jobs from few requests: whatever is asked for at one time, in one sandbox, shares them. */
export class JobReader {
  private readonly sandboxes = new Map<string, SandboxJobs>();

  constructor(
    private readonly client: JobsClient,
    private readonly clock: Clock,
  ) {}

  /**
   * A job as it was less than half a minute ago: the reads of one pass of the engine share the answers.
   *
   * @returns undefined when the service knows no such job (any more).
   */
  find(sandbox: string, id: string): Promise<Job | undefined> {
    const { cache, cachedBatcher } = this.jobsOf(sandbox);
    const job = cache.get(id);
    return job ? Promise.resolve(job) : cachedBatcher.load(id);
  }

  /**
   * A job as it is now. Those that are asked for in the same moment share one request for each hundred of them.
   *
   * @returns undefined when the service knows no such job (any more).
   */
  poll(sandbox: string, id: string): Promise<Job | undefined> {
    return this.jobsOf(sandbox).freshBatcher.load(id);
  }

  /** Drops what is known of a job that was cancelled or deleted. */
  forget(sandbox: string, id: string): void {
    this.jobsOf(sandbox).cache.forget(id);
  }

  private jobsOf(name: string): SandboxJobs {
    const jobs = this.sandboxes.get(name) ?? new SandboxJobs(this.client, this.clock, name);
    this.sandboxes.set(name, jobs);
    return jobs;
  }
}

/**
 * The jobs of one sandbox.
 *
 * The engine reads eight resources at a time, so asking by ID costs a stack of 100 jobs 13 requests; a listing of thousands
 * of jobs costs more for three of them (docs/decisions/reading-jobs.md).
 */
class SandboxJobs {
  /** A finished job does not change, and is known from then on. */
  readonly cache: TimedCache<Job>;
  /** By what is known, by ID and by the listing. */
  readonly cachedBatcher: Batcher<Job>;
  /** By ID, whatever is known. */
  readonly freshBatcher: Batcher<Job>;

  constructor(
    private readonly client: JobsClient,
    clock: Clock,
    private readonly sandbox: string,
  ) {
    this.cache = new TimedCache(clock, CACHE_LIFETIME_MS, ({ status }) => isOver(status));
    const getByIds = (ids: readonly string[]) => this.getByIds(ids);
    const source = {
      pages: () => client.pages(sandbox, 1),
      onItems: (jobs: readonly Job[]) => jobs.forEach((job) => this.cache.set(job.id, job)),
      getByIds,
      maxIds: MAX_BULK_IDS,
      extraPages: 1,
      mayBeIgnored: (error: unknown) => error instanceof CjaError,
    };
    const finder = new ListingOrIdFinder(this.cache, source, clock);
    this.cachedBatcher = new Batcher(clock, (ids) => finder.find(ids));
    this.freshBatcher = new Batcher(clock, getByIds);
  }

  /** One that is absent in the answer is unknown to the service. */
  private async getByIds(ids: readonly string[]): Promise<ReadonlyMap<string, Job>> {
    const jobs = new Map<string, Job>();
    for (const part of chunk(ids, MAX_BULK_IDS))
      for (const [id, job] of await this.getTogether(part)) jobs.set(id, job);
    for (const id of ids) {
      const job = jobs.get(id);
      if (job) this.cache.set(id, job);
      else this.cache.forget(id);
    }
    return jobs;
  }

  private async getTogether(ids: readonly string[]): Promise<readonly (readonly [string, Job])[]> {
    const [first] = ids;
    if (first !== undefined && ids.length === 1) return this.getSingly([first]);
    const jobs = await this.client.getMany(this.sandbox, ids);
    if (!jobs) {
      // One ID that is not known spoils it for all, and is in one of the halves.
      const half = Math.ceil(ids.length / 2);
      return [...(await this.getTogether(ids.slice(0, half))), ...(await this.getTogether(ids.slice(half)))];
    }
    // What a bulk-get does with an unknown ID is not documented, so a job counts as gone only by its own 404.
    return [...jobs, ...(await this.getSingly(ids.filter((id) => !jobs.has(id))))];
  }

  private async getSingly(ids: readonly string[]): Promise<readonly (readonly [string, Job])[]> {
    const jobs: (readonly [string, Job])[] = [];
    const missing: string[] = [];
    for (const id of ids) {
      const job = await this.client.get(this.sandbox, id);
      if (job) jobs.push([id, job]);
      else missing.push(id);
    }
    return missing.length === 0 ? jobs : [...jobs, ...(await this.findInNewest(missing))];
  }

  /**
   * What a 404 says counts where the listing agrees: it fails where something else than the service has answered, and has the
   * job where the service was only late with it. An unfinished job was started lately, so that the newest are enough.
   */
  private async findInNewest(ids: readonly string[]): Promise<readonly (readonly [string, Job])[]> {
    const { value: newest } = await this.client.pages(this.sandbox).next();
    return (newest?.items ?? []).filter(({ id }) => ids.includes(id)).map((job) => [job.id, job] as const);
  }
}
