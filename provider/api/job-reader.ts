import type { Clock } from "../http/clock";
import type { Job } from "./job";
import { MOST_IDS_A_REQUEST, type JobsClient } from "./jobs-client";

interface Asked {
  readonly id: string;
  readonly resolve: (job: Job | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** The engine reads several resources at a time, but not in the same moment: so long the first waits for the others. */
const GATHER_MS = 50;

/** Serves many reads of jobs from few requests: whatever is asked for at one time, in one sandbox, shares a bulk-get. */
export class JobReader {
  private readonly queues = new Map<string, Asked[]>();

  constructor(
    private readonly client: JobsClient,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined when the service knows no such job (any more). */
  find(sandbox: string, id: string): Promise<Job | undefined> {
    return new Promise((resolve, reject) => {
      const queue = this.queues.get(sandbox);
      if (queue) queue.push({ id, resolve, reject });
      else {
        this.queues.set(sandbox, [{ id, resolve, reject }]);
        void this.clock.sleep(GATHER_MS).then(() => this.answer(sandbox));
      }
    });
  }

  private async answer(sandbox: string): Promise<void> {
    const asked = this.queues.get(sandbox) ?? [];
    this.queues.delete(sandbox);
    const ids = [...new Set(asked.map(({ id }) => id))];
    for (let start = 0; start < ids.length; start += MOST_IDS_A_REQUEST) {
      const some = new Set(ids.slice(start, start + MOST_IDS_A_REQUEST));
      const group = asked.filter(({ id }) => some.has(id));
      try {
        const jobs = await this.read(sandbox, [...some]);
        for (const { id, resolve } of group) resolve(jobs.get(id));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
  }

  private async read(sandbox: string, ids: readonly string[]): Promise<ReadonlyMap<string, Job>> {
    const jobs = new Map(ids.length > 1 ? await this.client.getMany(sandbox, ids) : []);
    // What a bulk-get does with an unknown ID is not documented, so a job counts as gone only by its own 404.
    for (const id of ids) {
      if (jobs.has(id)) continue;
      const job = await this.client.get(sandbox, id);
      if (job) jobs.set(id, job);
    }
    return jobs;
  }
}
