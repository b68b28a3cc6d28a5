import { eventTime, namesZone } from "./event-time";
import { quote } from "../mistake";
import { Calendar, DAY, HOUR, isTimeZone, mod } from "./time-zone";

/** A range of time in milliseconds since 1970. The start belongs to it, the end does not. */
export interface DateRange {
  readonly start: number;
  readonly end: number;
}

/** When and where a date range is read. */
export interface DateRangeOptions {
  /** The time at which it is asked, which rolling dates need. */
  readonly now?: Date | undefined;
  /** The IANA name of the time zone of dates that name none. Default `"UTC"`. */
  readonly timeZone?: string | undefined;
}

const HOW = 'write "START/END", each as 2026-01-31T00:00:00, or rolling as td-30d';

/**
 * Reads a date range as Adobe's reports take it: `2026-01-01T00:00:00.000/2026-02-01T00:00:00.000`, rolling as `td-30d/td`
 * (the 30 full days up to the last midnight), or one side of each kind.
 *
 * A rolling date is the beginning of this hour, day, week (Sunday), month, quarter or year (`th`, `td`, `tw`, `tm`, `tq`, `ty`), and then
 * any number of steps by the calendar of the time zone: `tm-1m`, `td+12h`.
 *
 * @throws Error that says what is wrong, for a message
 *
 * @example dateRange("td-1d/td", { now: new Date("2026-03-02T10:00:00Z") }) // 1 March, UTC
 */
export function dateRange(text: string, { now, timeZone = "UTC" }: DateRangeOptions = {}): DateRange {
  if (!isTimeZone(timeZone)) throw new Error(`found the time zone ${quote(timeZone)}, write an IANA name`);
  const [from, to, ...more] = text.split("/");
  if (from === undefined || to === undefined || more.length > 0)
    throw new Error(`found the date range ${quote(text)}, ${HOW}`);
  const calendar = new Calendar(timeZone);
  const [start, end] = [from, to].map((side) => dateIn(side.trim(), text, calendar, now)) as [number, number];
  if (end < start) throw new Error(`found the date range ${quote(text)}, whose end is before its start`);
  return { start, end };
}

const ROLLING = /^t([hdwmqy])((?:[+-]\d{1,6}[hdwmqy])*)$/;
const STEP = /([+-]\d+)([hdwmqy])/g;

function dateIn(side: string, text: string, calendar: Calendar, now: Date | undefined): number {
  const rolling = ROLLING.exec(side);
  if (rolling === null) {
    const time = absolute(side, calendar);
    if (time === undefined) throw new Error(`found ${quote(side)} in the date range ${quote(text)}, ${HOW}`);
    return time;
  }
  if (now === undefined)
    throw new Error(`found the rolling date range ${quote(text)}, which needs the time ("now") to be given`);
  const [, unit = "", steps = ""] = rolling;
  let time = beginning(unit, now.getTime(), calendar);
  for (const [, count, by = ""] of steps.matchAll(STEP)) time = moved(time, Number(count), by, calendar);
  return time;
}

/** Without a zone it is in that of the calendar. */
function absolute(text: string, calendar: Calendar): number | undefined {
  const time = eventTime(text);
  return time === undefined || namesZone(text) ? time : calendar.time(time);
}

/** When the hour, day, week, month, quarter or year began in which a time lies. */
function beginning(unit: string, time: number, calendar: Calendar): number {
  const local = calendar.local(time);
  // An hour that comes twice is told by its time, not by what clocks show.
  if (unit === "h") return time - mod(local, HOUR);
  const date = new Date(local);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const day = local - mod(local, DAY);
  switch (unit) {
    case "d":
      return calendar.time(day);
    case "w":
      return calendar.time(day - date.getUTCDay() * DAY);
    case "m":
      return calendar.time(Date.UTC(year, month));
    case "q":
      return calendar.time(Date.UTC(year, month - (month % 3)));
    default:
      return calendar.time(Date.UTC(year, 0));
  }
}

function moved(time: number, count: number, unit: string, calendar: Calendar): number {
  switch (unit) {
    case "h":
      return time + count * HOUR;
    case "d":
      return calendar.addDays(time, count);
    case "w":
      return calendar.addDays(time, 7 * count);
    case "m":
      return calendar.addMonths(time, count);
    case "q":
      return calendar.addMonths(time, 3 * count);
    default:
      return calendar.addMonths(time, 12 * count);
  }
}
