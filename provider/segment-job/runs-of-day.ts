import type { Clock } from "../clock";
import type { Job } from "./job";
import type { JobsClient } from "./client";

export const DAY_MS = 86_400_000;

/** When the day of a moment began, by UTC. */
export const startOfDay = (now: number): number => Math.floor(now / DAY_MS) * DAY_MS;

/** What a sandbox runs on one day, by UTC. */
export interface SandboxDay {
  readonly sandbox: string;
  /** When it began, in milliseconds since 1970. */
  readonly dayStart: number;
  /** On demand, the newest first: the nightly schedule has a budget of its own. As of the first question of this process. */
  readonly runs: readonly Job[];
  /** Those that this process has planned since; they may have been made by now. */
  plannedCount: number;
}

/**
 * The runs of the day that goes on, read once for each sandbox: before the first run of this process, so that none of its own is
 * among those that are made.
 */
export class RunsByDay {
  private readonly days = new Map<string, Promise<SandboxDay>>();

  constructor(
    private readonly client: JobsClient,
    private readonly clock: Clock,
  ) {}

  async forSandbox(sandbox: string): Promise<SandboxDay> {
    const dayStart = startOfDay(this.clock.now());
    const key = `${dayStart} ${sandbox}`;
    let day = this.days.get(key);
    if (!day) {
      day = listRunsSince(this.client, sandbox, dayStart).then((runs) => ({
        sandbox,
        dayStart,
        runs,
        plannedCount: 0,
      }));
      this.days.set(key, day);
      // The next question asks again after a failure.
      day.catch(() => this.days.delete(key));
    }
    return day;
  }
}

/** The runs on demand since a moment: pages of the listing, the newest first, until one has an older job. */
export async function listRunsSince(client: JobsClient, sandbox: string, dayStart: number): Promise<readonly Job[]> {
  const found: Job[] = [];
  for await (const { items } of client.pages(sandbox)) {
    found.push(...items);
    if (items.some(({ creationTime }) => creationTime !== undefined && creationTime < dayStart)) break;
  }
  return found.filter(({ source, creationTime = 0 }) => source === "api" && creationTime >= dayStart);
}
