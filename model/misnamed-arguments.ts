import { nearest } from "../definition/parse/nearest-word";

/** The known argument that an unknown one most likely means, if any is near enough: a long name may be further off. */
export const nearestArgument = (written: string, known: readonly string[]): string | undefined =>
  nearest(written, known, ({ length }) => Math.max(2, Math.floor(length / 3)));

/**
 * Arguments that stand under a wrong name: what was written, and which absent argument was meant. Such a value is checked
 * as what it was meant to be, and that argument is not called missing.
 */
export function misnamed(given: Readonly<Record<string, unknown>>, known: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const written of Object.keys(given)) {
    if (known.includes(written)) continue;
    const meant = nearestArgument(written, known);
    const free = meant !== undefined && given[meant] === undefined && ![...found.values()].includes(meant);
    if (free) found.set(written, meant);
  }
  return found;
}
