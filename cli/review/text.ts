import { quoted } from "../../definition/sentences/quote";
import { escapeInvisible } from "../escape-invisible";
import type {
  DefinitionReview,
  DriftReview,
  Failure,
  FieldChange,
  JobReview,
  Place,
  Report,
  SegmentReview,
  StackReport,
} from "./report/report";
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
  SAME_AS,
  UNREADABLE_ADVICE,
  VERDICTS,
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
  const { failures, warnings, jobs, drift, segments, others, sameAs } = report;
  const parts = [
    `${escapeInvisible(headingName(report))}: ${shortSummary(report)}`,
    ...failures.map((failure) => `failed: ${failureText(failure)}`),
    ...warnings.map((failure) => failureText(failure)),
    ...(hasPart(report) ? [AS_FAR_AS_IT_GOT] : []),
    ...jobs.map(jobText),
    ...drift.map(driftText),
    ...(sameAs === undefined ? [] : [SAME_AS.join(escapeInvisible(sameAs))]),
    ...segments.map((segment) => (isRepeated(report, segment) ? headText(segment) : segmentText(segment))),
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

const headText = (segment: SegmentReview): string =>
  `${ACTIONS[segment.action]}: ${escapeInvisible(segment.name)} in ${escapeInvisible(segment.dataView)} (${place(segment)})`;

function segmentText(segment: SegmentReview): string {
  const { action, fields, definition, verdict, notes } = segment;
  return [
    headText(segment),
    ...notes.map((note) => `  ${note}`),
    ...fields.map((change) => fieldText(change, "plan")),
    ...definitionLines(definition, definition !== undefined && isMarked(action, definition)),
    ...(VERDICTS[verdict] === "" ? [] : [`  ${VERDICTS[verdict]}`]),
  ].join("\n");
}

function driftText(drift: DriftReview): string {
  const { name, dataView, fields, definition } = drift;
  const what = dataView === undefined ? "" : `${escapeInvisible(name)} in ${escapeInvisible(dataView)} `;
  return [
    `${driftAction(drift)}: ${what}(${place(drift)}): ${phrase(driftOutcome(drift))}`,
    ...fields.map((change) => fieldText(change, "drift")),
    ...definitionLines(definition),
  ].join("\n");
}

const SIGNS = { kept: " ", removed: "-", added: "+" } as const;

export const definitionLines = (definition: DefinitionReview | undefined, marked = true): string[] =>
  (definition?.lines ?? []).map(({ is, text }) => `  ${marked ? SIGNS[is] : " "} ${text}`);

function fieldText(change: FieldChange, perspective: Perspective): string {
  const { field, before, after, list } = change;
  if (list) return `  ${field}: ${quotedList(change, perspective)}`;
  return `  ${field}: ${before === undefined ? "" : `${escapeInvisible(before)} → `}${after === undefined ? "removed" : escapeInvisible(after)}`;
}

/** In quotes, since a tag may have a comma in it: `+ "mobile", − "web"`. */
export const quotedList = (change: FieldChange, perspective: Perspective): string =>
  listText(change, perspective, quoted);
