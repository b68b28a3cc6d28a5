import { alertsOf } from "../report/alerts";
import type { ReviewOptions } from "../report/options";
import type { Failure, Report, StackReport, Unreadable } from "../report/report";
import { sectionsOf, type Section } from "../report/sections";
import { countsInWords, stackName, titleOf, UNREADABLE, UNREADABLE_ADVICE, WARNINGS } from "../report/words";
import { visible } from "../visible";
import type { Entry } from "./block";
import { code, codeBlock, phrase } from "./code";
import { driftEntry } from "./drift";
import { fitted } from "./fit";
import { jobEntry } from "./job";
import { placeText } from "./place";
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
  return fitted({ summary: summaryOf(report), sections: sections(report, options) }, options.maxLength ?? Infinity);
}

const unreadable = ({ source, reason }: Unreadable): string =>
  `### ${UNREADABLE}\n\n> [!CAUTION]\n> ${code(source)}: ${code(reason)}\n\n${phrase(UNREADABLE_ADVICE)}\n`;

function summaryOf(report: StackReport): string {
  const { counts, failures, warnings } = report;
  const parts = [
    `### ${phrase(titleOf(report))} ${code(stackName(report))}`,
    failures.length > 0 ? "" : `**${countsInWords(counts)}**`,
    ...alertsOf(report).map(({ kind, first, rest }) => `> [!${kind.toUpperCase()}]\n> **${first}**${phrase(rest)}`),
    failureList(failures),
    failureList(warnings, WARNINGS),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

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

function sections(report: StackReport, options: ReviewOptions): Section<Entry>[] {
  const found = sectionsOf<Entry>(report, {
    job: jobEntry,
    drift: driftEntry,
    segment: (segment) => segmentEntry(segment, options),
    other: (other) => ({ line: `- ${code(other.action)}: ${placeText(other)}, ${code(other.type)}`, body: "" }),
  });
  return found.map((section) => ({ ...section, title: `### ${section.title}` }));
}
