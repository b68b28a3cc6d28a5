import type { Job } from "./job";
import { CjaError } from "../http/errors";
import { timeSpan } from "../format-duration";
import { isOurs } from "./find-started-job";
import { DAY_MS, type DayOfSandbox } from "./runs-of-day";

/** What a sandbox has run on a day, and will before the run in question. */
export interface FullDay extends Omit<DayOfSandbox, "planned"> {
  readonly before: number;
  /** What they are: `planned before this one`. */
  readonly how: string;
}

/** A run above `cja:maxRunsPerDay`: nothing was sent. */
export class RunLimitError extends CjaError {}

/**
 * @param most the setting
 * @throws RunLimitError where the day has no room for one more
 */
export function refuseRun({ sandbox, began, made, before, how }: FullDay, most: number, now: number): void {
  if (made.length + before < most) return;
  const ahead = before === 0 ? "" : ` and ${before} ${before === 1 ? "is" : "are"} ${how}`;
  const runs = `${made.length} ${made.length === 1 ? "run was" : "runs were"} made there today (UTC)`;
  throw new RunLimitError({
    operation: `run a segment job in the sandbox ${JSON.stringify(sandbox)}`,
    method: "",
    path: "",
    happened: `${runs}${ahead}, and cja:maxRunsPerDay (CJA_MAX_RUNS_PER_DAY) is ${most}`,
    advice: [
      ...(made.length === 0 ? [] : ["Made today:", ...made.map(line)]),
      `Wait until 00:00 UTC (${timeSpan(began + DAY_MS - now)}), raise cja:maxRunsPerDay, or take the changed trigger, audiences or new job out of the program.`,
    ].join("\n"),
  });
}

function line(job: Job): string {
  const at = new Date(job.creationTime ?? 0).toISOString().slice(11, 16);
  const request = job.requestId === undefined ? "" : `, request ${job.requestId}`;
  return `  ${job.id}, ${at} UTC, ${job.status}, by ${isOurs(job) ? "pulumi-cja" : "somebody else"}${request}`;
}
