import type { ReviewOptions } from "../report/options";
import type { Failure, Report, StackReport, Unreadable } from "../report/report";
import { changesAnything, countsInWords, stackName } from "../report/words";
import type { Section } from "./block";
import { code, codeBlock } from "./code";
import { driftEntry } from "./drift";
import { fitted } from "./fit";
import { jobEntry } from "./job";
import { placeText } from "./place";
import { visible } from "../visible";
import { segmentEntry } from "./segment";

/** GitHub's limit for a comment, in characters. https://github.com/orgs/community/discussions/27190 */
export const GITHUB_LENGTH = 65_536;

export interface MarkdownOptions extends ReviewOptions {
  /** Characters that a stack's part may have. Default: no limit. */
  readonly maxLength?: number;
}

/** All stacks of a report, one after another. */
export function markdown(report: Report, options: MarkdownOptions = {}): string {
  const parts = Math.max(1, report.stacks.length + report.unreadable.length);
  const { maxLength = Infinity } = options;
  const each = { ...options, maxLength: Math.floor(maxLength / parts) };
  return [...report.unreadable.map(unreadable), ...report.stacks.map((stack) => stackMarkdown(stack, each))].join("\n");
}

/** What one stack's comment says. Byte for byte the same for the same preview. */
export function stackMarkdown(report: StackReport, options: MarkdownOptions = {}): string {
  return fitted({ summary: summaryOf(report), sections: sectionsOf(report, options) }, options.maxLength ?? Infinity);
}

const unreadable = ({ source, reason }: Unreadable): string =>
  `### The preview could not be read\n\n> [!CAUTION]\n> ${code(source)}: ${code(reason)}\n\nNothing is known of what \`pulumi up\` would do. Look into the log of the job that ran the preview.\n`;

function summaryOf(report: StackReport): string {
  const { counts, failures, warnings } = report;
  const failed = failures.length > 0;
  const parts = [
    `### ${titleOf(report)} ${code(stackName(report))}`,
    failed ? alert("CAUTION", "**The preview failed**, and so would `pulumi up`.") : `**${countsInWords(counts)}**`,
    failureList(failures),
    ...(failed ? [] : alertsOf(report)),
    failureList(warnings, "Warnings"),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function titleOf(report: StackReport): string {
  if (report.refreshed) return report.drift.length > 0 ? "Changed elsewhere in" : "No drift in";
  return changesAnything(report) || report.failures.length > 0 || report.drift.length > 0
    ? "What `pulumi up` would do in"
    : "No changes in";
}

function alertsOf({ counts, drift }: StackReport): string[] {
  const undone = drift.filter((each) => each.undone).length;
  return [
    counts.run > 0
      ? alert(
          "IMPORTANT",
          `**${counts.run === 1 ? "1 segment job" : `${counts.run} segment jobs`} will run.** Runs are limited by contract, and send data on.`,
        )
      : "",
    counts.delete + counts.replace > 0
      ? alert("WARNING", "**What is deleted or replaced loses its ID**: whatever uses it at Adobe does not follow.")
      : "",
    undone > 0
      ? alert("WARNING", `**${undone === 1 ? "1 edit" : `${undone} edits`} made elsewhere would be undone.**`)
      : "",
  ];
}

const alert = (kind: string, text: string): string => `> [!${kind}]\n> ${text}`;

/** The reasons as they were written: they have lines. */
function failureList(failures: readonly Failure[], title?: string): string {
  const parts = failures.map(({ resource, message }) =>
    [resource === undefined ? "" : `- ${code(resource)}`, codeBlock("text", visibleLines(message))]
      .filter((part) => part !== "")
      .join("\n\n"),
  );
  return parts.length === 0 ? "" : [...(title === undefined ? [] : [`**${title}**`]), ...parts].join("\n\n");
}

const visibleLines = (message: string): string[] => message.split("\n").map((line) => visible(line.trimEnd()));

function sectionsOf(report: StackReport, options: ReviewOptions): Section[] {
  const { jobs, drift, segments, others } = report;
  const [runs, quiet] = [jobs.filter(({ action }) => action === "run"), jobs.filter(({ action }) => action !== "run")];
  const all: Section[] = [
    { title: "### Segment jobs that will run", entries: runs.map(jobEntry) },
    { title: "### Changed elsewhere since the last deployment", entries: drift.map(driftEntry) },
    { title: "### Segments", entries: segments.map((segment) => segmentEntry(segment, options)) },
    { title: "### Other segment jobs", entries: quiet.map(jobEntry) },
    {
      title: "### Other resources",
      entries: others.map((other) => ({
        line: `- ${code(other.action)}: ${placeText(other)}, ${code(other.type)}`,
        body: "",
      })),
    },
  ];
  return all.filter(({ entries }) => entries.length > 0);
}
