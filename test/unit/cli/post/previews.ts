import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Source } from "../../../../cli/review/report/create-report";

/** What the engine printed: a new segment, nothing to do, mistakes in the program. All of web/prod. */
export const recorded = (scene: "create" | "nothing" | "mistakes"): Source => ({
  name: `${scene}.json`,
  text: readFileSync(join(__dirname, "previews", `${scene}.json`), "utf8"),
});

/** A preview that deletes a segment of a stack. */
export function deleting(project: string, stack: string, segment = "Mobile"): Source {
  const urn = `urn:pulumi:${stack}::${project}::pulumi-nodejs:dynamic/cja:Segment::mobile`;
  const oldState = { id: "s1", inputs: { name: segment, dataViewId: "dv_dev" }, outputs: {} };
  return { name: "preview.json", text: JSON.stringify({ steps: [{ op: "delete", urn, oldState }] }) };
}

/** A preview of a stack that failed. */
export function failing(project: string, stack: string, message: string): Source {
  const step = { op: "same", urn: `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::all` };
  return {
    name: "preview.json",
    text: JSON.stringify({ steps: [step], diagnostics: [{ severity: "error", message }] }),
  };
}
