import type { Mistake } from "../mistake";
import type { SegmentDefinition } from "../grammar/definition";
import { Walk, containsItself, type Expectation, type Visit } from "./walk";
import { checkNode, checkNodes } from "./check-node";
import { checkRoot } from "./check-root";
import { checkValue } from "./check-value";
import { MAX_DEPTH } from "../limits";
import { shapeOf, type Shape, describeShape } from "../shape";

export interface ParseOptions {
  /**
   * Tells values that are not known yet, as the inputs of a preview can be. Such a value is skipped wherever it stands.
   * Default: every value is known.
   */
  readonly isUnknown?: ((value: unknown) => boolean) | undefined;
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

type Known = Exclude<Shape, { is: "foreign" }>;

/** Checks one value, and asks the walk to look at what is inside it. */
function check(walk: Walk, visit: Visit): void {
  const found = shapeOf(visit.value);
  if (found.is === "foreign") return walk.error(visit, externalTypeName(found.name));
  if (found.is === "object" || found.is === "list") {
    if (containsItself(visit)) return walk.error(visit, "contains itself, which JSON cannot represent");
    if (visit.depth > MAX_DEPTH) return walk.error(visit, `nested deeper than ${MAX_DEPTH} levels`);
    // Before anything goes through them: a list of holes costs nothing to make.
    if (!walk.hasRoomFor(visit, found.is === "object" ? found.keys.length : found.length)) return;
  }
  const mistake = found.is === "number" ? numberMistake(found, visit.expected) : undefined;
  if (mistake !== undefined) return walk.error(visit, mistake);
  dispatch(walk, visit, found);
}

function dispatch(walk: Walk, visit: Visit, found: Known): void {
  const { expected } = visit;
  if (expected.is === "root") return checkRoot(walk, visit, found);
  if (expected.is === "anything") return enterAll(walk, visit, found, expected);
  if (expected.is === "entries") return enterAll(walk, visit, found, { is: "node", place: expected.place });
  if (expected.optional && found.is === "null") return;
  if (expected.is === "node") return checkNode(walk, visit, found, expected);
  if (expected.is === "nodes") return checkNodes(walk, visit, found, expected);
  checkValue(walk, visit, found, expected);
}

function enterAll(walk: Walk, visit: Visit, found: Known, expected: Expectation): void {
  if (found.is === "object") walk.enterKeys(visit, found, () => expected);
  if (found.is === "list") walk.enterList(visit, found, expected);
}

function externalTypeName(name: string): string {
  if (name === "undefined") return "found undefined, give it a value, or remove the key";
  return `found ${name}, which JSON cannot represent`;
}

/**
 * What is wrong with a number of a program, whose digits are gone already where JavaScript does not hold them: the literal
 * 9007199254740993 is the number 9007199254740992. An `ExactNumber` has lost nothing.
 */
function numberMistake(found: Extract<Shape, { is: "number" }>, expected: Expectation): string | undefined {
  const { value } = found;
  if (Object.is(value, -0)) return "found the number -0, which would be sent as 0; write 0";
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return undefined;
  const reason = `which may be a rounded number (JavaScript holds whole numbers up to ±${Number.MAX_SAFE_INTEGER})`;
  return `found ${describeShape(found)}, ${reason}; ${replacementHint(expected)}`;
}

function replacementHint({ is }: Expectation): string {
  if (is === "text" || is === "texts" || is === "name") return "write it as a string, in quotes";
  if (is === "number" || is === "numbers")
    return 'write a smaller number or, if it is an ID, compare it as a string ("streq")';
  return "write a smaller number or, if the service takes one there, a string";
}
