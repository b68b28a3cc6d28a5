import { placeText, type ExpressionMistake, type Token } from "./tokens";

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

export const isOpening = ({ kind, source }: Token): boolean => kind === "sign" && Object.hasOwn(CLOSING, source);
export const isClosing = ({ kind, source }: Token): boolean => kind === "sign" && /^[)\]}]$/.test(source);

/**
 * The first bracket that has no other one.
 *
 * @param isWhole whether the tokens are all of the text: else one that is open may be closed in the rest
 */
export function bracketMistake(tokens: readonly Token[], isWhole: boolean): ExpressionMistake | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (isOpening(token)) open.push(token);
    if (!isClosing(token)) continue;
    const opening = open.pop();
    const expected = opening && CLOSING[opening.source];
    if (expected === token.source) continue;
    const why = opening
      ? `; the ${opening.source} of ${placeText(opening)} is closed by ${expected}`
      : ", which closes nothing";
    return mistakeAt(token, `found ${token.source}${why}`);
  }
  const last = open.at(-1);
  return last && isWhole
    ? mistakeAt(last, `${last.source} is not closed; ${CLOSING[last.source]} is missing`)
    : undefined;
}

export const mistakeAt = ({ line, column }: Token, message: string): ExpressionMistake => ({ line, column, message });
