import type { EvaluateOptions, TimeUnit } from "../../../../../definition";

const MINUTE = 60_000;
const FIXED: Readonly<Partial<Record<TimeUnit, number>>> = {
  minute: MINUTE,
  hour: 60 * MINUTE,
  day: 1440 * MINUTE,
  week: 7 * 1440 * MINUTE,
};
const MONTHS: Readonly<Partial<Record<TimeUnit, number>>> = { month: 1, quarter: 3, year: 12 };

/** So many units after a time: minutes to weeks have one length, the others are the calendar's. */
export function later({ timeZone = "UTC" }: EvaluateOptions, time: number, count: number, unit: TimeUnit): number {
  const fixed = FIXED[unit];
  if (fixed !== undefined) return time + count * fixed;
  const local = new Date(onTheWall(time, timeZone));
  const first = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + count * (MONTHS[unit] ?? Number.NaN), 1);
  const month = new Date(first);
  const days = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
  const sinceMidnight = local.getTime() % (1440 * MINUTE);
  return whenItIs(first + (Math.min(local.getUTCDate(), days) - 1) * 1440 * MINUTE + sinceMidnight, timeZone);
}

/** A saved date range, of which the end is not part. Rolling ones are in the hand-made rows only: here all are absolute. */
export function startAndEnd({ timeZone = "UTC", dateRanges }: EvaluateOptions, id: string): readonly [number, number] {
  const range = dateRanges?.(id);
  if (range === undefined) throw new Error(`no date range ${id}`);
  const [start, end] = range.split("/").map((wall) => whenItIs(Date.parse(`${wall}Z`), timeZone));
  return [start ?? Number.NaN, end ?? Number.NaN];
}

/** What clocks on the wall show at a time, as if they showed UTC. */
function onTheWall(time: number, timeZone: string): number {
  const text = new Date(time).toLocaleString("sv-SE", { timeZone });
  return Date.parse(`${text.replace(" ", "T")}Z`) + (((time % 1000) + 1000) % 1000);
}

/** The first time at which they show this: they were put by the same that day or the day after as the day before. */
function whenItIs(wall: number, timeZone: string): number {
  const differences = [-1, 0, 1]
    .map((days) => wall + days * 1440 * MINUTE)
    .map((near) => onTheWall(near, timeZone) - near);
  const time = differences.map((difference) => wall - difference).find((found) => onTheWall(found, timeZone) === wall);
  if (time === undefined) throw new Error("clocks never show this");
  return time;
}
