import type { Clock } from "../clock";
import type { Job } from "./job";
import type { JobsClient } from "./client";

export const DAY_MS = 86_400_000;

/** When the day of a moment began, by UTC. */
export const dayOf = (now: number): number => Math.floor(now / DAY_MS) * DAY_MS;

/** What a sandbox runs on one day, by UTC. */
export interface DayOfSandbox {
  readonly sandbox: string;
  /** When it began, in milliseconds since 1970. */
  readonly began: number;
  /** On demand, the newest first: the nightly schedule has a budget of its own. As of the first question of this process. */
  readonly made: readonly Job[];
  /** Those that this process has planned since; they may have been made by now. */
  planned: number;
}

/**
 * The runs of the day that goes on, read once for each sandbox: before the first run of this process, so that none of its own is
 * among those that are made.
 */
export class RunsOfDay {
  private readonly days = new Map<string, Promise<DayOfSandbox>>();

  constructor(
    private readonly client: JobsClient,
    private readonly clock: Clock,
  ) {}

  async in(sandbox: string): Promise<DayOfSandbox> {
    const began = dayOf(this.clock.now());
    const key = `${began} ${sandbox}`;
    let day = this.days.get(key);
    if (!day) {
      day = runsSince(this.client, sandbox, began).then((made) => ({ sandbox, began, made, planned: 0 }));
      this.days.set(key, day);
      // The next question asks again after a failure.
      day.catch(() => this.days.delete(key));
    }
    return day;
  }
}

/** The runs on demand since a moment: pages of the listing, the newest first, until one has an older job. */
export async function runsSince(client: JobsClient, sandbox: string, began: number): Promise<readonly Job[]> {
  const found: Job[] = [];
  for await (const { items } of client.pages(sandbox)) {
    found.push(...items);
    if (items.some(({ creationTime }) => creationTime !== undefined && creationTime < began)) break;
  }
  return found.filter(({ source, creationTime = 0 }) => source === "api" && creationTime >= began);
}
