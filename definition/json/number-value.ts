import { ExactNumber } from "./exact-number";
import { lossless } from "./lossless";

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
