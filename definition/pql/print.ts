import { isClosing, isOpening } from "./brackets";
import { MAX_DEPTH } from "./check";
import { tokensOf, type Token } from "./tokens";

export const WIDTH = 80;
/** Brackets that are opened for one condition: what stands behind them stays on its line. */
const MAX_OPENED = 20;

/** Words behind which a bracket is no call. */
const KEYWORDS = new Set([
  ...["and", "or", "not", "in", "notIn", "like", "where", "from", "over", "occurs", "between", "let", "select"],
  ...["on", "before", "after"],
]);

export interface Bracket {
  readonly open: Token;
  readonly inside: readonly Piece[];
  readonly close: Token;
}
/** A token, or a bracket with what stands in it. */
export type Piece = Token | Bracket;
export const isBracket = (piece: Piece | undefined): piece is Bracket => piece !== undefined && "open" in piece;

/**
 * An expression laid out: a line for each condition. It has the same words as before. A text that is none (an open bracket, a quote too
 * few), or has comments or characters that are not known, stays as it is.
 *
 * @example formatExpression('a = 1 and(b=2  or c = 3)') // 'a = 1\nand (b = 2 or c = 3)'
 */
export function formatExpression(text: string): string {
  const pieces = piecesOf(text);
  return pieces ? layOut(pieces, "") : text;
}

/** Undefined where a text is no expression, or nested too deep. */
export function piecesOf(text: string): readonly Piece[] | undefined {
  const { tokens, comments, unknown, mistake } = tokensOf(text);
  // A comment ends with its line, and what is not known may as well.
  return (mistake ?? unknown ?? comments[0]) ? undefined : nested(tokens.slice(0, -1));
}

/** The conditions of an expression; each but the first begins with its "and" or "or". */
export const conditionsOf = (pieces: readonly Piece[]): readonly (readonly Piece[])[] =>
  splitBefore(pieces, (piece) => isWord(piece, "and", "or"));

/** Undefined where brackets do not fit each other, or are too many to be followed. */
function nested(tokens: readonly Token[]): Piece[] | undefined {
  const levels: { open?: Token; pieces: Piece[] }[] = [{ pieces: [] }];
  for (const token of tokens) {
    const level = levels.at(-1);
    if (isOpening(token)) levels.push({ open: token, pieces: [] });
    else if (isClosing(token)) {
      levels.pop();
      const above = levels.at(-1);
      if (!above || !level?.open) return undefined;
      above.pieces.push({ open: level.open, inside: level.pieces, close: token });
    } else level?.pieces.push(token);
    if (levels.length > MAX_DEPTH) return undefined;
  }
  return levels.length === 1 ? levels[0]?.pieces : undefined;
}

/** @param indent what its further lines begin with; the first one stands there already */
export function layOut(pieces: readonly Piece[], indent: string): string {
  const conditions = conditionsOf(pieces);
  const areLines = conditions.length > 1 && (indent === "" || indent.length + inline(pieces).length > WIDTH);
  return areLines ? conditions.map((one) => layOut(one, indent)).join(`\n${indent}`) : condition(pieces, indent);
}

/** On one line if it has room there; otherwise its longest brackets are opened. */
function condition(pieces: readonly Piece[], indent: string): string {
  let text = "";
  let written = 0;
  for (let opened = 0; opened < MAX_OPENED; opened += 1) {
    const line = text.includes("\n") ? text.slice(text.lastIndexOf("\n") + 1) : indent + text;
    const at = longestBracket(pieces, written);
    const bracket = pieces[at];
    if (line.length + inline(pieces, written).length <= WIDTH || !isBracket(bracket)) break;
    text += inline(pieces, written, at) + gapBefore(pieces, at) + inLines(bracket, indent);
    written = at + 1;
  }
  return text + inline(pieces, written);
}

/** The index of the longest bracket that has something in it; -1 where there is none. */
function longestBracket(pieces: readonly Piece[], from: number): number {
  let longest = -1;
  let most = 0;
  for (let at = from; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (!isBracket(piece) || piece.inside.length === 0) continue;
    const { length } = inline(piece.inside);
    if (length > most) [longest, most] = [at, length];
  }
  return longest;
}

/** A line or more for each entry. */
function inLines({ open, inside, close }: Bracket, indent: string): string {
  const inner = `${indent}  `;
  const entries = splitBefore(inside, (_, index) => isSign(inside[index - 1], ","));
  const lines = entries.map((entry) => `\n${inner}${layOut(entry, inner)}`);
  return `${open.source}${lines.join("")}\n${indent}${close.source}`;
}

/** Some of the pieces on one line, with the blank before them. */
export function inline(pieces: readonly Piece[], from = 0, to = pieces.length): string {
  let text = "";
  for (let at = from; at < to; at += 1) {
    const piece = pieces[at] as Piece;
    text += gapBefore(pieces, at);
    text += isBracket(piece) ? piece.open.source + inline(piece.inside) + piece.close.source : piece.source;
  }
  return text;
}

export function splitBefore(pieces: readonly Piece[], begins: (piece: Piece, index: number) => boolean): Piece[][] {
  const parts: Piece[][] = [[]];
  // The "and" of "between … and …" joins no conditions.
  let between = false;
  pieces.forEach((piece, index) => {
    const isOfBetween = between && isWord(piece, "and");
    if (isWord(piece, "between")) between = true;
    else if (isOfBetween) between = false;
    if (index > 0 && !isOfBetween && begins(piece, index)) parts.push([]);
    parts.at(-1)?.push(piece);
  });
  return parts;
}

function gapBefore(pieces: readonly Piece[], at: number): "" | " " {
  const [beforeLeft, left, right] = [pieces[at - 2], pieces[at - 1], pieces[at]];
  if (!left || !right) return "";
  if (isSign(right, ",", ".", ":") || isSign(left, ".", "!")) return "";
  if (isSign(left, "-", "+") && (beforeLeft === undefined || isOperator(beforeLeft))) return "";
  if (!isBracket(right)) return " ";
  // A call, or the events that a condition selects.
  if (isBracket(left)) return "";
  return left.kind !== "word" || KEYWORDS.has(left.source) ? " " : "";
}

const isOperator = (piece: Piece): boolean =>
  !isBracket(piece) && ((piece.kind === "sign" && piece.source !== ".") || KEYWORDS.has(piece.source));
export const isWord = (piece: Piece | undefined, ...words: readonly string[]): boolean =>
  piece !== undefined && !isBracket(piece) && piece.kind === "word" && words.includes(piece.source);
export const isSign = (piece: Piece | undefined, ...signs: readonly string[]): boolean =>
  piece !== undefined && !isBracket(piece) && piece.kind === "sign" && signs.includes(piece.source);
