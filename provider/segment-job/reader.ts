import type { Clock } from "../clock";
import { Gathering } from "../http/batcher";
import { InTurns, Known } from "../http/finder";
import { CjaError } from "../http/errors";
import { inParts } from "../http/page-number";
import { MOST_BULK_IDS } from "../http/bulk-get";
import type { JobsClient } from "./client";
import { isOver, type Job } from "./job";

/** Longer than the engine needs to read the jobs of a stack, and too short for anybody to miss what has changed since. */
const FRESH_MS = 30_000;

/** Serves many reads of jobs from few requests: whatever is asked for at one time, in one sandbox, shares them. */
export class JobReader {
  private readonly sandboxes = new Map<string, JobsOfSandbox>();

  constructor(
    private readonly client: JobsClient,
    private readonly clock: Clock,
  ) {}

  /**
   * A job as it was less than half a minute ago: the reads of one pass of the engine share what is told of any of them.
   *
   * @returns undefined when the service knows no such job (any more).
   */
  find(sandbox: string, id: string): Promise<Job | undefined> {
    const { known, finds } = this.sandbox(sandbox);
    const job = known.get(id);
    return job ? Promise.resolve(job) : finds.ask(id);
  }

  /**
   * A job as it is now. Those that are asked for in the same moment share one request for each hundred of them.
   *
   * @returns undefined when the service knows no such job (any more).
   */
  poll(sandbox: string, id: string): Promise<Job | undefined> {
    return this.sandbox(sandbox).polls.ask(id);
  }

  /** Drops what is known of a job that was cancelled or deleted. */
  forget(sandbox: string, id: string): void {
    this.sandbox(sandbox).known.forget(id);
  }

  private sandbox(name: string): JobsOfSandbox {
    const known = this.sandboxes.get(name) ?? new JobsOfSandbox(this.client, this.clock, name);
    this.sandboxes.set(name, known);
    return known;
  }
}

/**
 * The jobs of one sandbox.
 *
 * The engine reads eight resources at a time, so asking by ID costs a stack of 100 jobs 13 requests; a listing of thousands
 * of jobs costs more for three of them (docs/decisions/reading-jobs.md).
 */
class JobsOfSandbox {
  /** A finished job does not change, and is known from then on. */
  readonly known: Known<Job>;
  /** By what is known, by ID and by the listing. */
  readonly finds: Gathering<Job>;
  /** By ID, whatever is known. */
  readonly polls: Gathering<Job>;

  constructor(
    private readonly client: JobsClient,
    clock: Clock,
    private readonly sandbox: string,
  ) {
    this.known = new Known(clock, FRESH_MS, ({ status }) => isOver(status));
    const ask = (ids: readonly string[]) => this.ask(ids);
    const source = {
      pages: () => client.pages(sandbox, 1),
      keep: (jobs: readonly Job[]) => jobs.forEach((job) => this.known.set(job.id, job)),
      ask,
      most: MOST_BULK_IDS,
      pagesAhead: 1,
      isHarmless: (error: unknown) => error instanceof CjaError,
    };
    const inTurns = new InTurns(this.known, source, clock);
    this.finds = new Gathering(clock, (ids) => inTurns.find(ids));
    this.polls = new Gathering(clock, ask);
  }

  /** One that is absent in the answer is unknown to the service. */
  private async ask(ids: readonly string[]): Promise<ReadonlyMap<string, Job>> {
    const jobs = new Map<string, Job>();
    for (const some of inParts(ids, MOST_BULK_IDS))
      for (const [id, job] of await this.askTogether(some)) jobs.set(id, job);
    for (const id of ids) {
      const job = jobs.get(id);
      if (job) this.known.set(id, job);
      else this.known.forget(id);
    }
    return jobs;
  }

  private async askTogether(ids: readonly string[]): Promise<readonly (readonly [string, Job])[]> {
    const [first] = ids;
    if (first !== undefined && ids.length === 1) return this.askSingly([first]);
    const jobs = await this.client.getMany(this.sandbox, ids);
    if (!jobs) {
      // One ID that is not known spoils it for all, and is in one of the halves.
      const middle = Math.ceil(ids.length / 2);
      return [...(await this.askTogether(ids.slice(0, middle))), ...(await this.askTogether(ids.slice(middle)))];
    }
    // What a bulk-get does with an unknown ID is not documented, so a job counts as gone only by its own 404.
    return [...jobs, ...(await this.askSingly(ids.filter((id) => !jobs.has(id))))];
  }

  private async askSingly(ids: readonly string[]): Promise<readonly (readonly [string, Job])[]> {
    const jobs: (readonly [string, Job])[] = [];
    const missing: string[] = [];
    for (const id of ids) {
      const job = await this.client.get(this.sandbox, id);
      if (job) jobs.push([id, job]);
      else missing.push(id);
    }
    return missing.length === 0 ? jobs : [...jobs, ...(await this.listed(missing))];
  }

  /**
   * What a 404 says counts where the listing agrees: it fails where something else than the service has answered, and has the
   * job where the service was only late with it. An unfinished job was started lately, so that the newest are enough.
   */
  private async listed(ids: readonly string[]): Promise<readonly (readonly [string, Job])[]> {
    const { value: newest } = await this.client.pages(this.sandbox).next();
    return (newest?.items ?? []).filter(({ id }) => ids.includes(id)).map((job) => [job.id, job] as const);
  }
}
