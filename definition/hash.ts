import { createHash } from "node:crypto";
import { writeJson } from "./json";
import { canonical } from "./canonical";

/**
 * A fingerprint of what a definition means: equal definitions have the same, 64 hexadecimal digits (SHA-256 of the
 * canonical JSON text). It is kept in state between runs, so that another canonical form shows as a difference once.
 *
 * @throws TypeError or RangeError when it is not JSON or too big, as `canonical`; never for what `parse` accepts.
 */
export function hash(definition: unknown): string {
  return createHash("sha256")
    .update(writeJson(canonical(definition)))
    .digest("hex");
}
