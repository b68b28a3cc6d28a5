import { createHash } from "node:crypto";
import { withSortedKeys } from "../../definition/sorted";
import type { SegmentJobInputs } from "../../model";
import { scopeOf } from "./state";

/** A fingerprint of what a run is: the set of audiences, the sandbox and the triggers, however they are written. */
export function runKey(inputs: SegmentJobInputs, sandbox: string): string {
  const scope = scopeOf(inputs);
  const target = "segmentIds" in scope ? [...scope.segmentIds].sort() : scope.schemaName;
  return createHash("sha256")
    .update(JSON.stringify([sandbox, target, withSortedKeys(inputs.triggers ?? {})]))
    .digest("hex");
}

/** Under what a run is on record while it starts. */
export const intentKey = (key: string): string => `job ${key}`;
