import type { Attr, Checkpoint, Modifier, Step } from "../../../../../definition";
import { valuesOn } from "./leaves";
import { later } from "./time";
import { unitsOf, type Events, type Row, type Sight } from "./units";

/** From which to which of a unit's events a checkpoint is met. */
interface Place {
  readonly from: number;
  readonly to: number;
}

interface Slot {
  readonly checkpoint: Checkpoint;
  readonly excluded: boolean;
  readonly restrictions: readonly Restriction[];
}

type Restriction = Exclude<Modifier, { readonly func: "exclude-next-checkpoint" }>;

export function placesOf(sight: Sight, checkpoint: Checkpoint, unit: Events): Place[] {
  switch (checkpoint.func) {
    case "container":
      return sight.unitsWhere(checkpoint, unit).map((inner) => {
        const at = inner.map((row) => unit.indexOf(row)).filter((index) => index >= 0);
        return { from: Math.min(...at), to: Math.max(...at) };
      });
    case "sequence-or":
      return checkpoint.checkpoints.flatMap((member) => placesOf(sight, member, unit));
    case "sequence-and":
      return choices(checkpoint.checkpoints.map((member) => placesOf(sight, member, unit))).map((members) => ({
        from: Math.min(...members.map(({ from }) => from)),
        to: Math.max(...members.map(({ to }) => to)),
      }));
  }
}

/** Every way to take one of each. */
function choices<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((chosen, list) => chosen.flatMap((before) => list.map((one) => [...before, one])), [[]]);
}

export const hasSequence = (sight: Sight, stream: readonly Step[], unit: Events): boolean =>
  occurrences(sight, stream, unit).length > 0;

/** "Only after": not before the end of the occurrence that ends first. */
export function isAfter(sight: Sight, stream: readonly Step[], unit: Events, row: Row): boolean {
  return occurrences(sight, stream, unit).some((places) => unit.indexOf(row) >= (places.at(-1)?.to ?? 0));
}

/** "Only before": not after the start of the occurrence that starts last. */
export function isBefore(sight: Sight, stream: readonly Step[], unit: Events, row: Row): boolean {
  return occurrences(sight, stream, unit).some((places) => unit.indexOf(row) <= (places[0]?.from ?? unit.length));
}

/** Every choice of places for the checkpoints that are not excluded which keeps all that the stream says. */
function occurrences(sight: Sight, stream: readonly Step[], unit: Events): Place[][] {
  const slots = slotsOf(stream).map((slot) => ({ ...slot, places: distinct(placesOf(sight, slot.checkpoint, unit)) }));
  const included = slots.filter(({ excluded }) => !excluded);
  return choices(included.map(({ places }) => places)).filter((chosen) =>
    slots.every((slot, index) => {
      const next = slots.slice(index).find(({ excluded }) => !excluded);
      const at = next === undefined ? chosen.length : included.indexOf(next);
      const [before, after] = [chosen[at - 1], chosen[at]];
      const isReached = (place: Place) =>
        before === undefined ||
        (place.from > before.to &&
          slot.restrictions.every((restriction) => keeps(sight, unit, restriction, before.to, place.from)));
      if (!slot.excluded) return after !== undefined && isReached(after);
      const isBetween = (place: Place) => isReached(place) && (after === undefined || place.to < after.from);
      return !slot.places.some(isBetween);
    }),
  );
}

/** A place twice is no other choice. */
const distinct = (places: readonly Place[]): Place[] =>
  places.filter(({ from, to }, index) => places.findIndex((other) => other.from === from && other.to === to) === index);

function slotsOf(stream: readonly Step[]): Slot[] {
  const slots: Slot[] = [];
  let modifiers: Modifier[] = [];
  for (const step of stream) {
    if (isCheckpoint(step)) {
      const restrictions = modifiers.filter((modifier) => modifier.func !== "exclude-next-checkpoint");
      slots.push({ checkpoint: step, restrictions, excluded: restrictions.length < modifiers.length });
      modifiers = [];
    } else {
      modifiers.push(step);
    }
  }
  return slots;
}

const isCheckpoint = (step: Step): step is Checkpoint =>
  step.func === "container" || step.func === "sequence-and" || step.func === "sequence-or";

/** Whether a restriction holds between the end of one place and the start of another. */
function keeps(sight: Sight, unit: Events, restriction: Restriction, from: number, to: number): boolean {
  const count = Number(restriction.count);
  const [start, end] = [unit[from], unit[to]];
  if (start === undefined || end === undefined) throw new Error("no such place");
  if (restriction.func === "time-restriction") {
    return isKept(restriction.limit, end.time, later(sight.options, start.time, count, restriction.unit));
  }
  return isKept(restriction.limit, distance(), count);

  function distance(): number {
    if (restriction.func === "dimension-restriction")
      return changes(sight, restriction.attribute, unit.slice(from, to + 1));
    if (restriction.func !== "container-restriction" || restriction.container !== "visits") return to - from;
    const sessions = unitsOf("visits", unit, sight.all);
    const ordinal = (row: Row) => sessions.findIndex((session) => session.includes(row));
    return ordinal(end as Row) - ordinal(start as Row);
  }
}

function isKept(limit: Restriction["limit"], is: number, bound: number): boolean {
  switch (limit) {
    case "within":
      return is <= bound;
    case "after":
      return is >= bound;
    case "before":
      return is < bound;
  }
}

/** How often a dimension changes; events without a value are skipped. */
function changes(sight: Sight, attr: Attr, rows: Events): number {
  const sets = rows
    .map((row) => [...new Set(valuesOn(sight, attr, row))].sort())
    .filter((values) => values.length > 0)
    .map((values) => JSON.stringify(values));
  return sets.filter((set, index) => index > 0 && set !== sets[index - 1]).length;
}
