import { placeOf, type ExpressionMistake, type Token } from "./tokens";

/** Deeper ones are no one's, and reading them would fill the stack. */
const MAX_DEPTH = 200;

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * The first bracket that has no other one.
 *
 * @param isWhole whether the tokens are all of the text: else one that is open may be closed in the rest
 */
export function bracketMistake(
  text: string,
  tokens: readonly Token[],
  isWhole: boolean,
): ExpressionMistake | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== "sign") continue;
    if (Object.hasOwn(CLOSING, token.source)) {
      open.push(token);
      if (open.length > MAX_DEPTH)
        return { ...placeOf(text, token.start), message: `brackets are nested deeper than ${MAX_DEPTH} levels` };
    }
    if (Object.values(CLOSING).includes(token.source)) {
      const opening = open.pop();
      if (opening && CLOSING[opening.source] === token.source) continue;
      const { line, column } = placeOf(text, opening?.start ?? 0);
      const expected = opening
        ? `; the ${opening.source} of line ${line}, column ${column} is closed by ${CLOSING[opening.source]}`
        : ", which closes nothing";
      return { ...placeOf(text, token.start), message: `found ${token.source}${expected}` };
    }
  }
  const last = open.at(-1);
  return last && isWhole
    ? { ...placeOf(text, last.start), message: `${last.source} is not closed; ${CLOSING[last.source]} is missing` }
    : undefined;
}
