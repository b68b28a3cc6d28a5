/** A text of Adobe's Profile Query Language in pieces: https://experienceleague.adobe.com/docs/experience-platform/segmentation/pql/overview.html */

/** A place in a text, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Token extends Place {
  /** `unknown`: a character that Adobe's pages on the language do not have outside of a text. */
  readonly kind: "word" | "number" | "text" | "sign" | "comment" | "unknown" | "end";
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
  // Adobe's pages do not name them. As signs of the language they would be two that cannot stand beside each other.
  ["comment", /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ["word", /[\p{L}_$][\p{L}\p{N}_$]*/uy],
  ["number", /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  // In Adobe's samples of answers, texts stand in single quotes, too.
  ["text", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y],
  ["sign", /=>|!=|<=|>=|<>|==|&&|\|\||[()[\]{},.:=<>+\-*/%!]/y],
] as const;
const BLANK = /[ \t\r\n\f]*/y;

/** A text in pieces. */
export interface Tokens {
  /** Without the comments. The last one is the end. */
  readonly tokens: readonly Token[];
  readonly comments: readonly Token[];
  /** The first that is unknown: what follows may mean anything. */
  readonly unknown: Token | undefined;
  /** What is certainly none; the end is there then. */
  readonly mistake: ExpressionMistake | undefined;
}

export function tokensOf(text: string): Tokens {
  const found: Token[] = [];
  const tokensUntil = (end: Token, mistake?: ExpressionMistake): Tokens => ({
    tokens: [...found.filter(({ kind }) => kind !== "comment"), end],
    comments: found.filter(({ kind }) => kind === "comment"),
    unknown: found.find(({ kind }) => kind === "unknown"),
    mistake,
  });
  let at = 0;
  let line = 1;
  let lineStart = 0;
  for (;;) {
    const start = skipBlank(text, at);
    // Since the last piece, or in it: a comment may have several lines.
    for (let end = text.indexOf("\n", lineStart); end !== -1 && end < start; end = text.indexOf("\n", end + 1)) {
      line += 1;
      lineStart = end + 1;
    }
    const place = { line, column: start - lineStart + 1 };
    const end: Token = { kind: "end", source: "", start, end: start, ...place };
    if (start === text.length) return tokensUntil(end);
    const token = tokenAt(text, start);
    if ("message" in token) return tokensUntil(end, { ...place, message: token.message });
    found.push({ ...token, ...place });
    at = token.end;
  }
}

function skipBlank(text: string, at: number): number {
  BLANK.lastIndex = at;
  BLANK.test(text);
  return BLANK.lastIndex;
}

function tokenAt(text: string, start: number): Omit<Token, keyof Place> | Pick<ExpressionMistake, "message"> {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = start;
    const source = pattern.exec(text)?.[0];
    if (source !== undefined) return { kind, source, start, end: start + source.length };
  }
  const source = String.fromCodePoint(text.codePointAt(start) ?? 0);
  if (source === '"' || source === "'")
    return { message: "a text begins here, and its closing quote is missing on this line" };
  if (/[‘’‚“”„«»‹›]/.test(source)) return { message: `found ${source}; a text stands in straight double quotes: "…"` };
  // What cannot be seen, such as the blank of a text processor, nobody writes on purpose.
  if (/[\p{Z}\p{C}]/u.test(source)) {
    const number = (source.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return { message: `found the character U+${number}, which no expression has outside of a text` };
  }
  return { kind: "unknown", source, start, end: start + source.length };
}

/** What a text in quotes says. */
export const textOf = ({ source }: Token): string => source.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");

/** `line 1, column 5` */
export const placeText = ({ line, column }: Place): string => `line ${line}, column ${column}`;
