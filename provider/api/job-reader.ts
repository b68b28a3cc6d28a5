import type { Clock } from "../http/clock";
import type { Job } from "./job";
import { JobCatalog } from "./job-catalog";
import type { JobsClient } from "./jobs-client";

/** The engine reads several resources at a time, but not in the same moment: so long the first waits for the others. */
const GATHER_MS = 50;

/** Serves many reads of jobs from few requests: whatever is asked for at one time, in one sandbox, shares them. */
export class JobReader {
  private readonly sandboxes = new Map<string, Sandbox>();

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
    const { catalog, finds } = this.sandbox(sandbox);
    const known = catalog.known(id);
    return known ? Promise.resolve(known) : finds.ask(id);
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
    this.sandbox(sandbox).catalog.forget(id);
  }

  private sandbox(name: string): Sandbox {
    const known = this.sandboxes.get(name);
    if (known) return known;
    const catalog = new JobCatalog(this.client, this.clock, name);
    const made = {
      catalog,
      finds: new Gathering(this.clock, (ids) => catalog.find(ids)),
      polls: new Gathering(this.clock, (ids) => catalog.ask(ids)),
    };
    this.sandboxes.set(name, made);
    return made;
  }
}

interface Sandbox {
  readonly catalog: JobCatalog;
  readonly finds: Gathering;
  readonly polls: Gathering;
}

interface Asked {
  readonly id: string;
  readonly resolve: (job: Job | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Lets those who ask in the same moment be answered together, and those who ask meanwhile after them. */
class Gathering {
  private asked: Asked[] = [];
  private working = false;

  constructor(
    private readonly clock: Clock,
    private readonly answer: (ids: readonly string[]) => Promise<ReadonlyMap<string, Job>>,
  ) {}

  ask(id: string): Promise<Job | undefined> {
    return new Promise((resolve, reject) => {
      this.asked.push({ id, resolve, reject });
      void this.work();
    });
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    while (this.asked.length > 0) {
      await this.clock.sleep(GATHER_MS);
      const asked = this.asked.splice(0);
      try {
        const jobs = await this.answer([...new Set(asked.map(({ id }) => id))]);
        for (const { id, resolve } of asked) resolve(jobs.get(id));
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    this.working = false;
  }
}
