import type { Job } from "./job";
import { CjaError } from "../http/errors";
import { formatDuration } from "../format-duration";
import { isStartedByPulumiCja } from "./find-started-job";
import { DAY_MS, type SandboxDay } from "./runs-of-day";

/** What a sandbox has run on a day, and will before the run in question. */
export interface DayUsage extends Omit<SandboxDay, "plannedCount"> {
  readonly runsAhead: number;
  /** What they are: `planned before this one`. */
  readonly aheadText: string;
}

/** A run above `cja:maxRunsPerDay`: nothing was sent. */
export class RunLimitError extends CjaError {}

/**
 * @param maxRuns the setting
 * @throws RunLimitError where the day has no room for one more
 */
export function throwIfDayIsFull(
  { sandbox, dayStart, runs: runsToday, runsAhead, aheadText }: DayUsage,
  maxRuns: number,
  now: number,
): void {
  if (runsToday.length + runsAhead < maxRuns) return;
  const aheadClause = runsAhead === 0 ? "" : ` and ${runsAhead} ${runsAhead === 1 ? "is" : "are"} ${aheadText}`;
  const runs = `${runsToday.length} ${runsToday.length === 1 ? "run was" : "runs were"} started there today (UTC)`;
  throw new RunLimitError({
    operation: `run a segment job in the sandbox ${JSON.stringify(sandbox)}`,
    method: "",
    path: "",
    happened: `${runs}${aheadClause}, and cja:maxRunsPerDay (CJA_MAX_RUNS_PER_DAY) is ${maxRuns}`,
    advice: [
      ...(runsToday.length === 0 ? [] : ["Started today:", ...runsToday.map(runLine)]),
      `Wait until 00:00 UTC (${formatDuration(dayStart + DAY_MS - now)}), raise cja:maxRunsPerDay, or remove the changed trigger, the changed audiences or the new job from the program.`,
    ].join("\n"),
  });
}

function runLine(job: Job): string {
  const startTime = new Date(job.creationTime ?? 0).toISOString().slice(11, 16);
  const request = job.requestId === undefined ? "" : `, request ${job.requestId}`;
  return `  ${job.id}, ${startTime} UTC, ${job.status}, by ${isStartedByPulumiCja(job) ? "pulumi-cja" : "somebody else"}${request}`;
}
