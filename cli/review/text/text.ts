import type {
  DriftReview,
  Failure,
  FieldChange,
  JobReview,
  Place,
  Report,
  SegmentReview,
  StackReport,
} from "../report/report";
import { visible } from "../visible";
import {
  ACTIONS,
  AS_FAR,
  driftAction,
  driftOutcome,
  hasPart,
  headingName,
  inShort,
  isMarked,
  isUnlooked,
  JOB_ACTIONS,
  otherAction,
  UNLOOKED,
  UNREADABLE_ADVICE,
  VERDICTS,
  type Phrase,
} from "../report/words";
import type { Voice } from "../report/list-words";
import { isRepeated, SAME_AS } from "../report/same-as";
import { listText } from "./list";

/** A report for a terminal or a log: no colour, no markup. */
export function plainText(report: Report): string {
  const unreadable = report.unreadable.map(
    ({ source, reason }) => `${visible(source)} could not be read: ${visible(reason)}\n${phrase(UNREADABLE_ADVICE)}\n`,
  );
  return [...unreadable, ...report.stacks.map(stackText)].join("\n");
}

function stackText(report: StackReport): string {
  const { failures, warnings, jobs, drift, segments, others, sameAs } = report;
  const parts = [
    `${visible(headingName(report))}: ${inShort(report)}`,
    ...failures.map((failure) => `failed: ${failureText(failure)}`),
    ...warnings.map((failure) => failureText(failure)),
    ...(hasPart(report) ? [AS_FAR] : []),
    ...jobs.map(jobText),
    ...drift.map(driftText),
    ...(sameAs === undefined ? [] : [SAME_AS.join(visible(sameAs))]),
    ...segments.map((segment) => (isRepeated(report, segment) ? headText(segment) : segmentText(segment))),
    ...others.map(
      (other) => `${visible(otherAction(other) ?? other.action)}: ${placeText(other)} (${visible(other.type)})`,
    ),
    ...(isUnlooked(report) ? [phrase(UNLOOKED)] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

const phrase = (parts: Phrase): string =>
  parts.map((part) => (typeof part === "string" ? part : part.command)).join("");

const placeText = ({ resource, components, protected: kept }: Place): string =>
  [visible(resource), ...components.map((type) => `in ${visible(type)}`)].join(" ") + (kept ? ", protected" : "");

const failureText = ({ resource, message }: Failure): string =>
  `${resource === undefined ? "" : `${visible(resource)}: `}${message.split("\n").map(visible).join("\n  ")}`;

function jobText(job: JobReview): string {
  const { action, sandbox, scope, reasons } = job;
  const does = JOB_ACTIONS[action].toLowerCase();
  const head = `Job ${placeText(job)} ${does}, over ${visible(scope)}, in the sandbox ${visible(sandbox)}`;
  return [head, ...reasons.map((reason) => `  ${visible(reason)}`)].join("\n");
}

const headText = (segment: SegmentReview): string =>
  `${ACTIONS[segment.action]}: ${visible(segment.name)} in ${visible(segment.dataView)} (${placeText(segment)})`;

function segmentText(segment: SegmentReview): string {
  const { action, fields, definition, verdict, notes } = segment;
  const signs = definition && isMarked(action, definition);
  return [
    headText(segment),
    ...notes.map((note) => `  ${note}`),
    ...fields.map((change) => fieldText(change, "plan")),
    ...(definition?.lines ?? []).map(
      ({ is, text }) => `  ${signs ? { kept: " ", removed: "-", added: "+" }[is] : " "} ${text}`,
    ),
    ...(VERDICTS[verdict] === "" ? [] : [`  ${VERDICTS[verdict]}`]),
  ].join("\n");
}

function driftText(drift: DriftReview): string {
  const { name, dataView, fields, definition } = drift;
  const what = dataView === undefined ? "" : `${visible(name)} in ${visible(dataView)} `;
  return [
    `${driftAction(drift)}: ${what}(${placeText(drift)}): ${phrase(driftOutcome(drift))}`,
    ...fields.map((change) => fieldText(change, "drift")),
    ...(definition?.lines ?? []).map(({ is, text }) => `  ${{ kept: " ", removed: "-", added: "+" }[is]} ${text}`),
  ].join("\n");
}

function fieldText(change: FieldChange, voice: Voice): string {
  const { field, before, after, list } = change;
  if (list) return `  ${field}: ${listText(change, list, voice)}`;
  return `  ${field}: ${before === undefined ? "" : `${visible(before)} → `}${after === undefined ? "removed" : visible(after)}`;
}
