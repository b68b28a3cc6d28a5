import { nearestWord } from "../definition/parse/nearest-word";

/** The known argument that an unknown one most likely means, if any is near enough: a long name may be further off. */
export const nearestArgument = (name: string, known: readonly string[]): string | undefined =>
  nearestWord(name, known, ({ length }) => Math.max(2, Math.floor(length / 3)));

/**
 * Arguments that stand under a wrong name: what was written, and which absent argument was meant. Such a value is checked
 * as what it was meant to be, and that argument is not called missing.
 */
export function findMisnamed(args: Readonly<Record<string, unknown>>, known: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of Object.keys(args)) {
    if (known.includes(name)) continue;
    const suggestion = nearestArgument(name, known);
    const isFree =
      suggestion !== undefined && args[suggestion] === undefined && ![...found.values()].includes(suggestion);
    if (isFree) found.set(name, suggestion);
  }
  return found;
}
