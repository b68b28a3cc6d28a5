import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { text as readAll } from "node:stream/consumers";
import { Command, InvalidArgumentError, Option } from "commander";
import { html } from "../review/html/html";
import { markdown } from "../review/markdown/markdown";
import { EXIT, exitStatus, GATES, shutGates, type Gate } from "../review/report/outcome";
import { reportOf, type Source } from "../review/report/report-of";
import type { ReviewOptions } from "../review/report/options";
import { plainText } from "../review/text/text";
import { namesIn } from "./names-file";
import { LENGTHS, post, SERVICES, type Service } from "./post/post";

/** What `review` needs of the process it runs in. */
export interface ReviewTerminal {
  readonly write: (text: string) => void;
  readonly say: (line: string) => void;
  readonly standardInput: () => Promise<string>;
  readonly environment: NodeJS.ProcessEnv;
  readonly exit: (status: number) => void;
}

const FORMATS = ["markdown", "text", "json"] as const;

interface ReviewFlags {
  readonly format: (typeof FORMATS)[number];
  readonly maxLength?: number;
  readonly failOn?: readonly Gate[];
  readonly names?: string;
  readonly out?: string;
  readonly html?: string;
  readonly post?: Service;
  readonly repository?: string;
  readonly pullRequest?: number;
}

const examples = `
Examples:
  $ pulumi preview --json | pulumi-cja review
  $ pulumi preview --json --refresh > preview.json; pulumi-cja review preview.json        with edits made in the UI
  $ pulumi-cja review dev.json stage.json prod.json --format text
  $ pulumi-cja review preview.json --fail-on delete,run      a gate
  $ pulumi-cja review preview.json --post github      with GITHUB_TOKEN, in a workflow with "permissions: pull-requests: write"
  $ pulumi-cja review preview.json --post gitlab      with GITLAB_TOKEN (scope api), in a merge request pipeline
  $ pulumi-cja review preview.json --post github --repository acme/web --pull-request 7      from anywhere

A post is one comment for each stack, brought up to date by the next run. Where nothing changes, and no comment stands, none is made.

Exit status: 0 nothing changes, 2 something changes, 3 something is deleted, replaced or run, 1 the preview failed or could not be
read, a gate of --fail-on is shut, or it could not be posted.
`;

/** `pulumi-cja review`: a plan as a reviewer reads it. */
export function reviewCommand(terminal: ReviewTerminal = processTerminal()): Command {
  return new Command("review")
    .description("say what a preview would change, in words that a reviewer can read")
    .argument(
      "[files...]",
      'output of "pulumi preview --json", of one stack or of several; - or nothing for standard input',
    )
    .addOption(new Option("-f, --format <format>", "what to print").choices(FORMATS).default("markdown"))
    .option(
      "--max-length <characters>",
      `of a comment: diagrams go first, then details (default: ${LENGTHS.github}, with --post gitlab ${LENGTHS.gitlab})`,
      wholeNumber,
    )
    .option("--fail-on <list>", `exit with 1 if the plan does one of these: ${GATES.join(",")}`, gatesOf)
    .option("--names <file>", "JSON with the names of dimensions, metrics, date ranges and segments by ID")
    .option("-o, --out <file>", "write it there instead")
    .option("--html <file>", "write a page with all of it there, too: before beside after, diagrams, no network")
    .addOption(new Option("--post <service>", "post it, too, as a comment of its own for each stack").choices(SERVICES))
    .option("--repository <name>", "where to post: owner/name, of GitLab a project's ID or path; default: the CI job's")
    .option("--pull-request <number>", "pull request or merge request to post to; default: the CI job's", wholeNumber)
    .addHelpText("after", examples)
    .action((files: readonly string[], flags: ReviewFlags) => review(files, flags, terminal));
}

async function review(files: readonly string[], flags: ReviewFlags, terminal: ReviewTerminal): Promise<void> {
  const { environment } = terminal;
  const options: ReviewOptions = {
    ...(flags.names !== undefined && { names: namesIn(flags.names) }),
    ...(environment["CJA_VALIDATE"] && { validate: environment["CJA_VALIDATE"] }),
    ...(environment["CJA_SANDBOX"] && { sandbox: environment["CJA_SANDBOX"] }),
  };
  const sources = await sourcesOf(files, terminal);
  const report = reportOf(sources, options);
  const { post: service, repository, pullRequest, maxLength = LENGTHS[service ?? "github"] } = flags;
  const comment = () => markdown(report, { ...options, maxLength });
  const printed = {
    markdown: comment,
    text: () => plainText(report),
    json: () => `${JSON.stringify(report, null, 2)}\n`,
  }[flags.format]();
  if (flags.out === undefined) terminal.write(printed);
  else writeFileSync(flags.out, printed);
  if (flags.html !== undefined) writeFileSync(flags.html, html(report, options));
  // Shown on the page of the workflow's run: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
  const summary = environment["GITHUB_STEP_SUMMARY"];
  if (summary) appendFileSync(summary, `${comment()}\n`);
  const shut = shutGates(report, flags.failOn ?? []);
  if (shut.length > 0) terminal.say(`pulumi-cja: refused by --fail-on: ${shut.join("; ")}`);
  terminal.exit(shut.length > 0 ? EXIT.failed : exitStatus(report));
  // Last, and whatever the gates say: a plan that is refused is one to be read.
  if (service !== undefined)
    await post(sources, { service, repository, pullRequest, maxLength, review: options }, terminal);
}

async function sourcesOf(files: readonly string[], { standardInput }: ReviewTerminal): Promise<Source[]> {
  const names = files.length === 0 ? ["-"] : files;
  return Promise.all(
    names.map(async (name) =>
      name === "-" ? { name: "standard input", text: await standardInput() } : fileSource(name),
    ),
  );
}

/** A file that is not there is what a preview left that could not even begin: that is told like any other failure. */
function fileSource(name: string): Source {
  try {
    return { name, text: readFileSync(name, "utf8") };
  } catch (error) {
    return { name, text: "", missing: error instanceof Error ? error.message : String(error) };
  }
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("A whole number is expected.");
  return Number(text);
}

function gatesOf(text: string): readonly Gate[] {
  return text.split(",").map((word) => {
    const gate = GATES.find((known) => known === word.trim());
    if (!gate) throw new InvalidArgumentError(`Known are ${GATES.join(", ")}.`);
    return gate;
  });
}

function processTerminal(): ReviewTerminal {
  return {
    write: (text) => void process.stdout.write(text),
    say: (line) => void process.stderr.write(`${line}\n`),
    standardInput: () => {
      if (process.stdin.isTTY) process.stderr.write("Reading a preview from standard input …\n");
      return readAll(process.stdin);
    },
    environment: process.env,
    exit: (status) => void (process.exitCode = status),
  };
}
