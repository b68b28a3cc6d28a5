/** Letters that are no letter with a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  þ: "th",
};

/** Room for an ending that tells two apart. */
const LONGEST = 60;

/**
 * The words of a text in small ASCII letters and digits with dashes between: `Größe & Preis` → `grosse-preis`. Empty where the
 * text has none.
 */
export function slug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßæœøđðłþ]/g, (letter) => LETTERS[letter] ?? "");
  const words = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return words.length <= LONGEST ? words : shortened(words);
}

/** At the end of a word, if one ends in the second half. */
function shortened(words: string): string {
  const cut = words.slice(0, LONGEST + 1);
  const end = cut.lastIndexOf("-");
  return end > LONGEST / 2 ? cut.slice(0, end) : cut.slice(0, LONGEST);
}

/** `mobile-visitors` → `mobileVisitors`. */
export const camelCase = (words: string): string => words.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
