import { writeJson } from "../../definition/json";
import { sanitizeOutput } from "../../definition/sentences/sanitize-output";
import { openCommandRuntime, type CommandRuntime } from "../command-runtime";
import { withSafeOutput } from "../safe-output";
import { API_WORDS_OPTION, NAMES_OPTION, levelWordsFor, readNamesFile } from "../names-file";
import { MAX_LENGTHS, SERVICES, post } from "../post/post";
import { processTerminal, type Terminal } from "../terminal";
import { escapeInvisible } from "../escape-invisible";
import { writeOutputFile } from "../output-file";
import { parseWholeNumber } from "../parse-whole-number";
import { Command, Option } from "commander";
import { appendFileSync } from "node:fs";
import { fetchNames, fetchUses } from "./fetch-names-and-uses";
import { FORMATS, parseGates, parseLength, parseSizes, refuseWrongFlags, type ReviewFlags } from "./flags";
import { fetchSizes, plannedSizes } from "../size/plan-sizes";
import { SizeBudget } from "../../provider/size/budget";
import { MAX_REPORTS_OPTION } from "../size/size-flags";
import { html } from "./html/html";
import { markdown } from "./markdown/markdown";
import { EXIT_STATUS, GATE_NAMES, exitStatus, violatedGates } from "./report/gates";
import type { ReviewOptions } from "./report/report";
import { createReport } from "./report/create-report";
import type { Preview } from "./preview/preview";
import type { SizeRange } from "../../provider/size/size";
import { progressOf, spentText } from "../size/size-change";
import { parsePreviews, readSources } from "./sources";
import { plainText } from "./text";

const examples = `
Examples:
  $ pulumi preview --json --refresh | pulumi-cja review      with edits made in the UI
  $ pulumi preview --json > preview.json; pulumi-cja review preview.json      without them
  $ pulumi-cja review dev.json stage.json prod.json --format text
  $ pulumi-cja review preview.json --fail-on delete,run      a gate
  $ pulumi destroy --preview-only --json | pulumi-cja review --ask      what would stop a destroy
  $ pulumi-cja review preview.json --sizes=90d --fail-on "size>20%"      how many people: a report for each six definitions
  $ pulumi-cja review preview.json --post github      with GITHUB_TOKEN, in a workflow with "permissions: pull-requests: write"
  $ pulumi-cja review preview.json --post gitlab      with GITLAB_TOKEN (scope api), in a merge request pipeline
  $ pulumi-cja review preview.json --post github --repository acme/web --pull-request 7      from anywhere

--post keeps one comment for each stack, and the next run updates it. If nothing changes and there is no comment, it creates none.
If $GITHUB_STEP_SUMMARY is set, the Markdown goes into that file, too: the page of the workflow's run shows it.

Exit status: 0 nothing changes, 2 something changes, 3 something is deleted, replaced or run, 1 the preview failed or could not be
read, --fail-on refuses the plan, or the review could not be written or posted.
`;

/** `pulumi-cja review`: a plan as a reviewer reads it. */
export function reviewCommand(overrides: Partial<Terminal> = reviewTerminal()): Command {
  return new Command("review")
    .description("explain to a reviewer what a preview would change")
    .argument(
      "[files...]",
      'output of "pulumi preview --json", of one stack or of several; - or nothing for standard input',
    )
    .addOption(new Option("-f, --format <format>", "output format").choices(FORMATS).default("markdown"))
    .option(
      "--max-length <characters>",
      `longest comment: it leaves out diagrams first, then details (default: ${MAX_LENGTHS.github}, with --post gitlab ${MAX_LENGTHS.gitlab})`,
      parseLength,
    )
    .option(
      "--fail-on <list>",
      `exit with 1 if the plan does one of these; may be repeated: ${GATE_NAMES.join(",")}`,
      parseGates,
    )
    .option(...NAMES_OPTION)
    .option(...API_WORDS_OPTION)
    .option(
      "--ask",
      "ask Adobe what uses the segments and audiences that the plan deletes or replaces, and for names, also of audiences; needs the settings (CJA_ORG_ID …)",
    )
    .addOption(
      new Option(
        "--sizes [days]",
        "ask Adobe how many people new and changed segments and audiences select, before and after: in the last 30 days, or so many (90d); needs the settings (CJA_ORG_ID …)",
      )
        .preset("30d")
        .argParser(parseSizes),
    )
    .option(...MAX_REPORTS_OPTION)
    .option("-o, --out <file>", "write the review to this file instead of standard output")
    .option("--html <file>", "also write a page with everything: before beside after, diagrams; it needs no network")
    .addOption(new Option("--post <service>", "also post the review, as one comment for each stack").choices(SERVICES))
    .option(
      "--repository <name>",
      "where to post: owner/name, or for GitLab a project's ID or path; default: the CI job's",
    )
    .option(
      "--pull-request <number>",
      "pull request or merge request to post to; default: the CI job's",
      parseWholeNumber,
    )
    .addHelpText("after", examples)
    .action(
      withSafeOutput(overrides, (terminal, files: readonly string[], flags: ReviewFlags) =>
        review(files, flags, terminal),
      ),
    );
}

