import type { Attr } from "../grammar/leaf";
import { below, type Path } from "../sentences/clause/clause";
import type { Comparison } from "./compare";
import type { Values } from "./sample-event";
import { unknownFunction, type Scope } from "./scope";
import type { Timeline } from "./timeline";

/** Whether one of a dimension's values on an event fits. */
export type SomeValue = (person: Timeline, position: number, fits: Comparison) => boolean;

/** Whether one of the values fits that stand under an ID; without a list for events that have a single value. */
export function someOf(value: Values[string] | undefined, fits: Comparison): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== "object") return fits(value);
  for (const one of value) if (fits(one)) return true;
  return false;
}

/** Which values a dimension has on an event, by its allocation model. Undefined after a mistake. */
export function dimension(attr: Attr, scope: Scope, path: Path): SomeValue | undefined {
  if (attr.func !== "attr") return void unknownFunction(scope, attr, path);
  const { name } = attr;
  if (name.startsWith("metrics/")) {
    const told = 'a metric has no values to compare; compare {"func": "total", "evt": …}';
    return void scope.mistake(below(path, "name"), `found ${JSON.stringify(name)}: ${told}`);
  }
  const model = attr["allocation-model"];
  if (model === undefined || model === null) return repeating(name);
  switch (model.func) {
    case "allocation-instance":
      return (person, position, fits) => someOf(person.event(position).values[name], fits);
    case "allocation-dedupedInstance":
      return deduped(name, model.context);
    default:
      return void unknownFunction(scope, model, below(path, "allocation-model"));
  }
}

/** Without a model every instance counts, and what persists. */
const repeating =
  (name: string): SomeValue =>
  (person, position, fits) => {
    const { values, persisted } = person.event(position);
    return someOf(values[name], fits) || (persisted !== undefined && someOf(persisted[name], fits));
  };

/** A value counts where it is set, unless it was set the last time that the dimension was, by the person or in the session. */
function deduped(name: string, context: "visitors" | "sessions"): SomeValue {
  let filling = -1;
  let before = new Int32Array(64);
  return (person, position, fits) => {
    if (filling !== person.filling) {
      filling = person.filling;
      if (before.length < person.size) before = new Int32Array(2 * person.size);
      findBefore(person, name, context, before);
    }
    const { values } = person.event(position);
    const last = before[position] ?? -1;
    if (last === -1) return someOf(values[name], fits);
    const set = person.event(last).values[name];
    return someOf(values[name], (value) => !someOf(set, (old) => String(old) === String(value)) && fits(value));
  };
}

const any: Comparison = () => true;

/** For each event the nearest one before it that sets the dimension, or -1. */
function findBefore(person: Timeline, name: string, context: "visitors" | "sessions", before: Int32Array): void {
  const last = new Int32Array(context === "sessions" ? person.sessions : 1).fill(-1);
  for (let position = 0; position < person.size; position += 1) {
    const unit = context === "sessions" ? (person.sessionOf[position] ?? 0) : 0;
    before[position] = last[unit] ?? -1;
    if (someOf(person.event(position).values[name], any)) last[unit] = position;
  }
}

/** Notes each value that it is asked about, and is satisfied with none: so all are asked about. */
export const collectInto =
  (found: Set<string>): Comparison =>
  (value) => {
    found.add(String(value));
    return false;
  };

/** A text for each set of values that a dimension can have on an event; undefined without a value. */
export function valuesText(some: SomeValue): (person: Timeline, position: number) => string | undefined {
  const found = new Set<string>();
  const collect = collectInto(found);
  return (person, position) => {
    found.clear();
    some(person, position, collect);
    return found.size === 0 ? undefined : JSON.stringify([...found].sort());
  };
}
