import { distance } from "fastest-levenshtein";

/** How many edits away a known word may be. */
export type MostEdits = (known: string) => number;

/** Two edits turn any two letters into any other two, so that at least one letter of both words must remain. */
const few: MostEdits = ({ length }) => Math.min(2, length - 1);

/** The known word that a mistyped one most likely meant, with case and `_` for `-` forgiven. */
export const nearest = (word: string, known: Iterable<string>, mostEdits: MostEdits = few): string | undefined =>
  alike(word, known, mostEdits)[0];

/** The known words that a mistyped one may have meant, the nearest first. */
export function alike(word: string, known: Iterable<string>, mostEdits: MostEdits): readonly string[] {
  const typed = folded(word.slice(0, 100));
  const found: { readonly candidate: string; readonly edits: number }[] = [];
  for (const candidate of known) {
    const most = Math.min(mostEdits(candidate), typed.length - 1);
    if (Math.abs(candidate.length - typed.length) > most) continue;
    const edits = distance(typed, folded(candidate));
    if (edits <= most) found.push({ candidate, edits });
  }
  return found.sort((a, b) => a.edits - b.edits).map(({ candidate }) => candidate);
}

const folded = (word: string): string => word.toLowerCase().replaceAll("_", "-");
