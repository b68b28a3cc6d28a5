import type { Clock } from "../clock";
import { SandboxReader } from "../http/sandbox-reader";
import type { JobsClient } from "./client";
import { isOver, type Job } from "./job";

/** Longer than the engine needs to read the jobs of a stack, and too short for anybody to miss what has changed since. */
const CACHE_LIFETIME_MS = 30_000;

/** Serves many reads of jobs from few requests. A finished job does not change, and is known from then on. */
export class JobReader extends SandboxReader<Job> {
  constructor(client: JobsClient, clock: Clock) {
    super(
      {
        get: (sandbox, id) => client.get(sandbox, id),
        getMany: (sandbox, ids) => client.getMany(sandbox, ids),
        pages: (sandbox) => client.pages(sandbox, 1),
        findListed: (sandbox, ids) => findInNewest(client, sandbox, ids),
        lifetimeMs: CACHE_LIFETIME_MS,
        isFinal: ({ status }) => isOver(status),
        extraPages: 1,
      },
      clock,
    );
  }
}

/**
 * What a 404 says counts where the listing agrees: it fails where something else than the service has answered, and has the
 * job where the service was only late with it. An unfinished job was started lately, so that the newest are enough.
 */
async function findInNewest(client: JobsClient, sandbox: string, ids: readonly string[]): Promise<readonly Job[]> {
  const { value: newest } = await client.pages(sandbox).next();
  return (newest?.items ?? []).filter(({ id }) => ids.includes(id));
}
