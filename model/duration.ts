const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNIT_MS;

/** Node's timers overflow at 2^31-1 ms and then fire at once, so nothing longer than 24 days is a duration here. */
const LONGEST_MS = 24 * UNIT_MS.d;

/** What a duration may look like, for messages. */
export const DURATION_EXAMPLES = '"90s", "30m", "4h" or "1h30m" (up to 24 days)';

/**
 * Milliseconds of a duration text such as `"4h"` or `"1h30m"`: whole or decimal numbers, each with `s`, `m`, `h` or `d`,
 * the larger unit first.
 *
 * @returns undefined when the text is not a duration, is zero, or is longer than 24 days.
 * @example parseDuration("1h30m") === 5_400_000
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(?:(\d+(?:\.\d+)?)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const units: readonly Unit[] = ["d", "h", "m", "s"];
  const ms = units.reduce((sum, unit, i) => sum + Number(match[i + 1] ?? 0) * UNIT_MS[unit], 0);
  return ms > 0 && ms <= LONGEST_MS ? ms : undefined;
}
