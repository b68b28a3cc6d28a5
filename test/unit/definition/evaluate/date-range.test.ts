import { dateRange } from "../../../../definition/evaluate/date-range";
import { eventTime } from "../../../../definition/evaluate/event-time";

const now = new Date("2026-03-31T10:30:00Z");

test.each([
  ["td-30d/td", "UTC", "2026-03-01T00:00Z", "2026-03-31T00:00Z"],
  // Clocks went forward on the 29th: the days are counted, not the hours.
  ["td-3d/td", "Europe/Berlin", "2026-03-27T23:00Z", "2026-03-30T22:00Z"],
  ["th-1h/th", "UTC", "2026-03-31T09:00Z", "2026-03-31T10:00Z"],
  ["th/th+1h", "Asia/Kolkata", "2026-03-31T10:30Z", "2026-03-31T11:30Z"],
  ["tw/tw+1w", "UTC", "2026-03-29T00:00Z", "2026-04-05T00:00Z"],
  ["tm-1m/tm", "UTC", "2026-02-01T00:00Z", "2026-03-01T00:00Z"],
  ["td-1m/td", "UTC", "2026-02-28T00:00Z", "2026-03-31T00:00Z"],
  ["tq-1q/tq", "UTC", "2025-10-01T00:00Z", "2026-01-01T00:00Z"],
  ["ty-1y/ty", "America/New_York", "2025-01-01T05:00Z", "2026-01-01T05:00Z"],
  ["tm-1m+1d/td", "UTC", "2026-02-02T00:00Z", "2026-03-31T00:00Z"],
  ["2026-01-01T00:00:00.000/2026-02-01T00:00:00.000", "Europe/Berlin", "2025-12-31T23:00Z", "2026-01-31T23:00Z"],
  ["2026-01-01T00:00:00Z/td", "Europe/Berlin", "2026-01-01T00:00Z", "2026-03-30T22:00Z"],
  ["2026-01-01/2026-01-02", "America/New_York", "2026-01-01T05:00Z", "2026-01-02T05:00Z"],
  ["2026-01-01T00:00:00+02:00/td", "UTC", "2025-12-31T22:00Z", "2026-03-31T00:00Z"],
  // A time that clocks skip lies an hour later, of an hour that comes twice the first counts.
  ["2026-03-29T02:30:00/2026-10-25T02:30:00", "Europe/Berlin", "2026-03-29T01:30Z", "2026-10-25T00:30Z"],
])("%s in %s", (text, timeZone, start, end) => {
  expect(dateRange(text, { now, timeZone })).toEqual({ start: Date.parse(start), end: Date.parse(end) });
});

test.each([
  ["td-30d", "write"],
  ["td/td/td", "write"],
  ["yesterday/td", 'found "yesterday"'],
  ["td-30x/td", 'found "td-30x"'],
  ["td/td-1d", "whose end is before its start"],
])("%s is no date range", (text, told) => {
  expect(() => dateRange(text, { now })).toThrow(told);
});

test.each([
  [0, 0],
  ["2026-01-01", Date.UTC(2026, 0)],
  ["2026-01-01T12:30", Date.UTC(2026, 0, 1, 12, 30)],
  ["2026-01-01 12:30:15.25", Date.UTC(2026, 0, 1, 12, 30, 15, 250)],
  ["2026-01-01T12:30:00+01:00", Date.UTC(2026, 0, 1, 11, 30)],
  [new Date(5), 5],
  ["2026-13-01", undefined],
  ["1 January 2026", undefined],
  ["", undefined],
  [Infinity, undefined],
  [new Date("x"), undefined],
])("the time %s", (time, ms) => {
  expect(eventTime(time)).toBe(ms);
});
