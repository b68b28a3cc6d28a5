import type { Context } from "../grammar/definition";
import type { SampleEvent } from "./sample-event";

/**
 * The events of one person by their time, and the sessions in which they lie. Units are told by numbers: an event by its
 * position, a session by its ordinal (the first is that of the first event), the person by 0.
 *
 * One object is filled again for every person, since making a new one costs more than many conditions: what is kept about a
 * person elsewhere is good as long as `filling` is the same.
 */
export class Timeline {
  filling = 0;
  size = 0;
  events: (SampleEvent | undefined)[] = [];
  times = new Float64Array(64);
  /** The session of each event. */
  sessionOf = new Int32Array(64);
  sessions = 0;
  /** Where the events of each session begin in `bySession`, and after the last one their number. */
  sessionFrom = new Int32Array(65);
  /** The positions of events, session by session. */
  bySession = new Int32Array(64);
  /** Whether an event of one session lies between two of another. */
  interleaved = false;

  readonly #ordinals = new Map<string, number>();

  /**
   * Fills in a person's events.
   *
   * @param order the indexes of the person's events, from `from` on, in the order of their time
   * @param times of the events, by their index
   */
  fill(events: readonly SampleEvent[], times: Float64Array, order: Int32Array, from: number, size: number): void {
    this.filling += 1;
    this.size = size;
    if (size > this.times.length) this.#grow(size);
    for (let position = 0; position < size; position += 1) {
      const index = order[from + position] ?? 0;
      this.events[position] = events[index];
      this.times[position] = times[index] ?? 0;
    }
    this.#findSessions();
  }

  /** How many units of a level there are. */
  units(level: Context): number {
    return level === "hits" ? this.size : level === "visits" ? this.sessions : 1;
  }

  event(position: number): SampleEvent {
    return this.events[position] as SampleEvent;
  }

  /** The position of a session's first event. */
  firstOf(session: number): number {
    return this.bySession[this.sessionFrom[session] ?? 0] ?? 0;
  }

  /** The position of a session's last event. */
  lastOf(session: number): number {
    return this.bySession[(this.sessionFrom[session + 1] ?? 0) - 1] ?? 0;
  }

  #grow(size: number): void {
    const room = size + (size >> 2);
    this.times = new Float64Array(room);
    this.sessionOf = new Int32Array(room);
    this.bySession = new Int32Array(room);
    this.sessionFrom = new Int32Array(room + 1);
  }

  #findSessions(): void {
    const { size, sessionOf, sessionFrom } = this;
    const ordinals = this.#ordinals;
    ordinals.clear();
    this.interleaved = false;
    let name: string | undefined;
    let ordinal = 0;
    let count = 0;
    for (let position = 0; position < size; position += 1) {
      const { session } = this.event(position);
      if (session !== name) {
        name = session;
        const known = ordinals.get(session);
        if (known === undefined) {
          ordinals.set(session, count);
          ordinal = count;
          sessionFrom[count] = position;
          count += 1;
        } else {
          ordinal = known;
          this.interleaved = true;
        }
      }
      sessionOf[position] = ordinal;
    }
    this.sessions = count;
    sessionFrom[count] = size;
    if (this.interleaved) this.#sortBySession();
    else for (let position = 0; position < size; position += 1) this.bySession[position] = position;
  }

  #sortBySession(): void {
    const { size, sessions, sessionOf, sessionFrom, bySession } = this;
    sessionFrom.fill(0, 0, sessions + 1);
    for (let position = 0; position < size; position += 1) add(sessionFrom, (sessionOf[position] ?? 0) + 1, 1);
    for (let session = 0; session < sessions; session += 1) add(sessionFrom, session + 1, sessionFrom[session] ?? 0);
    const next = sessionFrom.slice(0, sessions);
    for (let position = 0; position < size; position += 1) {
      const session = sessionOf[position] ?? 0;
      bySession[next[session] ?? 0] = position;
      add(next, session, 1);
    }
  }
}

function add(numbers: Int32Array, index: number, more: number): void {
  numbers[index] = (numbers[index] ?? 0) + more;
}

/** Whether a unit of one level (an event's position, a session's ordinal, 0 for the person) satisfies a condition. */
export type Test = (person: Timeline, unit: number) => boolean;

/** A number that a unit has. */
export type UnitNumber = (person: Timeline, unit: number) => number;

/** The event, session or person around a unit of a narrower level; the unit itself on its own level. */
export function unitAround(person: Timeline, level: Context, unit: number, context: Context): number {
  if (level === context) return unit;
  return context === "visitors" ? 0 : (person.sessionOf[unit] ?? 0);
}

const WIDTH: Readonly<Record<Context, number>> = { hits: 0, visits: 1, visitors: 2 };

export const isWider = (context: Context, level: Context): boolean => WIDTH[context] > WIDTH[level];

/** The events of a unit, in their order, without a list for each unit. Places in it are counted from 0. */
export class Span {
  unit = 0;
  size = 0;
  #from = 0;
  #bySession = false;

  constructor(
    readonly person: Timeline,
    readonly level: Context,
  ) {}

  move(unit: number): this {
    const { person, level } = this;
    this.unit = unit;
    this.#bySession = level === "visits" && person.interleaved;
    if (level === "visits") {
      this.#from = person.sessionFrom[unit] ?? 0;
      this.size = (person.sessionFrom[unit + 1] ?? 0) - this.#from;
    } else {
      this.#from = unit;
      this.size = level === "hits" ? 1 : person.size;
    }
    return this;
  }

  /** The position, among the person's events, of the event at a place of the unit. */
  at(place: number): number {
    const index = this.#from + place;
    return this.#bySession ? (this.person.bySession[index] ?? 0) : index;
  }
}

/** The events of one unit of a level after the other. What it answers is good until it is called again. */
export function spans(level: Context): (person: Timeline, unit: number) => Span {
  let span: Span | undefined;
  return (person, unit) => {
    if (span?.person !== person) span = new Span(person, level);
    return span.move(unit);
  };
}
