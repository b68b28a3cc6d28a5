import type {
  ContainerRestriction,
  DimensionRestriction,
  Limit,
  Modifier,
  TimeRestriction,
  TimeUnit,
} from "../grammar/definition";
import { below, type Path } from "../sentences/clause/clause";
import { dimension, valuesText } from "./dimension";
import type { Scope } from "./scope";
import { Calendar, DAY, HOUR } from "./time-zone";
import type { Span } from "./timeline";

/** Whether the distance between two places of a unit is allowed. */
export type Allows = (from: number, to: number) => boolean;

/** What two steps of a sequence must keep to. */
export interface Restriction {
  /** Whether it says what the distance is at most (`within`, `before`), or at least (`after`). */
  readonly atMost: boolean;
  /** Whether a distance never gets smaller when its end gets later or its start earlier. */
  isOrdered(span: Span): boolean;
  on(span: Span): Allows;
}

type Restricting = Exclude<Modifier, { func: "exclude-next-checkpoint" }>;

/** Compiles a restriction; undefined after a mistake. */
export function restriction(node: Restricting, scope: Scope, path: Path): Restriction | undefined {
  const count = Number(String(node.count));
  switch (node.func) {
    case "time-restriction":
      return time(node, count, scope, path);
    case "container-restriction":
      return container(node, count);
    case "dimension-restriction":
      return changes(node, count, scope, path);
  }
}

function keeps(limit: Limit, distance: number, count: number): boolean {
  switch (limit) {
    case "within":
      return distance <= count;
    case "after":
      return distance >= count;
    case "before":
      return distance < count;
  }
}

const atMost = (limit: Limit): boolean => limit !== "after";
const always = (): boolean => true;

const FIXED: Readonly<Partial<Record<TimeUnit, number>>> = { minute: 60_000, hour: HOUR, day: DAY, week: 7 * DAY };
const MONTHS: Readonly<Partial<Record<TimeUnit, number>>> = { month: 1, quarter: 3, year: 12 };

function time({ limit, unit }: TimeRestriction, count: number, scope: Scope, path: Path): Restriction | undefined {
  const fixed = FIXED[unit];
  const timeAt = (span: Span, place: number): number => span.person.times[span.at(place)] ?? 0;
  if (fixed !== undefined) {
    const least = count * fixed;
    const on =
      (span: Span): Allows =>
      (from, to) =>
        keeps(limit, timeAt(span, to) - timeAt(span, from), least);
    return { atMost: atMost(limit), isOrdered: always, on };
  }
  if (!Number.isInteger(count))
    return void scope.mistake(below(path, "count"), `found ${count}, but a ${unit} has no fixed length to divide`);
  const calendar = new Calendar(scope.options.timeZone ?? "UTC");
  const months = count * (MONTHS[unit] ?? 0);
  const on = (span: Span): Allows => {
    let start = -1;
    let day = 0;
    return (from, to) => {
      if (from !== start) day = calendar.addMonths(timeAt(span, (start = from)), months);
      return keeps(limit, timeAt(span, to), day);
    };
  };
  return { atMost: atMost(limit), isOrdered: always, on };
}

function container({ limit, container }: ContainerRestriction, count: number): Restriction {
  if (container !== "visits")
    return { atMost: atMost(limit), isOrdered: always, on: () => (from, to) => keeps(limit, to - from, count) };
  return {
    atMost: atMost(limit),
    isOrdered: ({ person }) => !person.interleaved,
    on: (span) => {
      const session = (place: number): number => span.person.sessionOf[span.at(place)] ?? 0;
      return (from, to) => keeps(limit, session(to) - session(from), count);
    },
  };
}

/** How often the values of a dimension change from the one place to the other. */
function changes(node: DimensionRestriction, count: number, scope: Scope, path: Path): Restriction | undefined {
  const { limit, attribute } = node;
  const at = below(path, "attribute");
  if (attribute === undefined || attribute === null)
    return void scope.mistake(at, "missing: without a dimension nothing can be counted");
  const some = dimension(attribute, scope, at);
  if (some === undefined) return undefined;
  const textAt = valuesText(some);
  const on = (span: Span): Allows => {
    // Changes up to a place, with the values of the last event that has any, and of the next one.
    const upTo = new Int32Array(span.size);
    const next = new Int32Array(span.size);
    let last: string | undefined;
    let changed = 0;
    let without = 0;
    for (let place = 0; place < span.size; place += 1) {
      const text = textAt(span.person, span.at(place));
      if (text !== undefined) {
        if (last !== undefined && text !== last) changed += 1;
        last = text;
        next.fill(changed, without, place + 1);
        without = place + 1;
      }
      upTo[place] = changed;
    }
    // Behind the last value nothing changes any more.
    next.fill(changed, without);
    return (from, to) => keeps(limit, Math.max(0, (upTo[to] ?? 0) - (next[from] ?? 0)), count);
  };
  return { atMost: atMost(limit), isOrdered: always, on };
}
