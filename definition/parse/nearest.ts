import { distance } from "fastest-levenshtein";

const MAX_EDITS = 2;

/**
 * The known word that a mistyped one most likely meant: at most two edits away, with case and `_` for `-` forgiven.
 * Two edits turn any two letters into any other two, so that at least one letter of both words must remain.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const typed = folded(word.slice(0, 100));
  let best: { readonly word: string; readonly edits: number } | undefined;
  for (const candidate of known) {
    if (Math.abs(candidate.length - typed.length) > MAX_EDITS) continue;
    const edits = distance(typed, folded(candidate));
    if (edits > MAX_EDITS || edits >= candidate.length || edits >= typed.length) continue;
    if (best === undefined || edits < best.edits) best = { word: candidate, edits };
  }
  return best?.word;
}

const folded = (word: string): string => word.toLowerCase().replaceAll("_", "-");
