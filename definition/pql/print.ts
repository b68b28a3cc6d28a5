import { tokensOf, type Token } from "./tokens";

const WIDTH = 80;

/** Words behind which a bracket is no call. */
const KEYWORDS = new Set([
  ...["and", "or", "not", "in", "notIn", "like", "where", "from", "over", "occurs", "between", "let", "select"],
  ...["on", "before", "after"],
]);

/** A token, or a bracket with what stands in it. */
type Piece = Token | { readonly open: Token; readonly inside: readonly Piece[]; readonly close: Token };
const isBracket = (piece: Piece | undefined): piece is Exclude<Piece, Token> => piece !== undefined && "open" in piece;

/**
 * An expression laid out: a line for each condition. It has the same words as before. A text that is none (an open bracket, a quote too
 * few) stays as it is.
 *
 * @example formatExpression('a = 1 and(b=2  or c = 3)') // 'a = 1\nand (b = 2 or c = 3)'
 */
export function formatExpression(text: string): string {
  const { tokens, mistake } = tokensOf(text);
  const pieces = mistake ? undefined : nested(tokens.slice(0, -1));
  return pieces ? layOut(pieces, "", 0) : text;
}

function nested(tokens: readonly Token[]): Piece[] | undefined {
  const levels: { open?: Token; pieces: Piece[] }[] = [{ pieces: [] }];
  for (const token of tokens) {
    const level = levels.at(-1);
    if (token.kind === "sign" && "([{".includes(token.source)) levels.push({ open: token, pieces: [] });
    else if (token.kind === "sign" && ")]}".includes(token.source)) {
      levels.pop();
      const above = levels.at(-1);
      if (!above || !level?.open) return undefined;
      above.pieces.push({ open: level.open, inside: level.pieces, close: token });
    } else level?.pieces.push(token);
  }
  return levels.length === 1 ? levels[0]?.pieces : undefined;
}

/** @param before how many characters stand before it on its line */
function layOut(pieces: readonly Piece[], indent: string, before: number): string {
  const line = inline(pieces);
  const conditions = splitBefore(pieces, (piece) => isWord(piece, "and", "or"));
  const fits = indent.length + before + line.length <= WIDTH;
  if (conditions.length > 1 && (indent === "" || !fits))
    return conditions.map((one) => layOut(one, indent, 0)).join(`\n${indent}`);
  if (fits) return line;
  // The longest bracket is opened.
  const longest = pieces.reduce<Piece | undefined>(
    (most, piece) => (isBracket(piece) && length(piece) > (most ? length(most) : 0) ? piece : most),
    undefined,
  );
  if (!isBracket(longest) || longest.inside.length === 0) return line;
  const at = pieces.indexOf(longest);
  const inner = `${indent}  `;
  const entries = splitBefore(longest.inside, (_, index) => isSign(longest.inside[index - 1], ","));
  const head = inline(pieces.slice(0, at));
  const gap = at > 0 && hasGap(pieces[at - 1] as Piece, longest, pieces[at - 2]) ? " " : "";
  const body = entries.map((one) => inner + layOut(one, inner, 0)).join("\n");
  const rest = pieces.slice(at + 1);
  const tail =
    rest.length === 0 ? "" : (hasGap(longest, rest[0] as Piece, undefined) ? " " : "") + layOut(rest, indent, 1);
  return `${head}${gap}${longest.open.source}\n${body}\n${indent}${longest.close.source}${tail}`;
}

const length = (piece: Piece): number => inline([piece]).length;

function inline(pieces: readonly Piece[]): string {
  return pieces
    .map((piece, at) => {
      const text = isBracket(piece) ? piece.open.source + inline(piece.inside) + piece.close.source : piece.source;
      const last = pieces[at - 1];
      return last && hasGap(last, piece, pieces[at - 2]) ? ` ${text}` : text;
    })
    .join("");
}

function splitBefore(pieces: readonly Piece[], begins: (piece: Piece, index: number) => boolean): Piece[][] {
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

function hasGap(left: Piece, right: Piece, beforeLeft: Piece | undefined): boolean {
  if (isSign(right, ",", ".", ":") || isSign(left, ".", "!")) return false;
  if (isSign(left, "-", "+") && (beforeLeft === undefined || isOperator(beforeLeft))) return false;
  if (!isBracket(right)) return true;
  // A call, or the events that a condition selects.
  if (isBracket(left)) return false;
  return left.kind !== "word" || KEYWORDS.has(left.source);
}

const isOperator = (piece: Piece): boolean =>
  !isBracket(piece) && ((piece.kind === "sign" && piece.source !== ".") || KEYWORDS.has(piece.source));
const isWord = (piece: Piece, ...words: readonly string[]): boolean =>
  !isBracket(piece) && piece.kind === "word" && words.includes(piece.source);
const isSign = (piece: Piece | undefined, ...signs: readonly string[]): boolean =>
  piece !== undefined && !isBracket(piece) && piece.kind === "sign" && signs.includes(piece.source);
