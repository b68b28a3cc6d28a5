import { writeJson } from "../../definition/json";
import { inert } from "../../definition/sentences/sanitize-output";
import { openCommandRuntime, type CommandRuntime } from "../command-runtime";
import { behindDoor } from "../safe-output";
import { API_WORDS, NAMES, levelsOf, namesIn } from "../names-file";
import { LENGTHS, SERVICES, post } from "../post/post";
import { processTerminal, type Terminal } from "../terminal";
import { visible } from "../escape-invisible";
import { writeWhole } from "../output-file";
import { wholeNumber } from "../parse-whole-number";
import { Command, Option } from "commander";
import { appendFileSync } from "node:fs";
import { askNames, askUses } from "./fetch";
import { FORMATS, gatesOf, lengthOf, refuseWrongFlags, type ReviewFlags } from "./flags";
import { html } from "./html/html";
import { markdown } from "./markdown/markdown";
import { EXIT, GATES, exitStatus, shutGates } from "./report/outcome";
import type { ReviewOptions } from "./report/report";
import { reportOf } from "./report/create-report";
import { previewsOf, sourcesOf } from "./sources";
import { plainText } from "./text";

const examples = `
Examples:
  $ pulumi preview --json --refresh | pulumi-cja review      with edits made in the UI
  $ pulumi preview --json > preview.json; pulumi-cja review preview.json      without a look at them
  $ pulumi-cja review dev.json stage.json prod.json --format text
  $ pulumi-cja review preview.json --fail-on delete,run      a gate
  $ pulumi destroy --preview-only --json | pulumi-cja review --ask      what a destroy will meet
  $ pulumi-cja review preview.json --post github      with GITHUB_TOKEN, in a workflow with "permissions: pull-requests: write"
  $ pulumi-cja review preview.json --post gitlab      with GITLAB_TOKEN (scope api), in a merge request pipeline
  $ pulumi-cja review preview.json --post github --repository acme/web --pull-request 7      from anywhere

A post is one comment for each stack, brought up to date by the next run. Where nothing changes, and no comment stands, none is made.
Where $GITHUB_STEP_SUMMARY is set, the Markdown is added to that file, too: the page of a workflow's run shows it.

Exit status: 0 nothing changes, 2 something changes, 3 something is deleted, replaced or run, 1 the preview failed or could not be
read, a gate of --fail-on is shut, or it could not be written or posted.
`;

/** `pulumi-cja review`: a plan as a reviewer reads it. */
export function reviewCommand(given: Partial<Terminal> = reviewTerminal()): Command {
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
      lengthOf,
    )
    .option(
      "--fail-on <list>",
      `exit with 1 if the plan does one of these, several times too: ${GATES.join(",")}`,
      gatesOf,
    )
    .option(...NAMES)
    .option(...API_WORDS)
    .option(
      "--ask",
      "ask Adobe what uses the segments that are deleted or replaced, and for names, those of audiences too; settings: CJA_ORG_ID …",
    )
    .option("-o, --out <file>", "write it there instead")
    .option("--html <file>", "write a page with all of it there, too: before beside after, diagrams, no network")
    .addOption(new Option("--post <service>", "post it, too, as a comment of its own for each stack").choices(SERVICES))
    .option("--repository <name>", "where to post: owner/name, of GitLab a project's ID or path; default: the CI job's")
    .option("--pull-request <number>", "pull request or merge request to post to; default: the CI job's", wholeNumber)
    .addHelpText("after", examples)
    .action(
      behindDoor(given, (terminal, files: readonly string[], flags: ReviewFlags) => review(files, flags, terminal)),
    );
}

async function review(files: readonly string[], flags: ReviewFlags, terminal: Terminal): Promise<void> {
  refuseWrongFlags(files, flags);
  const { environment } = terminal;
  let isWhole = true;
  // What one file stands in the way of is no reason to keep the plan from its readers.
  const failed = (what: string, wayOut: string, error: unknown): undefined => {
    isWhole = false;
    tell(what, wayOut, error);
  };
  const tell = (what: string, wayOut: string, error: unknown): void => {
    const reason = visible(error instanceof Error ? error.message : String(error));
    terminal.say(`pulumi-cja: ${what}: ${reason}; ${wayOut}`);
  };
  const tried = <T>(what: string, wayOut: string, act: () => T): T | undefined => {
    try {
      return act();
    } catch (error) {
      return failed(what, wayOut, error);
    }
  };
  const { post: service, repository, pullRequest, maxLength = LENGTHS[service ?? "github"], names: namesFile } = flags;
  const names =
    namesFile === undefined
      ? undefined
      : tried(`--names ${namesFile}`, "IDs are shown instead; correct the file or leave the option out", () =>
          namesIn(namesFile),
        );
  const sources = await sourcesOf(files, terminal.standardInput);
  const previews = flags.ask ? sources.flatMap(previewsOf) : [];
  let runtime: Promise<CommandRuntime> | undefined;
  const open = () => (runtime ??= openCommandRuntime(terminal));
  const wayOut = "correct the settings, or leave the option out";
  const uses = await askUses(previews, open).catch((error: unknown) =>
    failed("--ask", `the review says nothing of use; ${wayOut}`, error),
  );
  // Whoever approves can do without names.
  const asked = await askNames(previews, environment["CJA_SANDBOX"] || undefined, open).catch(
    (error: unknown) => uses && tell("--ask", `IDs are shown instead of names; ${wayOut}`, error),
  );
  const options: ReviewOptions = {
    ...(flags.ask && uses !== undefined && { uses }),
    ...(asked && { asked }),
    ...(names !== undefined && { names }),
    ...levelsOf(flags.apiWords),
    ...(environment["CJA_VALIDATE"] && { validate: environment["CJA_VALIDATE"] }),
    ...(environment["CJA_SANDBOX"] && { sandbox: environment["CJA_SANDBOX"] }),
  };
  const report = reportOf(sources, options);
  const comment = () => markdown(report, { ...options, maxLength });
  const printed = {
    markdown: comment,
    text: () => plainText(report),
    json: () => `${writeJson(report, 2)}\n`,
  }[flags.format]();
  const elsewhere = "name a file in a folder that can be written to";
  const { out, html: page } = flags;
  if (out === undefined) terminal.write(printed);
  else tried(`--out ${out}`, elsewhere, () => writeWhole(out, inert(printed)));
  if (page !== undefined) {
    const text = html(report, options);
    tried(`--html ${page}`, elsewhere, () => writeWhole(page, text));
  }
  // Shown on the page of the workflow's run: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
  const summary = environment["GITHUB_STEP_SUMMARY"];
  if (summary)
    tried("GITHUB_STEP_SUMMARY", "unset it where no workflow runs", () => appendFileSync(summary, `${comment()}\n`));
  const shut = shutGates(report, flags.failOn ?? []);
  if (shut.length > 0) terminal.say(`pulumi-cja: refused by --fail-on: ${shut.join("; ")}`);
  terminal.exit(shut.length > 0 || !isWhole ? EXIT.failed : exitStatus(report));
  // Last, and whatever the gates say: a plan that is refused is one to be read.
  if (service !== undefined)
    await post(sources, { service, repository, pullRequest, maxLength, review: options }, terminal);
}

function reviewTerminal(): Terminal {
  const terminal = processTerminal();
  const standardInput = () => {
    if (process.stdin.isTTY) terminal.say("Reading a preview from standard input …");
    return terminal.standardInput();
  };
  return { ...terminal, standardInput };
}
