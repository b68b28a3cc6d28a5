import type { Clock } from "../clock";
import { SandboxReader } from "../http/sandbox-reader";
import type { Audience } from "./audience";
import type { AudiencesClient } from "./client";

/** How long an answer stands for the service. Our own writes end it at once. */
const CACHE_LIFETIME_MS = 5 * 60_000;

/** So many audiences of a sandbox are listed with fewer requests than a stack of them asks for by ID, eight at a time: 600. */
const EXTRA_PAGES = 9;

/** Serves many reads of audiences from few requests. The listing leaves out inactive ones: these are asked for by ID. */
export class AudienceReader extends SandboxReader<Audience> {
  constructor(client: AudiencesClient, clock: Clock) {
    super(
      {
        get: (sandbox, id) => client.get(sandbox, id),
        getMany: (sandbox, ids) => client.getMany(sandbox, ids),
        pages: (sandbox) => client.pages(sandbox, {}, 1),
        // Whoever takes one for gone asks the listing for its name: see `isGone`.
        findListed: async () => [],
        lifetimeMs: CACHE_LIFETIME_MS,
        extraPages: EXTRA_PAGES,
      },
      clock,
    );
  }
}