async function review(files: readonly string[], flags: ReviewFlags, terminal: Terminal): Promise<void> {
  refuseWrongFlags(files, flags);
  const { environment } = terminal;
  let isComplete = true;
  // What one file stands in the way of is no reason to keep the plan from its readers.
  const failed = (what: string, advice: string, error: unknown): undefined => {
    isComplete = false;
    reportFileFailure(what, advice, error);
  };
  const reportFileFailure = (what: string, advice: string, error: unknown): void => {
    const reason = escapeInvisible(error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
    terminal.log(`pulumi-cja: ${what}: ${reason}; ${advice}`);
  };
  const runtimeAttempt = <T>(what: string, advice: string, act: () => T): T | undefined => {
    try {
      return act();
    } catch (error) {
      return failed(what, advice, error);
    }
  };
  const {
    post: service,
    repository,
    pullRequest,
    maxLength = MAX_LENGTHS[service ?? "github"],
    names: namesFile,
  } = flags;
  const names =
    namesFile === undefined
      ? undefined
      : runtimeAttempt(
          `--names ${namesFile}`,
          "the review shows IDs instead; correct the file, or leave the option out",
          () => readNamesFile(namesFile),
        );
  const sources = await readSources(files, terminal.standardInput);
  const allPreviews = sources.flatMap(parsePreviews);
  const previews = flags.ask ? allPreviews : [];
  let runtime: Promise<CommandRuntime> | undefined;
  const open = () => (runtime ??= openCommandRuntime(terminal));
  const advice = "correct the settings, or leave the option out";
  const sandbox = environment["CJA_SANDBOX"] || undefined;
  const uses = await fetchUses(previews, sandbox, open).catch((error: unknown) =>
    failed("--ask", `the review does not say what uses segments and audiences; ${advice}`, error),
  );
  // Whoever approves can do without names.
  const fetchedNames = await fetchNames(previews, sandbox, open).catch(
    (error: unknown) => uses && reportFileFailure("--ask", `the review shows IDs instead of names; ${advice}`, error),
  );
  const sizes =
    flags.sizes &&
    (await sizesOf(allPreviews, { ...flags, range: flags.sizes }, open, terminal).catch((error: unknown) =>
      failed("--sizes", `the review does not say how many people are selected; ${advice}`, error),
    ));
  const options: ReviewOptions = {
    ...(sizes && { sizes }),
    ...(flags.ask && uses !== undefined && { uses }),
    ...(fetchedNames && { asked: fetchedNames }),
    ...(names !== undefined && { names }),
    ...levelWordsFor(flags.apiWords),
    ...(environment["CJA_VALIDATE"] && { validate: environment["CJA_VALIDATE"] }),
    ...(environment["CJA_SANDBOX"] && { sandbox: environment["CJA_SANDBOX"] }),
  };
  const report = createReport(sources, options);
  const comment = () => markdown(report, { ...options, maxLength });
  const printed = {
    markdown: comment,
    text: () => plainText(report),
    json: () => `${writeJson(report, 2)}\n`,
  }[flags.format]();
  const isPrintedElsewhere = "name a file in a folder that you can write to";
  const { out, html: page } = flags;
  if (out === undefined) terminal.write(printed);
  else runtimeAttempt(`--out ${out}`, isPrintedElsewhere, () => writeOutputFile(out, sanitizeOutput(printed)));
  if (page !== undefined) {
    const text = html(report, options);
    runtimeAttempt(`--html ${page}`, isPrintedElsewhere, () => writeOutputFile(page, text));
  }
  // Shown on the page of the workflow's run: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
  const summary = environment["GITHUB_STEP_SUMMARY"];
  if (summary)
    runtimeAttempt("GITHUB_STEP_SUMMARY", "unset it outside a workflow", () =>
      appendFileSync(summary, `${comment()}\n`),
    );
  const violations = violatedGates(report, flags.failOn ?? []);
  if (violations.length > 0) terminal.log(`pulumi-cja: refused by --fail-on: ${violations.join("; ")}`);
  terminal.exit(violations.length > 0 || !isComplete ? EXIT_STATUS.failed : exitStatus(report));
  // Last, and whatever the gates say: a plan that is refused is one to be read.
  if (service !== undefined)
    await post(sources, { service, repository, pullRequest, maxLength, review: options }, terminal);
}

/** Nothing is asked where the plans change nothing that has a size. */
async function sizesOf(
  previews: readonly Preview[],
  { range, maxReports }: { readonly range: SizeRange; readonly maxReports: number },
  open: () => Promise<CommandRuntime>,
  terminal: Terminal,
): Promise<ReviewOptions["sizes"]> {
  const planned = previews.flatMap((preview) =>
    plannedSizes(preview, terminal.environment["CJA_SANDBOX"] || undefined),
  );
  if (planned.length === 0) return new Map();
  const budget = new SizeBudget(maxReports, progressOf(terminal));
  const sizes = await fetchSizes(planned, range, budget, await open());
  terminal.log(`pulumi-cja: ${spentText(budget)}`);
  return sizes;
}

function reviewTerminal(): Terminal {
  const terminal = processTerminal();
  const standardInput = () => {
    if (process.stdin.isTTY) terminal.log("Reading a preview from standard input …");
    return terminal.standardInput();
  };
  return { ...terminal, standardInput };
}
