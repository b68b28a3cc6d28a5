import { closest, distance } from "fastest-levenshtein";

/** The known argument that an unknown one most likely means, if any is near enough. */
export function nearestArgument(written: string, known: readonly string[]): string | undefined {
  const lower = new Map(known.map((name) => [name.toLowerCase(), name]));
  const typed = written.slice(0, 100).toLowerCase();
  const nearest = closest(typed, [...lower.keys()]);
  const edits = distance(typed, nearest);
  return edits <= Math.max(2, Math.floor(nearest.length / 3)) && edits < typed.length ? lower.get(nearest) : undefined;
}

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
