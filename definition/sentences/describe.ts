import { type SentenceOptions, styleForReaders } from "./names";
import { clauseOf } from "./clause/condition";
import { toReadableJson } from "./readable-json";
import { type Clause, splitLine, joinWords } from "./clause/clause";
import { pathTo } from "../mistake";
import type { Style } from "./style";

/**
 * What a definition says, in plain English with indented lists.
 *
 * Definitions that are not `equal` have different sentences as long as no names are given, down to labels and to
 * functions that hardly differ. Equal ones have the same sentence, except that conditions, groups and values are told in
 * the order in which they were written. Texts stand in quotes, with everything escaped that cannot be seen, so that no
 * value can pass for more than a value.
 *
 * It takes anything and never throws: what the language does not know is quoted as JSON, and what is no JSON is
 * named.
 *
 * @param options the names of IDs. Default: IDs appear without their prefix.
 *
 * @example
 * describe(segment(visitors(sequence(hits(page.is("Home")), within(3, "days"), hits(all(page.isIn(["Cart", "Checkout"]),
 *   orders.isAtLeast(2)))))), { names: { "variables/page": "Page", "metrics/orders": "Orders" } });
 * // Persons where these steps happen in order:
 * //   first, Events where Page is "Home"
 * //   then, within 3 days, Events where all of:
 * //     - Page is one of "Cart", "Checkout"
 * //     - Orders is at least 2
 */
export function describe(definition: unknown, options: SentenceOptions = {}): string {
  return print(outline(definition, options)).join("\n");
}

/**
 * What a definition says, as a tree of lines, for views of one's own: `describe` prints the same lines.
 *
 * It takes anything and never throws, as `describe`.
 *
 * @param options the names of IDs. Default: IDs appear without their prefix.
 *
 * @example
 * const html = ({ text, children }: OutlineLine): string =>
 *   `<li>${escapeHtml(text)}<ul>${children.map(html).join("")}</ul></li>`;
 * html(outline(definition, { names: { "variables/page": "Page" } }));
 */
export function outline(definition: unknown, options: SentenceOptions = {}): OutlineLine {
  const json = toReadableJson(definition);
  return lineOf(clauseOf(json), styleForReaders([json], options));
}

/** A line of what a definition says, with the lines that belong to it. */
export interface OutlineLine {
  /** Plain text, without indentation and list signs. It ends with a colon where lines follow inside. */
  readonly text: string;
  /** Where it stands in the definition, as in the mistakes of `parse`: `container.pred.preds[2]`; empty for the whole. */
  readonly path: string;
  /** What it is in the line around it: one of several conditions, a step, or the outermost line itself. */
  readonly role: "definition" | "item" | "step";
  readonly children: readonly OutlineLine[];
}

/** Puts a clause and everything inside it into lines. */
export function lineOf(clause: Clause, style: Style): OutlineLine {
  const { leading, main } = splitLine(clause);
  const text = joinWords([...leading, main], style);
  const children = main.inner.map((inner) => lineOf(inner, style));
  const role = clause.is === "definition" || clause.is === "step" ? clause.is : "item";
  return { text: children.length > 0 ? `${text}:` : text, path: pathTo(clause.path), role, children };
}

/** Writes a line and everything inside it, two blanks further in at each level. */
export function print(line: OutlineLine, indentation = ""): string[] {
  const sign = line.role === "item" ? "- " : "";
  const further = `${indentation}  `;
  return [`${indentation}${sign}${line.text}`, ...line.children.flatMap((child) => print(child, further))];
}
