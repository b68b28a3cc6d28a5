import { ExactNumber } from "./exact-number";
import { lossless } from "./lossless";
import { scan } from "./scan";

/**
 * Levels of lists and objects inside of each other that a JSON text may have. A definition may have 100; what reads JSON
 * after this goes from level to level by recursion, which exhausts the stack at about ten thousand.
 */
export const MAX_JSON_DEPTH = 1_000;

/** A JSON text that is nested deeper than anything that reads it can follow. */
export class TooDeepError extends SyntaxError {
  override readonly name = "TooDeepError";

  constructor(readonly deepest = MAX_JSON_DEPTH) {
    super(`it is nested deeper than ${deepest} levels`);
  }
}

/**
 * Reads a JSON text as `JSON.parse` does, but for what that changes without a word: a number that JavaScript's numbers do not
 * hold becomes an `ExactNumber`. Those are whole numbers beyond ±9007199254740991, numbers with more digits than a double,
 * larger or smaller ones, and minus zero.
 *
 * @throws SyntaxError when it is not JSON, or nested deeper than 1,000 levels
 * @example readJson("[1, 9007199254740993]") // [1, ExactNumber "9007199254740993"]
 */
export function readJson(text: string): unknown {
  const { depth, suspicious } = scan(text, MAX_JSON_DEPTH);
  if (depth > MAX_JSON_DEPTH) throw new TooDeepError();
  const value: unknown = JSON.parse(text);
  return suspicious ? lossless().parse(text, undefined, { parseNumber, onDuplicateKey: lastOne }) : value;
}

/** Whether the number that JavaScript makes of a JSON number has the same value, and is surely no other number rounded. */
export const isHeld = (text: string): boolean => lossless().isSafeNumber(text) && !Object.is(Number(text), -0);

const parseNumber = (text: string): number | ExactNumber => (isHeld(text) ? Number(text) : new ExactNumber(text));

/** As `JSON.parse` has it. */
const lastOne = ({ newValue }: { readonly newValue: unknown }): unknown => newValue;
