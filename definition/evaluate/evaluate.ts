import { compile } from "./compile";
import type { EvaluateOptions, SampleEvent, Selection } from "./sample-event";

/**
 * Which of some events a definition selects, with their sessions and persons.
 *
 * The events of a person count by their time, those at the same time in the order in which they were given. What Adobe's pages leave open
 * is decided in [the table of meanings](https://github.com/pulumi-cja/pulumi-cja/blob/main/docs/evaluation.md).
 */
export function evaluate(
  definition: unknown,
  events: readonly SampleEvent[],
  options: EvaluateOptions = {},
): Selection {
  return compile(definition, options).select(events);
}
