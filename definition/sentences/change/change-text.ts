import type { DefinitionChange } from "./change";

/**
 * Changes as lines for a log or a review: what was said after `-`, what is said now after `+`.
 *
 * @returns lines without a line break at the end; empty when there are no changes
 *
 * @example
 * changeText(explainChange(before, after));
 * // changed in Sessions where all of:
 * //   - page is "Home"
 * //   + page is "Start"
 * // added in Sessions where all of:
 * //   + orders is at least 2
 */
export function changeText(changes: readonly DefinitionChange[]): string {
  return changes
    .flatMap(({ kind, place, before, after }) => [`${kind} ${place}:`, ...signed("-", before), ...signed("+", after)])
    .join("\n");
}

/** Further lines stand under the first one. */
function signed(sign: string, text: string | undefined): string[] {
  return text === undefined ? [] : text.split("\n").map((line, index) => `  ${index === 0 ? sign : " "} ${line}`);
}
