import type { Metric, NumericOperand } from "../grammar/leaf";
import type { Context } from "../grammar/definition";
import { below, type Path } from "../sentences/clause/clause";
import { numberIn } from "./compare";
import { collectInto, dimension } from "./dimension";
import type { SampleEvent, Value } from "./sample-event";
import { unknownFunction, type Scope } from "./scope";
import { spans, type Test, type Timeline, type UnitNumber } from "./timeline";

/** Metrics that are there without being set, as Adobe counts them. */
export const IMPLIED_METRICS: ReadonlySet<string> = new Set([
  "metrics/occurrences",
  "metrics/visits",
  "metrics/visitors",
]);

/** What an event says of a metric: the sum of a list; undefined where it says nothing. */
export function metricOn({ values }: SampleEvent, name: string): number | undefined {
  const value = values[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object") return amount(value);
  if (value.length === 0) return undefined;
  let sum = 0;
  for (const one of value) sum += amount(one);
  return sum;
}

const amount = (value: Value): number => (typeof value === "boolean" ? Number(value) : (numberIn(value) ?? 0));

/** What an event counts for a metric: one of those that are there without being set is 1. */
export const countOn = (event: SampleEvent, name: string): number =>
  metricOn(event, name) ?? (IMPLIED_METRICS.has(name) ? 1 : 0);

/** The name of a metric; undefined after a mistake. */
export function metricName(evt: Metric, scope: Scope, path: Path): string | undefined {
  if (evt.func !== "event") return void unknownFunction(scope, evt, path);
  return evt.name;
}

/** Whether a metric occurred on an event: it is not 0. */
export const occurs =
  (name: string): Test =>
  (person, position) =>
    countOn(person.event(position), name) !== 0;

/** The sum of a metric over the events of a unit; of visits and visitors how many of them there are. */
export function total(name: string, level: Context): UnitNumber {
  if (name === "metrics/visits" || name === "metrics/visitors") return counted(name, level);
  if (level === "hits") return (person, position) => countOn(person.event(position), name);
  return overEvents(level, (event) => countOn(event, name));
}

function counted(name: string, level: Context): UnitNumber {
  const sum = overEvents(level, (event) => metricOn(event, name) ?? 0);
  const givers = overEvents(level, (event) => (metricOn(event, name) === undefined ? 0 : 1));
  const units: UnitNumber = name === "metrics/visits" && level === "visitors" ? ({ sessions }) => sessions : () => 1;
  return (person, unit) => (givers(person, unit) > 0 ? sum(person, unit) : units(person, unit));
}

function overEvents(level: Context, amountOf: (event: SampleEvent) => number): UnitNumber {
  const spanOf = spans(level);
  return (person, unit) => {
    const span = spanOf(person, unit);
    let sum = 0;
    for (let place = 0; place < span.size; place += 1) sum += amountOf(person.event(span.at(place)));
    return sum;
  };
}

/** How many different values a dimension has on the events of a unit. */
function distinct(
  operand: Extract<NumericOperand, { func: "total-distinct" }>,
  level: Context,
  scope: Scope,
  path: Path,
) {
  const some = dimension(operand.field, scope, below(path, "field"));
  if (some === undefined) return undefined;
  const found = new Set<string>();
  const collect = collectInto(found);
  const spanOf = spans(level);
  return (person: Timeline, unit: number): number => {
    const span = spanOf(person, unit);
    found.clear();
    for (let place = 0; place < span.size; place += 1) some(person, span.at(place), collect);
    return found.size;
  };
}

/** The number that a total is on a unit; undefined after a mistake. */
export function unitNumber(
  operand: Exclude<NumericOperand, { func: "attr" }>,
  level: Context,
  scope: Scope,
  path: Path,
): UnitNumber | undefined {
  switch (operand.func) {
    case "total": {
      const name = metricName(operand.evt, scope, below(path, "evt"));
      return name === undefined ? undefined : total(name, level);
    }
    case "total-distinct":
      return distinct(operand, level, scope, path);
    default:
      return void unknownFunction(scope, operand, path);
  }
}
