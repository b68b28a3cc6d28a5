import type { SampleEvent } from "../../definition/evaluate/sample-event";
import type { EmulatorClock } from "../clock";
import { eventsOfPerson } from "./person";

const day = 86_400_000;
/** Any other would do: it makes the persons what they are. */
const seed = 20_261_130;
const persons = 2000;

/**
 * The emulator's own events: what 2,000 made-up persons do in the 30 full days up to the last midnight, UTC, so that a report on `td-30d/td` finds
 * all of it. They are the same on every day, only later.
 *
 * @param now milliseconds since 1970. Default: the present.
 * @returns the events, person by person, with the dimensions and metrics of the emulator's data views
 * @example
 * const buyers = sampleEvents().filter(({ values }) => values["metrics/orders"] === 1);
 */
export function sampleEvents(now = Date.now()): SampleEvent[] {
  const midnight = Math.floor(now / day) * day;
  return Array.from({ length: persons }, (_, index) => {
    const person = `p${String(index + 1).padStart(4, "0")}`;
    return eventsOfPerson(person, seed + Math.imul(index, 0x9e3779b1), midnight);
  }).flat();
}

/** What reports are about: the emulator's own events, or those that somebody gives it. */
export class EventData {
  private given: readonly SampleEvent[] | null;
  private own: { readonly midnight: number; readonly events: readonly SampleEvent[] } | undefined;
  private named: { readonly of: readonly SampleEvent[]; readonly ids: ReadonlySet<string> } | undefined;

  /** @param initial instead of the own ones, also after a reset */
  constructor(
    private readonly clock: EmulatorClock,
    private readonly initial: readonly SampleEvent[] | null,
  ) {
    this.given = initial;
  }

  all(): readonly SampleEvent[] {
    if (this.given !== null) return this.given;
    const midnight = Math.floor(this.clock.now() / day) * day;
    if (this.own?.midnight !== midnight) this.own = { midnight, events: sampleEvents(midnight) };
    return this.own.events;
  }

  /** IDs of all components that an event has a value for. */
  components(): ReadonlySet<string> {
    const events = this.all();
    if (this.named?.of !== events) {
      this.named = {
        of: events,
        ids: new Set(events.flatMap(({ values, persisted }) => Object.keys({ ...values, ...persisted }))),
      };
    }
    return this.named.ids;
  }

  /** @param events null for the own ones */
  replace(events: readonly SampleEvent[] | null): void {
    this.given = events;
  }

  reset(): void {
    this.given = this.initial;
  }
}
