import { print } from "./line";
import type { SentenceOptions } from "./options";
import { outline } from "./outline";

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
 * @param options the names of IDs. Default: IDs are told without their prefix.
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
