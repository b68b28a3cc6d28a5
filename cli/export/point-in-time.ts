const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/** What a point in time may look like, for messages. */
export const POINT_EXAMPLES = "2026-11-05, 2026-11-05T09:30:00Z, 36h, 30d or 2w";

/**
 * Milliseconds since 1970 of a date, of a time, or of a span before now.
 *
 * @returns undefined when it is none of them
 */
export function pointInTime(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,6})([mhdw])$/.exec(text.trim()) ?? [];
  if (count !== undefined) return now - Number(count) * UNITS[unit as keyof typeof UNITS];
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text.trim()))
    return undefined;
  const time = Date.parse(text.trim());
  return Number.isNaN(time) ? undefined : time;
}
