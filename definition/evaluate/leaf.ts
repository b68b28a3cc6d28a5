import type { Context } from "../grammar/definition";
import type { Attr, DatetimeWithinLeaf, EventExistsLeaf, Leaf, NumericOperand } from "../grammar/leaf";
import { below, type Path } from "../sentences/clause/clause";
import * as compare from "./compare";
import type { Comparison, Positive } from "./compare";
import { dateRange } from "./date-range";
import { dimension } from "./dimension";
import { onLevel } from "./levels";
import { metricName, occurs, unitNumber } from "./metric";
import { MISTAKEN, unknownFunction, type Scope } from "./scope";
import type { Test } from "./timeline";

/** Whether one of a unit's events satisfies a condition on events. */
const someEvent = (test: Test, level: Context): Test => onLevel("hits", test, level);

/** Where a leaf stands. */
interface Place {
  readonly level: Context;
  readonly scope: Scope;
  readonly path: Path;
}

/** Compiles every leaf but a reference: whether one of a unit's events satisfies it, or the unit's total does. */
export function leaf(node: Exclude<Leaf, { func: "segment-ref" }>, level: Context, scope: Scope, path: Path): Test {
  const place: Place = { level, scope, path };
  const not = node.func.startsWith("not-");
  switch (node.func) {
    case "exists":
      return onDimension(node.val, () => true, false, place);
    case "not-exists":
      return onDimension(node.val, () => true, "no value", place);
    case "event-exists":
    case "not-event-exists":
      return happens(node, not, place);
    case "streq":
    case "not-streq":
    case "strlt":
    case "strgt":
    case "strle":
    case "strge":
    case "contains":
    case "not-contains":
    case "starts-with":
    case "not-starts-with":
    case "ends-with":
    case "not-ends-with":
      return onDimension(node.val, compare.textComparison(positive(node.func), node.str), not, place);
    case "streq-in":
    case "not-streq-in":
    case "contains-any-of":
    case "contains-all-of":
    case "not-contains-any-of":
    case "not-contains-all-of":
      return onDimension(node.val, compare.textListComparison(positive(node.func), node.list), not, place);
    case "matches":
    case "not-matches":
      return onDimension(node.val, compare.globComparison(node.glob), not, place);
    case "matches-regex":
      return onDimension(node.val, regex(node.regex, place), false, place);
    case "eq":
    case "not-eq":
    case "gt":
    case "lt":
    case "ge":
    case "le":
      return onNumber(node.val, compare.numberTest(positive(node.func), plain(node.num)), not, place);
    case "eq-any-of":
    case "not-eq-any-of":
    case "eq-in":
    case "not-eq-in":
      return onNumber(node.val, compare.numberListTest(positive(node.func), node.list.map(plain)), not, place);
    case "range":
      return onNumber(rangedOperand(node.val), compare.rangeTest(bound(node.low), bound(node.high)), false, place);
    case "datetime-within":
      return within(node, place);
    default:
      // Functions that Adobe may have added: `parse` lets them through.
      unknownFunction(scope, node, path);
      return MISTAKEN;
  }
}

const positive = <Func extends string>(func: Func): Positive<Func> => func.replace(/^not-/, "") as Positive<Func>;

/** The nearest number of JavaScript to one of a JSON text that it cannot hold. */
const plain = (num: number): number => (typeof num === "number" ? num : Number(String(num)));

const bound = (num: number | null | undefined): number | undefined =>
  num === null || num === undefined ? undefined : plain(num);

function regex(source: string, { scope, path }: Place): Comparison {
  try {
    return compare.regexComparison(new RegExp(source));
  } catch (error) {
    scope.mistake(below(path, "regex"), `found an invalid regular expression: ${String(error)}`);
    return () => false;
  }
}

/**
 * "Not" asks for a value that does not fit, or for no value at all, as Adobe describes these operators: they return items.
 * `not-exists` has no such item and asks for no value.
 */
function onDimension(attr: Attr, fits: Comparison, not: boolean | "no value", { level, scope, path }: Place): Test {
  const some = dimension(attr, scope, below(path, "val"));
  if (some === undefined) return MISTAKEN;
  if (not === false) return someEvent((person, position) => some(person, position, fits), level);
  if (not === "no value") return someEvent((person, position) => !some(person, position, fits), level);
  const misfits: Comparison = (value) => !fits(value);
  return someEvent((person, position) => some(person, position, misfits) || !some(person, position, () => true), level);
}

/** The guide's `range` names a metric as if it were a dimension, and means its total. */
const rangedOperand = (val: NumericOperand): NumericOperand =>
  val.func === "attr" && val.name.startsWith("metrics/")
    ? { func: "total", evt: { func: "event", name: val.name } }
    : val;

function onNumber(val: NumericOperand, fits: (number: number) => boolean, not: boolean, place: Place): Test {
  const { level, scope, path } = place;
  if (val.func === "attr") return onDimension(val, compare.onNumber(fits), not, place);
  const number = unitNumber(val, level, scope, below(path, "val"));
  if (number === undefined) return MISTAKEN;
  return (person, unit) => fits(number(person, unit)) !== not;
}

function happens({ evt }: EventExistsLeaf, not: boolean, { level, scope, path }: Place): Test {
  const name = metricName(evt, scope, below(path, "evt"));
  if (name === undefined) return MISTAKEN;
  const event = occurs(name);
  return someEvent(not ? (person, position) => !event(person, position) : event, level);
}

function within(node: DatetimeWithinLeaf, { level, scope, path }: Place): Test {
  const interval = node["interval-value"];
  const at = below(path, "interval-value");
  if (interval.func !== "datetime-interval-ref") {
    unknownFunction(scope, interval, at);
    return MISTAKEN;
  }
  const text = scope.options.dateRanges?.(interval.id);
  if (text === undefined) {
    scope.mistake(below(at, "id"), `found ${JSON.stringify(interval.id)}, a date range that is not known here`);
    return MISTAKEN;
  }
  try {
    const { start, end } = dateRange(text, scope.options);
    return someEvent(({ times }, position) => {
      const time = times[position] ?? NaN;
      return time >= start && time < end;
    }, level);
  } catch (error) {
    scope.mistake(below(at, "id"), error instanceof Error ? error.message : String(error));
    return MISTAKEN;
  }
}
