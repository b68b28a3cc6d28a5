import { definition as clauseOf } from "../clause/definition";
import { equal } from "../../equal";
import { readersStyle } from "../names";
import type { SentenceOptions } from "../options";
import { readable } from "../readable";
import type { DefinitionChange } from "./change";
import { Comparison } from "./comparison";
import { Identity } from "./identity";

/**
 * What differs between two definitions, in words: one entry for each line that says something else, and for each condition
 * or step more or less. Empty exactly if the definitions are `equal`, so that moving a condition of an `and` is no
 * change.
 *
 * It takes anything and never throws, as `describe`.
 *
 * @param options the names of IDs. Default: IDs are told without their prefix.
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
  const [was, is] = [readable(before), readable(after)];
  // What the language does not know is compared as it is quoted, which is stricter.
  if (equal(was, is)) return [];
  const comparison = new Comparison(readersStyle([was, is], options), new Identity());
  return comparison.compare(clauseOf(was), clauseOf(is), { before: [], after: [] });
}
