/** A text of Adobe's Profile Query Language in pieces: https://experienceleague.adobe.com/docs/experience-platform/segmentation/pql/overview.html */

/** A place in a text, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Token extends Place {
  readonly kind: "word" | "number" | "text" | "sign" | "end";
  /** As it is written; of a text with its quotes. */
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** What is certainly wrong in an expression, or not known. */
export interface ExpressionMistake extends Place {
  readonly message: string;
}

const PATTERNS = [
  ["word", /[\p{L}_$][\p{L}\p{N}_$]*/uy],
  ["number", /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  // In Adobe's samples of answers, texts stand in single quotes, too.
  ["text", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y],
  ["sign", /=>|!=|<=|>=|<>|==|&&|\|\||[()[\]{},.:=<>+\-*/%!]/y],
] as const;
const BLANK = /[ \t\r\n\f]*/y;

/** The pieces up to the first that is none, and what that is. The last one is the end. */
export function tokensOf(text: string): { readonly tokens: readonly Token[]; readonly mistake?: ExpressionMistake } {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  for (;;) {
    const start = skipBlank(text, at);
    for (let end = text.indexOf("\n", at); end !== -1 && end < start; end = text.indexOf("\n", end + 1)) {
      line += 1;
      lineStart = end + 1;
    }
    const place = { line, column: start - lineStart + 1 };
    const end: Token = { kind: "end", source: "", start, end: start, ...place };
    if (start === text.length) return { tokens: [...tokens, end] };
    const found = tokenAt(text, start);
    if (!found) return { tokens: [...tokens, end], mistake: { ...place, message: noToken(text, start) } };
    tokens.push({ ...found, ...place });
    at = found.end;
  }
}

function skipBlank(text: string, at: number): number {
  BLANK.lastIndex = at;
  BLANK.test(text);
  return BLANK.lastIndex;
}

function tokenAt(text: string, start: number): Omit<Token, keyof Place> | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = start;
    const source = pattern.exec(text)?.[0];
    if (source !== undefined) return { kind, source, start, end: start + source.length };
  }
  return undefined;
}

function noToken(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === '"' || character === "'")
    return "a text begins here, and its closing quote is missing on this line";
  if (/[‘’“”„«»]/.test(character)) return `found ${character}; a text stands in straight double quotes: "…"`;
  // What cannot be seen, such as the blank of a text processor, by its number.
  const shown = /[\p{Z}\p{C}]/u.test(character)
    ? `the character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
    : JSON.stringify(character);
  return `found ${shown}, which no expression has outside of a text`;
}

/** What a text in quotes says. */
export const textOf = ({ source }: Token): string => source.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");

/** `line 1, column 5` */
export const placeText = ({ line, column }: Place): string => `line ${line}, column ${column}`;
