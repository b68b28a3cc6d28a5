import { writeJson } from "./json";
import { canonical } from "./canonical";

/**
 * Whether two definitions mean the same, however they are written: what `canonical` says is one meaning.
 *
 * @throws TypeError or RangeError when one of them is not JSON or too big, as `canonical`; never for what `parse` accepts.
 *
 * @example
 * equal({ func: "segment", version: [1, 0, 0], container }, { container, version: [1, 0, 0], func: "segment" }); // true
 */
export function equal(a: unknown, b: unknown): boolean {
  return writeJson(canonical(a)) === writeJson(canonical(b));
}

/** As `equal` where both are definitions that it can compare; of any other JSON, whether the texts are the same. */
export function isSameMeaning(one: unknown, other: unknown): boolean {
  try {
    return equal(one, other);
  } catch {
    return writeJson(one) === writeJson(other);
  }
}
