import { clauseOf } from "../clause/condition";
import { equal } from "../../equal";
import { styleForReaders, type SentenceOptions } from "../names";
import { toReadableJson } from "../readable-json";
import { Comparison, type DefinitionChange } from "./comparison";
import { Identity } from "./similarity";

/**
 * What differs between two definitions, in words: one entry for each line that says something else, and for each condition
 * or step more or less. Empty exactly if the definitions are `equal`, so that moving a condition of an `and` is no
 * change.
 *
 * It takes anything and never throws, as `describe`.
 *
 * @param options the names of IDs. Default: IDs appear without their prefix.
 *
 * @example
 * explainChange(before, after);
 * // [{ kind: "changed", place: "in Sessions where all of", before: 'page is "Home"', after: 'page is "Start"' },
 * //  { kind: "added", place: "in Sessions where all of", after: "orders is at least 2" }]
 */
export function explainChange(
  before: unknown,
  after: unknown,
  options: SentenceOptions = {},
): readonly DefinitionChange[] {
  const [was, is] = [toReadableJson(before), toReadableJson(after)];
  // What the language does not know is compared as it is quoted, which is stricter.
  if (equal(was, is)) return [];
  const comparison = new Comparison(styleForReaders([was, is], options), new Identity());
  return comparison.compare(clauseOf(was), clauseOf(is), { before: [], after: [] });
}

/**
 * Changes as lines for a log or a review: the old text after `-`, the new text after `+`.
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
