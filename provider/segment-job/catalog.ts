import type { Clock } from "../clock";
import { CjaError } from "../http/errors";
import { isOver, type Job } from "./job";
import { MOST_IDS_A_REQUEST, type JobsClient } from "./client";
import type { NewItems } from "../http/pager";

/** Longer than the engine needs to read the jobs of a stack, and too short for anybody to miss what has changed since. */
const FRESH_MS = 30_000;

/** How far the listing of the sandbox has been read. */
interface Listing {
  readonly since: number;
  /** The pages that have not been asked for. */
  readonly rest: AsyncGenerator<NewItems<Job>, void>;
  /** How often jobs were asked for by their IDs. */
  turns: number;
  pages: number;
  complete: boolean;
}

/**
 * What is known of the jobs of one sandbox.
 *
 * The engine reads eight resources at a time, so asking by ID costs a stack of 100 jobs 13 requests; a listing of thousands
 * of jobs costs more for three of them. How many there are is not known, so the two take turns, the listing with one page
 * more: the cost is at most about twice that of the better one (docs/decisions/reading-jobs.md).
 */
export class JobCatalog {
  private readonly found = new Map<string, { readonly job: Job; readonly at: number }>();
  private listing: Listing | undefined;

  constructor(
    private readonly client: JobsClient,
    private readonly clock: Clock,
    private readonly sandbox: string,
  ) {}

  /** What an answer of the last half minute tells. A finished job does not change, and is known from then on. */
  known(id: string): Job | undefined {
    const entry = this.found.get(id);
    const stands = entry && (isOver(entry.job.status) || this.clock.now() - entry.at < FRESH_MS);
    return stands ? entry.job : undefined;
  }

  /** Drops what is known of a job that was cancelled or deleted. */
  forget(id: string): void {
    this.found.delete(id);
  }

  /** Finds jobs by what is known, by ID and by the listing. One that is absent in the answer is unknown to the service. */
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, Job>> {
    const jobs = new Map<string, Job>();
    const listing = this.currentListing();
    for (let missing = ids; ;) {
      missing = missing.filter((id) => {
        const job = this.known(id);
        if (job) jobs.set(id, job);
        return !job;
      });
      if (missing.length === 0) return jobs;
      if (!listing.complete && listing.turns > 0 && listing.pages <= listing.turns) {
        await this.readPage(listing);
      } else {
        listing.turns += 1;
        for (const [id, job] of await this.ask(missing.slice(0, MOST_IDS_A_REQUEST))) jobs.set(id, job);
        missing = missing.slice(MOST_IDS_A_REQUEST);
      }
    }
  }

  /** Asks the service for jobs by their IDs, whatever is known. One that is absent in the answer is unknown to it. */
  async ask(ids: readonly string[]): Promise<ReadonlyMap<string, Job>> {
    const jobs = new Map<string, Job>();
    for (let start = 0; start < ids.length; start += MOST_IDS_A_REQUEST) {
      const some = ids.slice(start, start + MOST_IDS_A_REQUEST);
      for (const [id, job] of await this.askTogether(some)) jobs.set(id, job);
    }
    const at = this.clock.now();
    for (const id of ids) {
      const job = jobs.get(id);
      if (job) this.found.set(id, { job, at });
      else this.found.delete(id);
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

  private async readPage(listing: Listing): Promise<void> {
    listing.pages += 1;
    try {
      const { done, value } = await listing.rest.next();
      const at = this.clock.now();
      for (const job of value?.items ?? []) this.found.set(job.id, { job, at });
      listing.complete = done === true || value.last;
    } catch (error) {
      if (!(error instanceof CjaError)) throw error;
      // A listing is a short cut: what it does not tell is asked for by ID, and fails there if it has to.
      listing.complete = true;
    }
  }

  private currentListing(): Listing {
    const now = this.clock.now();
    if (!this.listing || now - this.listing.since >= FRESH_MS) {
      this.listing = { since: now, rest: this.client.pages(this.sandbox, 1), turns: 0, pages: 0, complete: false };
    }
    return this.listing;
  }
}
