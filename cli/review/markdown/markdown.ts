import { alertsOf } from "../report/alerts";
import { cutFailures } from "../report/cut-failures";
import type { ReviewOptions } from "../report/options";
import type { Failure, Report, StackReport, Unreadable } from "../report/report";
import { isRepeated, SAME_AS } from "../report/same-as";
import { sectionsOf, type Section } from "../report/sections";
import {
  AS_FAR,
  countsInWords,
  hasPart,
  headingName,
  isUnlooked,
  titleOf,
  UNLOOKED,
  UNREADABLE,
  UNREADABLE_ADVICE,
  WARNINGS,
} from "../report/words";
import { visible } from "../visible";
import type { Entry } from "./block";
import { code, codeBlock, phrase } from "./code";
import { driftEntry } from "./drift";
import { fitted } from "./fit";
import { jobEntry } from "./job";
import { otherEntry } from "./other";
import { segmentEntry } from "./segment";
import { shortened } from "./shortened";

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
  const each = { ...options, maxLength: Math.floor(maxLength / parts) - 1 };
  const texts = [...report.unreadable.map(unreadable), ...report.stacks.map((stack) => stackMarkdown(stack, each))];
  return shortened(texts.join("\n"), maxLength);
}

/** What one stack's comment says. Byte for byte the same for the same preview. */
export function stackMarkdown(report: StackReport, options: MarkdownOptions = {}): string {
  const { maxLength = Infinity } = options;
  const found = sections(report, options);
  const whole = fitted({ summary: summaryOf(report), sections: found }, maxLength);
  if (whole.length <= maxLength) return whole;
  const { failures, warnings } = report;
  const cut = { ...report, failures: cutFailures(failures), warnings: cutFailures(warnings) };
  return shortened(fitted({ summary: summaryOf(cut), sections: found }, maxLength), maxLength);
}

const unreadable = ({ source, reason }: Unreadable): string =>
  `### ${UNREADABLE}\n\n> [!CAUTION]\n> ${code(source)}: ${code(reason)}\n\n${phrase(UNREADABLE_ADVICE)}\n`;

function summaryOf(report: StackReport): string {
  const { counts, failures, warnings, sameAs } = report;
  const parts = [
    `### ${phrase(titleOf(report))} ${code(headingName(report))}`,
    failures.length > 0 ? "" : `**${countsInWords(counts)}**`,
    ...alertsOf(report).map(({ kind, first, rest }) => `> [!${kind.toUpperCase()}]\n> **${first}**${phrase(rest)}`),
    failureList(failures),
    failureList(warnings, WARNINGS),
    sameAs === undefined ? "" : `_${SAME_AS.join(code(sameAs))}_`,
    isUnlooked(report) ? `_${phrase(UNLOOKED)}_` : "",
    hasPart(report) ? `_${AS_FAR}_` : "",
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
    segment: (segment) => {
      const entry = segmentEntry(segment, options);
      return isRepeated(report, segment) ? { line: entry.line, body: "" } : entry;
    },
    other: otherEntry,
  });
  return found.map((section) => ({ ...section, title: `### ${section.title}` }));
}
