import { createHash } from "node:crypto";
import type { SegmentJobInputs } from "../../model";
import { scopeOf } from "./state";

/** A fingerprint of what a run is: the set of audiences, the sandbox and the triggers, however they are written. */
export function runKey(inputs: SegmentJobInputs, sandbox: string): string {
  const scope = scopeOf(inputs);
  const what = "segmentIds" in scope ? [...scope.segmentIds].sort() : scope.schemaName;
  return createHash("sha256")
    .update(JSON.stringify(sorted([sandbox, what, inputs.triggers ?? {}])))
    .digest("hex");
}

/** Under what a run is on record while it starts. */
export const recordKey = (key: string): string => `job ${key}`;

/** The engine writes the keys of an object in another order at each call. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
