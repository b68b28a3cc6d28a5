import { ruleBlock, fieldList } from "../review/markdown/changed-fields";
import { code } from "../review/markdown/code";
import type { FieldChange } from "../review/report/report";
import { ruleLines, quotedList } from "../review/text";
import { escapeInvisible } from "../escape-invisible";
import type { Compared, Comparison, Difference } from "./comparison";

/** `stage and prod: 12 the same, 1 different, 2 only in stage`. */
function countsText({ a, b, onlyInA, onlyInB, different, same }: Comparison<Compared>): string {
  const counts = [
    `${same} the same`,
    ...(different.length > 0 ? [`${different.length} different`] : []),
    ...(onlyInA.length > 0 ? [`${onlyInA.length} only in ${escapeInvisible(a)}`] : []),
    ...(onlyInB.length > 0 ? [`${onlyInB.length} only in ${escapeInvisible(b)}`] : []),
  ];
  return `${escapeInvisible(a)} and ${escapeInvisible(b)}: ${counts.join(", ")}`;
}

/** @param many what they are: `segments` */
export function comparisonText(comparison: Comparison<Compared>, many = "segments"): string {
  const { a, b, onlyInA, onlyInB, different, same, leftOut = [] } = comparison;
  const list = (title: string, all: readonly Compared[]): string[] => {
    const lines = all.map((one) => `  ${nameText(one)} (${escapeInvisible(one.id)})`);
    return lines.length === 0 ? [] : [[title, ...lines].join("\n")];
  };
  const parts = [
    countsText(comparison),
    ...list(`Only in ${escapeInvisible(a)}:`, onlyInA),
    ...list(`Only in ${escapeInvisible(b)}:`, onlyInB),
    ...different.map(differenceText),
    ...(leftOut.length > 0 ? [["Left out:", ...leftOut.map((one) => `  ${escapeInvisible(one)}`)].join("\n")] : []),
  ];
  return `${parts.join("\n\n")}\n${different.length + onlyInA.length + onlyInB.length + same === 0 ? `\nThere are no ${many}.\n` : ""}`;
}

const nameText = ({ key, name }: Compared): string =>
  key === name ? escapeInvisible(name) : `${escapeInvisible(name)} [${escapeInvisible(key)}]`;

const differenceText = ({ a, fields, definition }: Difference<Compared>): string =>
  [`Different: ${nameText(a)}`, ...fields.map(fieldText), ...ruleLines(definition)].join("\n");

function fieldText(change: FieldChange): string {
  const { field, before = "nothing", after = "nothing", list } = change;
  return `  ${field}: ${list ? quotedList(change, "sides") : `${escapeInvisible(before)} → ${escapeInvisible(after)}`}`;
}

export function comparisonMarkdown(comparison: Comparison<Compared>): string {
  const { a, b, onlyInA, onlyInB, different, same, leftOut = [] } = comparison;
  const counts = [
    `${same} the same`,
    `${different.length} different`,
    `${onlyInA.length} only in ${code(a)}`,
    `${onlyInB.length} only in ${code(b)}`,
  ];
  const list = (title: string, all: readonly Compared[]): string[] => {
    const lines = all.map((one) => `- ${nameMarkdown(one)}, ${code(one.id)}`);
    return lines.length === 0 ? [] : [title, lines.join("\n")];
  };
  const parts = [
    `### ${code(a)} and ${code(b)}`,
    `**${counts.join(", ")}**`,
    ...list(`#### Only in ${code(a)}`, onlyInA),
    ...list(`#### Only in ${code(b)}`, onlyInB),
    ...different.map(differenceMarkdown),
    ...(leftOut.length > 0 ? ["#### Left out", leftOut.map((one) => `- ${code(one)}`).join("\n")] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

const nameMarkdown = ({ key, name }: Compared): string => (key === name ? code(name) : `${code(name)} (${code(key)})`);

function differenceMarkdown({ a, fields, definition }: Difference<Compared>): string {
  const parts = [
    `#### Different: ${nameMarkdown(a)}`,
    fieldList(fields, "sides"),
    definition ? ruleBlock(definition, "change") : "",
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
