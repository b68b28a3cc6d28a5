import { ExactNumber, isExactNumber, isExactNumberError } from "./exact-number";
import { lossless } from "./lossless";

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

/** What reading a JSON text will meet. */
interface Scanned {
  /** Levels of lists and objects inside of each other. */
  readonly depth: number;
  /** Some number has a form that JavaScript's numbers may not hold. */
  readonly suspicious: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Every number of so many characters without an exponent is one that a double holds. */
const SURE_LENGTH = 15;

/**
 * Looks through a JSON text once, without making anything of it: cheap beside the reading itself. It takes any text; what is
 * no JSON is for the reader to say.
 *
 * @param deepest where to stop: what lies deeper is not looked at
 */
function scan(text: string, deepest = Infinity): Scanned {
  let depth = 0;
  let maxDepth = 0;
  let suspicious = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at);
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > maxDepth) maxDepth = depth;
      if (maxDepth > deepest) break;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
    else if (!suspicious && (code === MINUS || (code >= 0x30 && code <= 0x39))) {
      NUMBER.lastIndex = at;
      const [number = ""] = NUMBER.exec(text) ?? [];
      suspicious = number.length > SURE_LENGTH || /e|^-[0.]+$/i.test(number);
      if (number !== "") at += number.length - 1;
    }
  }
  return { depth: maxDepth, suspicious };
}

/** Where the text in quotes ends that begins here. */
function endOfText(text: string, begin: number): number {
  for (let end = text.indexOf('"', begin + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}

/**
 * Writes a value as `JSON.stringify` does, and an `ExactNumber` as it was read.
 *
 * @param indent blanks before each level; none: all on one line
 * @example writeJson(readJson("[9007199254740993]")) // "[9007199254740993]"
 */
export function writeJson(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch (error) {
    if (!isExactNumberError(error)) throw error;
    return lossless().stringify(value, null, indent, EXACT) ?? "null";
  }
}

const EXACT = [{ test: isExactNumber, stringify: (value: unknown) => (value as ExactNumber).text }];
