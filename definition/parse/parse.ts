import { check } from "./check";
import type { Mistake } from "./mistake";
import type { SegmentDefinition } from "../grammar/definition";
import { Walk } from "./walk";

export interface ParseOptions {
  /**
   * Tells values that are not known yet, as the inputs of a preview can be. Such a value is skipped wherever it stands.
   * Default: every value is known.
   */
  readonly isUnknown?: (value: unknown) => boolean;
}

export interface Parsed {
  /** The input itself, the same object; undefined when there are errors or when all of it is unknown. */
  readonly definition: SegmentDefinition | undefined;
  /** What must be put right before the definition can be sent, in the document's order. */
  readonly errors: readonly Mistake[];
  /** What is odd, and left to Adobe's validation to judge. */
  readonly warnings: readonly Mistake[];
}

/**
 * Checks a segment definition and collects every mistake in it, each with its path, what was found and what is allowed.
 *
 * It takes anything and never throws: text, lists, objects that contain themselves, values that JSON has no way to
 * write. More than 100 levels and more than 100,000 values are errors. Functions that the language does not know pass
 * with a warning, unless they look like a known one mistyped: Adobe may add some at any time. So do unknown contexts. What is
 * no definition but a listing, a filter of a report, an audience and so on is named as what it is.
 *
 * @example
 * const { definition, errors } = parse(JSON.parse(text));
 * for (const { path, message } of errors) console.error(`${path}: ${message}`);
 */
export function parse(json: unknown, options: ParseOptions = {}): Parsed {
  const isUnknown = options.isUnknown ?? (() => false);
  const walk = new Walk(json, isUnknown);
  for (let visit = walk.next(); visit !== undefined; visit = walk.next()) {
    if (!isUnknown(visit.value)) check(walk, visit);
  }
  const usable = walk.errors.length === 0 && !isUnknown(json);
  return { definition: usable ? (json as SegmentDefinition) : undefined, errors: walk.errors, warnings: walk.warnings };
}
