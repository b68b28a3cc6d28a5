import type { Context } from "../grammar/definition";
import { pathOf, type Mistake } from "../mistake";
import { eventTime } from "./event-time";
import { EvaluationError } from "./evaluation-error";
import type { SampleEvent, SampleSession, Selection } from "./sample-event";
import { spans, type Test, type Timeline } from "./timeline";

/**
 * Judges the events person by person: which of them lie in units of a level that satisfy a condition.
 *
 * @param person is filled with one person after the other; always the same for the same condition
 */
export function select(events: readonly SampleEvent[], level: Context, test: Test, person: Timeline): Selection {
  const times = timesOf(events);
  const { order, ends } = byPerson(events);
  const chosen = new Uint8Array(events.length);
  let from = 0;
  for (const end of ends) {
    sortByTime(order, times, from, end);
    person.fill(events, times, order, from, end - from);
    choose(person, level, test, (position) => (chosen[order[from + position] ?? 0] = 1));
    from = end;
  }
  return selectionOf(events, chosen);
}

function choose(person: Timeline, level: Context, test: Test, mark: (position: number) => void): void {
  const spanOf = spans(level);
  const units = person.units(level);
  for (let unit = 0; unit < units; unit += 1) {
    if (!test(person, unit)) continue;
    const span = spanOf(person, unit);
    for (let place = 0; place < span.size; place += 1) mark(span.at(place));
  }
}

/** The time of each event. */
function timesOf(events: readonly SampleEvent[]): Float64Array {
  const mistakes: Mistake[] = [];
  const times = new Float64Array(events.length);
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as SampleEvent;
    const time = isThere(event) ? eventTime(event.time) : undefined;
    const isWhole = time !== undefined && typeof event.person === "string" && typeof event.session === "string";
    if (isWhole && isThere(event.values) && (event.persisted === undefined || isThere(event.persisted)))
      times[index] = time;
    else mistakes.push(...mistakesOf(event, index));
  }
  if (mistakes.length > 0) throw new EvaluationError(mistakes);
  return times;
}

const isThere = (value: unknown): boolean => typeof value === "object" && value !== null;

function mistakesOf(event: SampleEvent, index: number): Mistake[] {
  if (!isThere(event)) return [{ path: pathOf(["events", index]), message: "found no event, write an object" }];
  const wrong = (key: keyof SampleEvent, hint: string): Mistake => ({
    path: pathOf(["events", index, key]),
    message: `found ${JSON.stringify(event[key]) ?? "nothing"}, write ${hint}`,
  });
  return [
    ...(typeof event.person === "string" ? [] : [wrong("person", "the person as a string")]),
    ...(typeof event.session === "string" ? [] : [wrong("session", "the session as a string")]),
    ...(eventTime(event.time) === undefined
      ? [wrong("time", 'milliseconds since 1970, a Date, or a time such as "2026-01-31T12:00:00Z"')]
      : []),
    ...(["values", "persisted"] as const).flatMap((key) =>
      isThere(event[key]) || (key === "persisted" && event[key] === undefined)
        ? []
        : [wrong(key, 'values by ID: { "variables/page": "Home" }')],
    ),
  ];
}

/** The indexes of the events, person by person, each person's in the order in which they were given. */
function byPerson(events: readonly SampleEvent[]): { order: Int32Array; ends: Int32Array } {
  const ordinals = new Map<string, number>();
  const personOf = new Int32Array(events.length);
  const counts: number[] = [];
  let name: string | undefined;
  let ordinal = -1;
  for (let index = 0; index < events.length; index += 1) {
    const { person } = events[index] as SampleEvent;
    // Mostly a person's events stand together.
    if (person !== name) {
      name = person;
      ordinal = ordinals.get(person) ?? counts.length;
      if (ordinal === counts.length) {
        ordinals.set(person, ordinal);
        counts.push(0);
      }
    }
    personOf[index] = ordinal;
    counts[ordinal] = (counts[ordinal] ?? 0) + 1;
  }
  const ends = new Int32Array(counts.length);
  for (let person = 1; person < counts.length; person += 1)
    ends[person] = (ends[person - 1] ?? 0) + (counts[person - 1] ?? 0);
  const order = new Int32Array(events.length);
  for (let index = 0; index < events.length; index += 1) {
    const person = personOf[index] ?? 0;
    const at = ends[person] ?? 0;
    order[at] = index;
    ends[person] = at + 1;
  }
  return { order, ends };
}

/** Sorts a person's part of the indexes; events at the same time keep the order in which they were given. */
function sortByTime(order: Int32Array, times: Float64Array, from: number, end: number): void {
  const timeAt = (index: number) => times[order[index] ?? 0] ?? 0;
  for (let index = from + 1; index < end; index += 1) {
    if (timeAt(index - 1) <= timeAt(index)) continue;
    order.subarray(from, end).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    return;
  }
}

function selectionOf(events: readonly SampleEvent[], chosen: Uint8Array): Selection {
  const selected: SampleEvent[] = [];
  const sessions: SampleSession[] = [];
  const persons = new Map<string, Set<string>>();
  let last: SampleEvent | undefined;
  for (let index = 0; index < events.length; index += 1) {
    if (chosen[index] === 0) continue;
    const event = events[index] as SampleEvent;
    selected.push(event);
    const { person, session } = event;
    if (last !== undefined && last.person === person && last.session === session) continue;
    last = event;
    let known = persons.get(person);
    if (known === undefined) persons.set(person, (known = new Set()));
    if (known.has(session)) continue;
    known.add(session);
    sessions.push({ person, session });
  }
  return { events: selected, sessions, persons: [...persons.keys()] };
}
