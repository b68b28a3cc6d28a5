import { lossless } from "./lossless";

const BRAND = Symbol.for("pulumi-cja.ExactNumber");

/**
 * A number of a JSON text that JavaScript's numbers cannot hold: `9007199254740993`, `0.12345678901234567890`, `1e400`, `-0`.
 * It is its text, and nothing can calculate with it. `writeJson` writes it as it was read.
 *
 * Everything that does not know it fails by the number's name: a rounded number, or an object in its place, would be
 * written to the service without a word.
 */
export class ExactNumber {
  /** A property of its own, so that a copy made field by field can no more be written than the number itself. */
  readonly toJSON = refuse;

  /** @param text as it stands in the JSON */
  constructor(readonly text: string) {}

  /** @internal Marks it for other copies of this module, too: the SDK and the definition language are files of their own. */
  get [BRAND](): true {
    return true;
  }

  toString(): string {
    return this.text;
  }

  [Symbol.toPrimitive](hint: string): string {
    if (hint !== "number") return this.text;
    throw new ExactNumberError(this.text);
  }
}

function refuse(this: { readonly text: string }): never {
  throw new ExactNumberError(this.text);
}

/** Somebody treats a number as one of JavaScript's that is none. */
export class ExactNumberError extends TypeError {
  override readonly name = "ExactNumberError";

  constructor(readonly number: string) {
    super(`the number ${shown(number)} has more digits or a larger exponent than a JavaScript number can hold`);
  }
}

export const isExactNumber = (value: unknown): value is ExactNumber =>
  typeof value === "object" && value !== null && BRAND in value;

/** Whether an error says that of a number; the class may be of another copy of this module. */
export const isExactNumberError = (error: unknown): error is ExactNumberError =>
  error instanceof Error && error.name === "ExactNumberError";

/** The number in a message: a number may have a million digits. */
export const shown = (number: string): string => (number.length > 60 ? `${number.slice(0, 57)}…` : number);

type AnyNumber = number | ExactNumber;

/**
 * The number in the one form that all spellings of its value share: JavaScript's where that has the very value (`1e20`, `-0`
 * as 0), else its digits without zeros at their ends, and an exponent.
 */
export function withoutSpelling(number: ExactNumber): AnyNumber {
  const { sign, digits, exponent } = split(number.text);
  if (digits === "0") return 0;
  const own = Number(number.text);
  if (Number.isFinite(own) && own !== 0 && lossless().compareNumber(number.text, String(own)) === 0) return own;
  // An exponent beyond 2^53 is no longer exact itself.
  return Number.isSafeInteger(exponent) ? new ExactNumber(`${sign}${digits}e${exponent - digits.length + 1}`) : number;
}

/** Below 0 where `a` is less, above where it is more; 0 for the same value. */
export function compareNumbers(a: AnyNumber, b: AnyNumber): number {
  if (typeof a === "number" && typeof b === "number") return a === b ? 0 : a < b ? -1 : 1;
  return lossless().compareNumber(String(a), String(b));
}

const split = (text: string) => lossless().splitNumber(text);
