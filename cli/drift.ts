import { setTimeout } from "node:timers/promises";
import { Command, Option } from "commander";
import { markdown } from "./review/markdown/markdown";
import type { ReviewOptions } from "./review/report/report";
import { createReport } from "./review/report/create-report";
import type { Report } from "./review/report/report";
import { plainText } from "./review/text";
import { writeJson } from "../definition/json";
import { withSafeOutput, withSafeChannels } from "./safe-output";
import { API_WORDS_OPTION, levelWordsFor, NAMES_OPTION, readNamesFile } from "./names-file";
import { pulumi } from "./pulumi-process";
import type { Terminal } from "./terminal";

const FORMATS = ["text", "markdown", "json"] as const;
/** As the engine's own `--expect-no-changes`. */
const DRIFT_EXIT_STATUS = 7;

interface DriftFlags {
  readonly format: (typeof FORMATS)[number];
  readonly stack?: string;
  readonly cwd?: string;
  readonly names?: string;
  readonly apiWords?: boolean;
}

const examples = `
Examples:
  $ pulumi-cja drift --stack prod
  $ pulumi-cja drift --stack prod --format markdown >> "$GITHUB_STEP_SUMMARY"

It runs "pulumi refresh --preview-only", which writes nothing, neither at Adobe nor in the state.
Exit status: 0 no drift, 7 drift, 1 the check failed.
`;

/** `pulumi-cja drift`: what was changed elsewhere since the last deployment. */
export function driftCommand(overrides: Partial<Terminal> = {}, notice: WaitNotice = processWaitNotice()): Command {
  return new Command("drift")
    .description("show what changed in the UI since the last deployment")
    .option("-s, --stack <name>", "the stack; by default the selected one")
    .option("-C, --cwd <folder>", "the folder of the Pulumi project")
    .addOption(new Option("-f, --format <format>", "output format").choices(FORMATS).default("text"))
    .option(...NAMES_OPTION)
    .option(...API_WORDS_OPTION)
    .addHelpText("after", examples)
    .action(
      withSafeOutput(overrides, (terminal, flags: DriftFlags) => drift(flags, terminal, withSafeChannels(notice))),
    );
}

async function drift(
  { format, stack, cwd, names, apiWords }: DriftFlags,
  terminal: Terminal,
  notice: WaitNotice,
): Promise<void> {
  const chosen = stack === undefined ? [] : ["--stack", stack];
  const args = ["refresh", "--preview-only", "--json", "--non-interactive", ...chosen];
  const options: ReviewOptions = {
    ...(names !== undefined && { names: readNamesFile(names) }),
    ...levelWordsFor(apiWords),
  };
  const command = `pulumi ${args.join(" ")}`;
  const { output, status } = await withWaitNotice(command, pulumi(args, cwd, terminal.environment, notice.log), notice);
  const report = createReport([{ name: command, text: output }], options);
  const failed = status !== 0 && !hasFailure(report);
  if (failed && report.unreadable.length > 0) {
    // Its own words, which it may have printed instead.
    if (output.trim() !== "") notice.log(output.trimEnd());
    throw new Error(FAILED);
  }
  const print = {
    text: () => plainText(report),
    markdown: () => markdown(report, options),
    json: () => `${writeJson(report, 2)}\n`,
  };
  terminal.write(print[format]());
  if (failed) throw new Error(FAILED);
  if (isInconclusive(report))
    throw new Error(
      `the output of ${command} does not show everything that changed elsewhere: look at it, or update pulumi-cja`,
    );
  terminal.exit(statusOf(report));
}

const FAILED = "pulumi failed: see its output above";

const hasFailure = ({ stacks }: Report): boolean => stacks.some(({ failures }) => failures.length > 0);

/** A plan that nobody has compared with what is there, or a finding that no refresh is known to make. */
const isInconclusive = ({ stacks }: Report): boolean =>
  stacks.some(({ failures, refresh, others }) => failures.length === 0 && (refresh !== "alone" || others.length > 0));

function statusOf(report: Report): number {
  if (report.unreadable.length > 0 || hasFailure(report)) return 1;
  return report.stacks.some(({ counts }) => counts.drift > 0) ? DRIFT_EXIT_STATUS : 0;
}

/** From then on a reader wonders whether it hangs. */
const NOTICE_AFTER_MS = 10_000;

export interface WaitNotice {
  /** It may be given up by the signal. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly log: (line: string) => void;
}

/** Says once what is waited for, where that takes long. */
export async function withWaitNotice<T>(what: string, work: Promise<T>, { sleep, log }: WaitNotice): Promise<T> {
  const done = new AbortController();
  void sleep(NOTICE_AFTER_MS, done.signal).then(
    () => log(`pulumi-cja: still waiting for ${what} …`),
    () => undefined,
  );
  try {
    return await work;
  } finally {
    done.abort();
  }
}

const processWaitNotice = (): WaitNotice => ({
  log: (line) => void process.stderr.write(`${line}\n`),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
});
