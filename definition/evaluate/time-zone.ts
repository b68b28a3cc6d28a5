/** Whether it is the name of a time zone, as IANA has them. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The calendar of a time zone. What it calls local is what clocks there show, in milliseconds as if it were UTC. */
export class Calendar {
  readonly #format: Intl.DateTimeFormat | undefined;

  /** @param timeZone its IANA name */
  constructor(timeZone: string) {
    if (timeZone === "UTC" || timeZone === "Etc/UTC") return;
    const two = "2-digit";
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      calendar: "gregory",
      numberingSystem: "latn",
      ...({ year: "numeric", month: two, day: two, hour: two, minute: two, second: two } as const),
    });
  }

  local(time: number): number {
    return time + this.#offset(time);
  }

  /** Of an hour that comes twice the first; a time that clocks skip lies as much later. */
  time(local: number): number {
    if (this.#format === undefined) return local;
    const before = this.#offset(local - DAY);
    const after = this.#offset(local + DAY);
    for (const offset of [before, after]) if (this.#offset(local - offset) === offset) return local - offset;
    return local - before;
  }

  /** The same time of day so many days later. */
  addDays(time: number, days: number): number {
    return this.time(this.local(time) + days * DAY);
  }

  /** The same day and time so many months later; the month's last day where it has no such day. */
  addMonths(time: number, months: number): number {
    const local = this.local(time);
    const date = new Date(local);
    const month = date.getUTCMonth() + months;
    const year = date.getUTCFullYear();
    const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    const day = Math.min(date.getUTCDate(), lastDay);
    return this.time(Date.UTC(year, month, day) + mod(local, DAY));
  }

  /** Milliseconds by which clocks are ahead of UTC. */
  #offset(time: number): number {
    if (this.#format === undefined) return 0;
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(time)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - (time - mod(time, 1000));
  }
}

/** The rest of a division, also of times before 1970. */
export const mod = (value: number, by: number): number => ((value % by) + by) % by;
