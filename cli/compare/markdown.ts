import { code } from "../review/markdown/code";
import { definitionBlock, fieldList } from "../review/markdown/segment";
import type { ComparedSegment } from "./compared-segment";
import type { Comparison, Difference } from "./comparison";

export function comparisonMarkdown(comparison: Comparison): string {
  const { a, b, onlyInA, onlyInB, different, same } = comparison;
  const counts = [
    `${same} the same`,
    `${different.length} different`,
    `${onlyInA.length} only in ${code(a)}`,
    `${onlyInB.length} only in ${code(b)}`,
  ];
  const parts = [
    `### ${code(a)} and ${code(b)}`,
    `**${counts.join(", ")}**`,
    ...list(`#### Only in ${code(a)}`, onlyInA),
    ...list(`#### Only in ${code(b)}`, onlyInB),
    ...different.map(differenceMarkdown),
  ];
  return `${parts.join("\n\n")}\n`;
}

const list = (title: string, segments: readonly ComparedSegment[]): string[] =>
  segments.length === 0
    ? []
    : [title, segments.map((segment) => `- ${nameOf(segment)}, ${code(segment.id)}`).join("\n")];

const nameOf = ({ key, name }: ComparedSegment): string => (key === name ? code(name) : `${code(name)} (${code(key)})`);

function differenceMarkdown({ a, fields, definition }: Difference): string {
  const parts = [
    `#### Different: ${nameOf(a)}`,
    fieldList(fields, "sides"),
    definition ? definitionBlock(definition, "change") : "",
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
