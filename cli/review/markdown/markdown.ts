import { toMermaid } from "../../../definition";
import { escapeInvisible } from "../../escape-invisible";
import { sizeText } from "../../size/size-change";
import { shortenFailures } from "../report/failures";
import { sectionsOf, summaryOf, type Section } from "../report/sections";
import type {
  DefinitionReview,
  DriftReview,
  Failure,
  JobReview,
  OtherReview,
  Place,
  Report,
  ReviewOptions,
  StackReport,
  Unreadable,
} from "../report/report";
import { shownAudience, shownSegment, whereOfDrift, type ShownObject, type Where } from "../report/shown-object";
import {
  ACTIONS,
  JOB_ACTIONS,
  UNREADABLE,
  UNREADABLE_ADVICE,
  driftAction,
  driftOutcome,
  headingName,
  isRepeated,
  otherAction,
  phraseText,
  placeText,
  showsId,
  titleOf,
  type Phrase,
} from "../report/words";
import { fieldList, ruleBlock } from "./changed-fields";
import { code, codeBlock } from "./code";
import { fitComment, shortenMarkdown, type Entry } from "./fit";

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
  return shortenMarkdown(texts.join("\n"), maxLength);
}

/** What one stack's comment says. Byte for byte the same for the same preview. */
export function stackMarkdown(report: StackReport, options: MarkdownOptions = {}): string {
  const { maxLength = Infinity } = options;
  const found = sections(report, options);
  const fullText = fitComment({ summary: summary(report), sections: found }, maxLength);
  if (fullText.length <= maxLength) return fullText;
  const { failures, warnings } = report;
  const cut = { ...report, failures: shortenFailures(failures), warnings: shortenFailures(warnings) };
  return shortenMarkdown(fitComment({ summary: summary(cut), sections: found }, maxLength), maxLength);
}

const unreadable = ({ source, reason }: Unreadable): string =>
  `### ${UNREADABLE}\n\n> [!CAUTION]\n> ${code(source)}: ${code(reason)}\n\n${phrase(UNREADABLE_ADVICE)}\n`;

function summary(report: StackReport): string {
  const parts = summaryOf(report, {
    counts: (text) => `**${text}**`,
    alert: ({ kind, first, rest }) => `> [!${kind.toUpperCase()}]\n> **${first}**${phrase(rest)}`,
    failures: failureList,
    sameAs: (stack, parts) => `_${parts.join(code(stack))}_`,
    note: (text) => `_${phrase(text)}_`,
  });
  return [`### ${phrase(titleOf(report))} ${code(headingName(report))}`, ...parts].join("\n\n");
}

/** The reasons as they were written: they have lines. */
function failureList(failures: readonly Failure[], title?: string): string {
  const parts = failures.flatMap(({ resource, message }) => [
    ...(resource === undefined ? [] : [`- ${code(resource)}`]),
    codeBlock(
      "text",
      message.split("\n").map((line) => escapeInvisible(line.trimEnd())),
    ),
  ]);
  return [...(title === undefined ? [] : [`**${title}**`]), ...parts].join("\n\n");
}

function sections(report: StackReport, options: ReviewOptions): Section<Entry>[] {
  const shown = (object: ShownObject): Entry => {
    const entry = objectEntry(object, options);
    return isRepeated(report, object.review) ? { line: entry.line, body: "" } : entry;
  };
  const found = sectionsOf<Entry>(report, {
    job: jobEntry,
    drift: driftEntry,
    segment: (segment) => shown(shownSegment(segment)),
    audience: (audience) => shown(shownAudience(audience)),
    other: otherEntry,
  });
  return found.map((section) => ({ ...section, title: `### ${section.title}` }));
}

const phrase = (parts: Phrase): string => phraseText(parts, code);
const place = (of: Place): string => placeText(of, code);
const blocks = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n\n");

function objectEntry({ review, where, rule, definition, verdict }: ShownObject, options: ReviewOptions): Entry {
  const { action, name, id, fields, notes } = review;
  const noted = notes.map(
    (note, index) => `> ${note}${index === 0 && showsId(review) ? ` ID: ${code(id ?? "")}.` : ""}`,
  );
  const diagram = definition && diagramOf(definition, options);
  return {
    line: `#### ${ACTIONS[action]}: ${code(name)} ${whereText(where)} (${place(review)})`,
    body: blocks(
      noted.join("\n"),
      fieldList(fields, "plan"),
      rule ? ruleBlock(rule, action) : "",
      review.size ? `**Size:** ${sizeText(review.size, code)}` : "",
      verdict,
    ),
    ...(diagram !== undefined && { diagram }),
  };
}

const whereText = ({ preposition, name }: Where): string => `${preposition} ${code(name)}`;

function diagramOf({ before, after }: DefinitionReview, options: ReviewOptions): string | undefined {
  const drawn = after ?? before;
  if (typeof drawn !== "object") return undefined;
  return `<details><summary>Diagram</summary>\n\n${codeBlock("mermaid", [toMermaid(drawn, options)])}\n\n</details>`;
}

function driftEntry(review: DriftReview): Entry {
  const { name, fields, definition, expression, notes } = review;
  const where = whereOfDrift(review);
  const what = where ? `${code(name)} ${whereText(where)} (${place(review)})` : place(review);
  const rule = definition ?? expression;
  return {
    line: `#### ${driftAction(review)}: ${what}: ${phrase(driftOutcome(review))}`,
    body: blocks(
      notes.map((note) => `> ${note}`).join("\n"),
      fieldList(fields, "drift"),
      rule ? ruleBlock(rule, "drift") : "",
    ),
  };
}

const jobEntry = ({ action, sandbox, scope, reasons, ...rest }: JobReview): Entry => ({
  line: `- **${JOB_ACTIONS[action]}**: ${place(rest)}, over ${code(scope)}, in the sandbox ${code(sandbox)}`,
  body: reasons.map((reason) => `  - ${code(reason)}`).join("\n"),
});

const otherEntry = (review: OtherReview): Entry => ({
  line: `- ${otherAction(review) ?? code(review.action)}: ${place(review)}, ${code(review.type)}`,
  body: "",
});
