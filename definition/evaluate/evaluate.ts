import { compile } from "./compile";
import type { EvaluateOptions, SampleEvent, Selection } from "./sample-event";

/**
 * Says which of some events a definition selects, and which sessions and persons with them. Pure: nothing is asked or sent.
 *
 * The events of a person count in the order of their time. A definition on the level of sessions or persons selects all their
 * events. What Adobe's pages leave open, and how it is decided here, is listed in docs/evaluation.md of the package's repository.
 *
 * @param definition what `parse` accepts; what it lets through without knowing it, such as a function that Adobe may have added, is a
 *   mistake here
 * @param events of any number of persons, in any order; a million of them take about a second
 * @param options what the definition needs beside the events. Default: UTC, no time for rolling dates, no segments and no date
 *   ranges to refer to
 * @throws EvaluationError with all mistakes of the definition, or, if it has none, of the events
 *
 * @example
 * const event = (person: string, time: string, page: string) => ({
 *   person, session: `${person} ${time.slice(0, 10)}`, time, values: { "variables/page": page },
 * });
 * evaluate(segment(visitors(dimension("page").is("Cart"))), [
 *   event("ada", "2026-01-31T12:00:00Z", "Home"),
 *   event("ada", "2026-02-01T12:00:00Z", "Cart"),
 *   event("bob", "2026-02-01T12:00:00Z", "Home"),
 * ]).persons; // ["ada"]
 */
export function evaluate(
  definition: unknown,
  events: readonly SampleEvent[],
  options: EvaluateOptions = {},
): Selection {
  return compile(definition, options).select(events);
}
