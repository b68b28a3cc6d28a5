import { definition as clauseOf } from "./clause/definition";
import { lineOf, type OutlineLine } from "./line";
import { readersStyle } from "./names";
import type { SentenceOptions } from "./options";
import { readable } from "./readable";

/**
 * What a definition says, as a tree of lines, for views of one's own: `describe` prints the same lines.
 *
 * It takes anything and never throws, as `describe`.
 *
 * @param options the names of IDs. Default: IDs are told without their prefix.
 *
 * @example
 * const html = ({ text, children }: OutlineLine): string =>
 *   `<li>${escapeHtml(text)}<ul>${children.map(html).join("")}</ul></li>`;
 * html(outline(definition, { names: { "variables/page": "Page" } }));
 */
export function outline(definition: unknown, options: SentenceOptions = {}): OutlineLine {
  const json = readable(definition);
  return lineOf(clauseOf(json), readersStyle([json], options));
}
