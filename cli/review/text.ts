import { quoted } from "../../definition/sentences/quote";
import { escapeInvisible } from "../escape-invisible";
import { sizeText } from "../size/size-change";
import type {
  DriftReview,
  ExpressionReview,
  Failure,
  FieldChange,
  JobReview,
  Place,
  Report,
  StackReport,
} from "./report/report";
import { shownAudience, shownSegment, whereOfDrift, type ShownObject, type Where } from "./report/shown-object";
import {
  ACTIONS,
  AS_FAR_AS_IT_GOT,
  DRIFT_NOT_CHECKED,
  driftAction,
  driftNotChecked,
  driftOutcome,
  hasPart,
  headingName,
  shortSummary,
  isMarked,
  isRepeated,
  JOB_ACTIONS,
  listText,
  otherAction,
  phraseText,
  placeText,
  sameAsWords,
  UNREADABLE_ADVICE,
  type Phrase,
  type Perspective,
} from "./report/words";

/** A report for a terminal or a log: no colour, no markup. */
export function plainText(report: Report): string {
  const unreadable = report.unreadable.map(
    ({ source, reason }) =>
      `${escapeInvisible(source)} could not be read: ${escapeInvisible(reason)}\n${phrase(UNREADABLE_ADVICE)}\n`,
  );
  return [...unreadable, ...report.stacks.map(stackText)].join("\n");
}

function stackText(report: StackReport): string {
  const { failures, warnings, jobs, drift, segments, audiences, others, sameAs } = report;
  const parts = [
    `${escapeInvisible(headingName(report))}: ${shortSummary(report)}`,
    ...failures.map((failure) => `failed: ${failureText(failure)}`),
    ...warnings.map((failure) => failureText(failure)),
    ...(hasPart(report) ? [AS_FAR_AS_IT_GOT] : []),
    ...jobs.map(jobText),
    ...drift.map(driftText),
    ...(sameAs === undefined ? [] : [sameAsWords(report).join(escapeInvisible(sameAs))]),
    ...[...segments.map(shownSegment), ...audiences.map(shownAudience)].map((shown) =>
      isRepeated(report, shown.review) ? headText(shown) : objectText(shown),
    ),
    ...others.map(
      (other) =>
        `${escapeInvisible(otherAction(other) ?? other.action)}: ${place(other)} (${escapeInvisible(other.type)})`,
    ),
    ...(driftNotChecked(report) ? [phrase(DRIFT_NOT_CHECKED)] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

const phrase = (parts: Phrase): string => phraseText(parts, escapeInvisible);
const place = (of: Place): string => placeText(of, escapeInvisible);

const failureText = ({ resource, message }: Failure): string =>
  `${resource === undefined ? "" : `${escapeInvisible(resource)}: `}${message.split("\n").map(escapeInvisible).join("\n  ")}`;

function jobText(job: JobReview): string {
  const { action, sandbox, scope, reasons } = job;
  const actionText = JOB_ACTIONS[action].toLowerCase();
  const headline = `Job ${place(job)} ${actionText}, over ${escapeInvisible(scope)}, in the sandbox ${escapeInvisible(sandbox)}`;
  return [headline, ...reasons.map((reason) => `  ${escapeInvisible(reason)}`)].join("\n");
}

const headText = ({ review, where }: ShownObject): string =>
  `${ACTIONS[review.action]}: ${escapeInvisible(review.name)} ${whereText(where)} (${place(review)})`;

const whereText = ({ preposition, name }: Where): string => `${preposition} ${escapeInvisible(name)}`;

function objectText(shown: ShownObject): string {
  const { review, rule, verdict } = shown;
  return [
    headText(shown),
    ...review.notes.map((note) => `  ${note}`),
    ...review.fields.map((change) => fieldText(change, "plan")),
    ...ruleLines(rule, rule !== undefined && isMarked(review.action, rule)),
    ...(review.size ? [`  Size: ${sizeText(review.size, escapeInvisible)}`] : []),
    ...(verdict === "" ? [] : [`  ${verdict}`]),
  ].join("\n");
}

function driftText(drift: DriftReview): string {
  const { name, fields, definition, expression, notes } = drift;
  const where = whereOfDrift(drift);
  const what = where ? `${escapeInvisible(name)} ${whereText(where)} ` : "";
  return [
    `${driftAction(drift)}: ${what}(${place(drift)}): ${phrase(driftOutcome(drift))}`,
    ...notes.map((note) => `  ${note}`),
    ...fields.map((change) => fieldText(change, "drift")),
    ...ruleLines(definition ?? expression),
  ].join("\n");
}

const SIGNS = { kept: " ", removed: "-", added: "+" } as const;

/** Of a definition or an expression. */
export const ruleLines = (rule: ExpressionReview | undefined, marked = true): string[] =>
  (rule?.lines ?? []).map(({ is, text }) => `  ${marked ? SIGNS[is] : " "} ${text}`);

function fieldText(change: FieldChange, perspective: Perspective): string {
  const { field, before, after, list } = change;
  if (list) return `  ${field}: ${quotedList(change, perspective)}`;
  return `  ${field}: ${before === undefined ? "" : `${escapeInvisible(before)} → `}${after === undefined ? "removed" : escapeInvisible(after)}`;
}

/** In quotes, since a tag may have a comma in it: `+ "mobile", − "web"`. */
export const quotedList = (change: FieldChange, perspective: Perspective): string =>
  listText(change, perspective, quoted);
