/** A text of Adobe's Profile Query Language in pieces: https://experienceleague.adobe.com/docs/experience-platform/segmentation/pql/overview.html */

/** A place in a text, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Token {
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
  ["text", /"(?:[^"\\\n]|\\.)*"/y],
  ["sign", /=>|!=|<=|>=|<>|==|&&|\|\||[()[\]{},.:=<>+\-*/%!]/y],
] as const;
const BLANK = /\s*/y;

export function placeOf(text: string, at: number): Place {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** The pieces up to the first that is none, and what that is. */
export function tokensOf(text: string): { readonly tokens: readonly Token[]; readonly mistake?: ExpressionMistake } {
  const tokens: Token[] = [];
  let at = skipBlank(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (!token)
      return { tokens: [...tokens, endAt(at)], mistake: { ...placeOf(text, at), message: noToken(text, at) } };
    tokens.push(token);
    at = skipBlank(text, token.end);
  }
  return { tokens: [...tokens, endAt(text.length)] };
}

const endAt = (at: number): Token => ({ kind: "end", source: "", start: at, end: at });

function skipBlank(text: string, at: number): number {
  BLANK.lastIndex = at;
  BLANK.test(text);
  return BLANK.lastIndex;
}

function tokenAt(text: string, start: number): Token | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = start;
    const source = pattern.exec(text)?.[0];
    if (source !== undefined) return { kind, source, start, end: start + source.length };
  }
  return undefined;
}

function noToken(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === '"') return "a text begins here, and its closing quote is missing on this line";
  if (/['‘’“”„«»]/.test(character)) return `found ${character}; a text stands in straight double quotes: "…"`;
  return `found ${JSON.stringify(character)}, which no expression has outside of a text`;
}

/** What a text in quotes says. */
export const textOf = ({ source }: Token): string => source.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
