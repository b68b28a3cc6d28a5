/** Longest text in a node; the rest of it can be read in the sentence. */
export const MAX_LABEL = 160;

// Letters, digits and blanks mean nothing to Mermaid nor to the Markdown that it takes labels for, emoji neither.
const UNSAFE = /(?!\u200D)[^\p{L}\p{M}\p{N} ,\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/gu;

/**
 * A text as Mermaid can show it between quotes. Everything but letters and digits becomes a character code: Mermaid's own
 * syntax, HTML, links and Markdown all need a sign.
 */
export function label(text: string): string {
  // A character takes up to two units; one that is cut in half is the last, and goes with the rest.
  const shown = [...text.slice(0, 2 * MAX_LABEL + 2)];
  const short = shown.length > MAX_LABEL ? `${shown.slice(0, MAX_LABEL - 1).join("")}…` : text;
  return short.replace(UNSAFE, (character) => `#${character.codePointAt(0) ?? 0};`);
}
