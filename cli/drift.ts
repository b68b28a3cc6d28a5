import { Command, Option } from "commander";
import { markdown } from "../review/markdown/markdown";
import type { ReviewOptions } from "../review/report/options";
import { reportOf } from "../review/report/report-of";
import type { Report } from "../review/report/report";
import { plainText } from "../review/text/text";
import { namesIn } from "./names-file";
import { pulumi } from "./pulumi-process";

/** What `drift` needs of the process it runs in. */
export interface DriftTerminal {
  readonly write: (text: string) => void;
  readonly environment: NodeJS.ProcessEnv;
  readonly exit: (status: number) => void;
}

const FORMATS = ["text", "markdown", "json"] as const;
/** As the engine's own `--expect-no-changes`. */
const DRIFT = 7;

interface DriftFlags {
  readonly format: (typeof FORMATS)[number];
  readonly stack?: string;
  readonly cwd?: string;
  readonly names?: string;
}

const examples = `
Examples:
  $ pulumi-cja drift --stack prod
  $ pulumi-cja drift --stack prod --format markdown >> "$GITHUB_STEP_SUMMARY"

It runs "pulumi refresh --preview-only", which writes nothing, neither at Adobe nor in the state.
Exit status: 0 no drift, 7 drift, 1 it could not be found out.
`;

/** `pulumi-cja drift`: what was changed elsewhere since the last deployment. */
export function driftCommand(terminal: DriftTerminal = processTerminal()): Command {
  return new Command("drift")
    .description("say what was changed in the UI since the last deployment")
    .option("-s, --stack <name>", "the stack; by default the selected one")
    .option("-C, --cwd <folder>", "the folder of the Pulumi project")
    .addOption(new Option("-f, --format <format>", "what to print").choices(FORMATS).default("text"))
    .option("--names <file>", "JSON with the names of dimensions, metrics, date ranges and segments by ID")
    .addHelpText("after", examples)
    .action((flags: DriftFlags) => drift(flags, terminal));
}

async function drift({ format, stack, cwd, names }: DriftFlags, terminal: DriftTerminal): Promise<void> {
  const chosen = stack === undefined ? [] : ["--stack", stack];
  const args = ["refresh", "--preview-only", "--json", "--non-interactive", ...chosen];
  const { output } = await pulumi(args, cwd, terminal.environment);
  const options: ReviewOptions = names === undefined ? {} : { names: namesIn(names) };
  const report = reportOf([{ name: `pulumi ${args.join(" ")}`, text: output }], options);
  const print = {
    text: () => plainText(report),
    markdown: () => markdown(report, options),
    json: () => `${JSON.stringify(report, null, 2)}\n`,
  };
  terminal.write(print[format]());
  terminal.exit(statusOf(report));
}

function statusOf({ stacks, unreadable }: Report): number {
  if (unreadable.length > 0 || stacks.some(({ failures }) => failures.length > 0)) return 1;
  return stacks.some(({ counts }) => counts.drift > 0) ? DRIFT : 0;
}

function processTerminal(): DriftTerminal {
  return {
    write: (text) => void process.stdout.write(text),
    environment: process.env,
    exit: (status) => void (process.exitCode = status),
  };
}
