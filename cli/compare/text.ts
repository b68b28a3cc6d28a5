import type { FieldChange } from "../review/report/report";
import { listText } from "../review/text/list";
import { visible } from "../review/visible";
import type { ComparedSegment } from "./compared-segment";
import type { Comparison, Difference } from "./comparison";

const SIGNS = { kept: " ", removed: "-", added: "+" } as const;

export function comparisonText(comparison: Comparison): string {
  const { a, b, onlyInA, onlyInB, different, same } = comparison;
  const parts = [
    countsText(comparison),
    ...list(`Only in ${visible(a)}:`, onlyInA),
    ...list(`Only in ${visible(b)}:`, onlyInB),
    ...different.map(differenceText),
  ];
  return `${parts.join("\n\n")}\n${different.length + onlyInA.length + onlyInB.length + same === 0 ? "\nThere are no segments.\n" : ""}`;
}

/** `stage and prod: 12 the same, 1 different, 2 only in stage`. */
export function countsText({ a, b, onlyInA, onlyInB, different, same }: Comparison): string {
  const counts = [
    `${same} the same`,
    ...(different.length > 0 ? [`${different.length} different`] : []),
    ...(onlyInA.length > 0 ? [`${onlyInA.length} only in ${visible(a)}`] : []),
    ...(onlyInB.length > 0 ? [`${onlyInB.length} only in ${visible(b)}`] : []),
  ];
  return `${visible(a)} and ${visible(b)}: ${counts.join(", ")}`;
}

const list = (title: string, segments: readonly ComparedSegment[]): string[] =>
  segments.length === 0
    ? []
    : [[title, ...segments.map(({ key, name, id }) => `  ${nameText(key, name)} (${visible(id)})`)].join("\n")];

export const nameText = (key: string, name: string): string =>
  key === name ? visible(name) : `${visible(name)} [${visible(key)}]`;

function differenceText({ a, fields, definition }: Difference): string {
  return [
    `Different: ${nameText(a.key, a.name)}`,
    ...fields.map(fieldText),
    ...(definition?.lines ?? []).map(({ is, text }) => `  ${SIGNS[is]} ${text}`),
  ].join("\n");
}

function fieldText(change: FieldChange): string {
  const { field, before = "nothing", after = "nothing", list } = change;
  return `  ${field}: ${list ? listText(change, list, "sides") : `${visible(before)} → ${visible(after)}`}`;
}
