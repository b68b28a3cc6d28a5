import type { Clock } from "../clock";
import { Gathering } from "../http/batcher";
import type { Job } from "./job";
import { JobCatalog } from "./catalog";
import type { JobsClient } from "./client";

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
  readonly finds: Gathering<Job>;
  readonly polls: Gathering<Job>;
}
