import { distance } from "fastest-levenshtein";

/** How many edits away a known word may be. */
export type MaxEdits = (known: string) => number;

/** Two edits turn any two letters into any other two, so that at least one letter of both words must remain. */
const fewEdits: MaxEdits = ({ length }) => Math.min(2, length - 1);

/** The known word that a mistyped one most likely meant, with case and `_` for `-` forgiven. */
export const nearestWord = (word: string, known: Iterable<string>, maxEdits: MaxEdits = fewEdits): string | undefined =>
  similarWords(word, known, maxEdits)[0];

/** The known words that a mistyped one may have meant, the nearest first. */
export function similarWords(word: string, known: Iterable<string>, maxEdits: MaxEdits): readonly string[] {
  const typed = normalize(word.slice(0, 100));
  const found: { readonly candidate: string; readonly edits: number }[] = [];
  for (const candidate of known) {
    const allowed = Math.min(maxEdits(candidate), typed.length - 1);
    if (Math.abs(candidate.length - typed.length) > allowed) continue;
    const edits = distance(typed, normalize(candidate));
    if (edits <= allowed) found.push({ candidate, edits });
  }
  return found.sort((a, b) => a.edits - b.edits).map(({ candidate }) => candidate);
}

const normalize = (word: string): string => word.toLowerCase().replaceAll("_", "-");
