import type { SampleEvent } from "./sample-event";

const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** Whether a text that is a time names its zone. */
export const namesZone = (text: string): boolean => ISO.exec(text)?.[1] !== undefined;

/** The latest time that a Date can be, and without its sign the earliest. */
const MOST = 8.64e15;

/**
 * An event's time in milliseconds since 1970. A text is a date or a time in the form of ISO 8601, and UTC where it names no
 * zone.
 *
 * @returns undefined where it is no time
 */
export function eventTime(time: SampleEvent["time"]): number | undefined {
  if (typeof time === "number") return Math.abs(time) <= MOST ? time : undefined;
  const ms = typeof time === "string" ? textTime(time) : time instanceof Date ? time.getTime() : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function textTime(text: string): number {
  const match = ISO.exec(text);
  if (match === null || !hasDay(text)) return NaN;
  // A date without a time is UTC by itself, and a time without a zone would be in the zone of this machine.
  return Date.parse(text.length > 10 && match[1] === undefined ? `${text}Z` : text);
}

/** Date.parse makes 2 March of 30 February. */
function hasDay(text: string): boolean {
  const date = text.slice(0, 10);
  const day = new Date(date);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
