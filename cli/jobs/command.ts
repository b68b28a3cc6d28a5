import { Command, InvalidArgumentError, Option } from "commander";
import type { Jobs } from "./html/page";
import { toJobLine, formatJobTable, formatJobLine } from "./job-table";
import { formatWarningLine } from "../../model/notices";
import { writeOutputFile } from "../output-file";
import { isOver, isUnknownStatus, JOB_STATUSES, unknownStatusText, type Job } from "../../provider/segment-job/job";
import type { JobsClient } from "../../provider/segment-job/client";
import { formatDuration } from "../../provider/format-duration";
import { logOnce } from "../../provider/log-once";
import { openCommandRuntime } from "../command-runtime";
import { withSafeOutput } from "../safe-output";
import { processTerminal, type Terminal } from "../terminal";
import { parseWholeNumber } from "../parse-whole-number";

interface JobsFlags {
  readonly status?: readonly string[];
  readonly sandbox?: string;
  readonly limit: number;
  readonly watch?: true;
  readonly json?: true;
  readonly html?: string;
}

const WATCH_INTERVAL_MS = 30_000;
/** Clears the screen, and puts the cursor at its beginning. */
const CLEAR = "\u001b[2J\u001b[H";

const examples = `
Examples:
  $ pulumi-cja jobs
  $ pulumi-cja jobs --status PROCESSING,QUEUED --watch      until none of them is active
  $ pulumi-cja jobs --sandbox dev --limit 100 --json
  $ pulumi-cja jobs --limit 100 --html jobs.html      charts of profiles and durations; with --watch, updated at each look

Settings come from the environment (CJA_ORG_ID …), else from the selected stack's config. Each look takes one request for each hundred jobs.
Exit status: 0, or 1 if the jobs cannot be read or the page cannot be written.
`;

/** `pulumi-cja jobs`: the segment jobs of a sandbox, the newest first. */
export function jobsCommand(overrides: Partial<Terminal> = {}): Command {
  // The door would show it as text.
  const clear = () => processTerminal(overrides).write(CLEAR);
  return new Command("jobs")
    .description("list the segment jobs of a sandbox: status, duration, profiles")
    .addOption(new Option("--status <list>", `only these: ${JOB_STATUSES.join(",")}`).argParser(parseStatuses))
    .option("--sandbox <name>", "default: CJA_SANDBOX or cja:sandbox, else prod")
    .option("-n, --limit <count>", "how many, the newest first", parseWholeNumber, 20)
    .option("-w, --watch", "look again every 30 s while one of them is active")
    .option("--json", "print JSON, for scripts")
    .option(
      "--html <file>",
      "also write a page with charts of profiles, durations and statuses; it needs no network and no script",
    )
    .addHelpText("after", examples)
    .action(withSafeOutput(overrides, (terminal, flags: JobsFlags) => jobs(flags, terminal, clear)));
}

async function jobs(flags: JobsFlags, terminal: Terminal, clear: () => void): Promise<void> {
  const { watch = false, json = false } = flags;
  const { jobs: client, settings } = await openCommandRuntime(terminal);
  const sandbox = flags.sandbox ?? settings.sandbox;
  const warnOnce = logOnce(terminal.log);
  let listedBefore: ReadonlyMap<string, Job> = new Map();
  for (;;) {
    const found = await listNewestJobs(client, sandbox, flags, listedBefore);
    const now = terminal.clock.now();
    if (json) terminal.write(`${JSON.stringify(found, null, 2)}\n`);
    else if (!watch || terminal.isInteractive) {
      if (watch) clear();
      terminal.write(
        `${found.length === 0 ? "No such jobs." : formatJobTable(found.map((job) => toJobLine(job, now)))}\n`,
      );
    } else {
      // In a log a line is written once: what has changed since the last look.
      for (const job of found)
        if (listedBefore.get(job.id)?.status !== job.status) terminal.write(`${formatJobLine(toJobLine(job, now))}\n`);
    }
    listedBefore = new Map(found.map((job) => [job.id, job]));
    if (flags.html !== undefined) writePage(flags.html, { sandbox, jobs: found, now });
    const unknownStatusJobs = found.filter(({ status }) => isUnknownStatus(status));
    for (const job of unknownStatusJobs) warnOnce(formatWarningLine(unknownStatusText(job)));
    // Who waits for one of them may wait for ever.
    if (!watch || found.every((job) => isOver(job.status) || unknownStatusJobs.includes(job))) return;
    if (terminal.isInteractive)
      terminal.log(`looking again in ${formatDuration(WATCH_INTERVAL_MS)}; press Ctrl-C to stop`);
    await terminal.clock.sleep(WATCH_INTERVAL_MS);
  }
}

/** What draws the charts is large, and loaded only for them. */
function writePage(file: string, jobs: Jobs): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { jobsPage } = require("./html/page") as typeof import("./html/page");
  const page = jobsPage(jobs);
  try {
    writeOutputFile(file, page);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`--html ${file}: ${reason}; name a file in a folder that you can write to`, { cause: error });
  }
}

/**
 * Reads pages of the listing until there are enough jobs.
 *
 * @param listedBefore those of the last look: they stay, whatever their status is now, and those that were active then are read however many
 *   newer jobs there are, or a watch would end without saying how they ended
 */
async function listNewestJobs(
  client: JobsClient,
  sandbox: string,
  { limit, status }: JobsFlags,
  listedBefore: ReadonlyMap<string, Job>,
): Promise<Job[]> {
  const watched = new Set([...listedBefore.values()].filter((job) => !isOver(job.status)).map(({ id }) => id));
  const unread = new Set(watched);
  const found: Job[] = [];
  for await (const { items } of client.pages(sandbox)) {
    const isListed = (job: Job) => status === undefined || status.includes(job.status) || listedBefore.has(job.id);
    found.push(...items.filter(isListed));
    for (const { id } of items) unread.delete(id);
    if (found.length >= limit && unread.size === 0) break;
  }
  return found.filter(({ id }, index) => index < limit || watched.has(id));
}

function parseStatuses(text: string): readonly string[] {
  return text.split(",").map((word) => {
    const status = JOB_STATUSES.find((known) => known === word.trim().toUpperCase());
    if (!status) throw new InvalidArgumentError(`Use one of ${JOB_STATUSES.join(", ")}.`);
    return status;
  });
}
