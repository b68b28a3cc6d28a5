import type { Context } from "../grammar/definition";
import { isObject, type JsonObject } from "../json";
import { shorten } from "../mistake";
import { quoted } from "../sentences/quote";
import { eventTime } from "./event-time";
import { IMPLIED_METRICS, metricOn } from "./metric";
import type { SampleEvent, Value } from "./sample-event";

/** How many of the values are told. */
const MAX_VALUES = 3;

/** What the events have of the component of a condition that failed, in words; empty where that says nothing. */
export function foundFor(leaf: JsonObject, context: Context, events: readonly SampleEvent[]): string {
  if (leaf["func"] === "datetime-within") return timesOf(events);
  const { val } = leaf;
  if (!isObject(val)) return "";
  if (val["func"] === "attr" && typeof val["name"] === "string")
    return foundText(valuesOf(val["name"], events), "no value");
  const { evt } = val;
  if (val["func"] !== "total" || !isObject(evt) || typeof evt["name"] !== "string") return "";
  const name = evt["name"];
  // These are counted, and no event has them.
  if (IMPLIED_METRICS.has(name)) return "";
  return foundText(
    unitsOf(events, context).map((unit) => sumOf(name, unit)),
    "",
  );
}

function timesOf(events: readonly SampleEvent[]): string {
  const times = events.flatMap(({ time }) => eventTime(time) ?? []).sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)].map((time) => (time === undefined ? "" : isoTime(time)));
  return first === last ? `the only time is ${first}` : `the times are from ${first} to ${last}`;
}

const isoTime = (time: number): string => new Date(time).toISOString().replace(/\.000Z$/, "Z");

const listOf = (value: Value | readonly Value[] | null | undefined): readonly Value[] =>
  value === null || value === undefined ? [] : Array.isArray(value) ? (value as readonly Value[]) : [value as Value];

const valuesOf = (name: string, events: readonly SampleEvent[]): readonly Value[] =>
  events.flatMap(({ values, persisted }) => [...listOf(values[name]), ...listOf(persisted?.[name])]);

const sumOf = (name: string, events: readonly SampleEvent[]): number =>
  events.reduce((sum, event) => sum + (metricOn(event, name) ?? 0), 0);

/** The events of one person by the units of a container. */
function unitsOf(events: readonly SampleEvent[], context: Context): readonly (readonly SampleEvent[])[] {
  if (context === "visitors") return [events];
  if (context === "hits") return events.map((event) => [event]);
  return [...groupBy(events)];
}

function foundText(values: readonly Value[], none: string): string {
  const distinct = [...new Set(values)];
  if (distinct.length === 0) return none;
  const shown = distinct
    .slice(0, MAX_VALUES)
    .map((value) => (typeof value === "string" ? quoted(shorten(value)) : String(value)));
  const rest = distinct.length - shown.length;
  return `found ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function groupBy(events: readonly SampleEvent[]): Iterable<readonly SampleEvent[]> {
  const sessions = new Map<string, SampleEvent[]>();
  for (const event of events) {
    const known = sessions.get(event.session);
    if (known === undefined) sessions.set(event.session, [event]);
    else known.push(event);
  }
  return sessions.values();
}
