import { isExactNumber, isExactNumberError, type ExactNumber } from "./exact-number";
import { lossless } from "./lossless";

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
