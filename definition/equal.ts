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
