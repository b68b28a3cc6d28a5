import { z } from "zod";
import type { Content } from "./content";

/** The one line of `pulumi preview --output json`: it tells which resources change, and not how. */
const summary = z.strictObject({
  result: z.string(),
  duration: z.number(),
  summary: z.record(z.string(), z.number()).optional(),
  resources: z.array(z.looseObject({ op: z.string() })).optional(),
});

const QUIET: ReadonlySet<string> = new Set(["same", "read"]);

export const isSummary = (json: unknown): boolean => typeof json === "object" && json !== null && "result" in json;

/**
 * A summary as the preview's own form tells the same, where it has all of that: that the preview failed, or that nothing changes.
 *
 * @returns otherwise why it does not do
 */
export function ofSummary(json: unknown): Content | string {
  const { data } = summary.safeParse(json);
  if (!data) return `it has a "result", as pulumi preview --output json prints it, and ${ADVICE}`;
  const { result, duration, summary: counts = {}, resources = [] } = data;
  if (result !== "succeeded")
    return { diagnostics: [{ severity: "error", message: `preview ${result}` }], duration, changeSummary: counts };
  const changes = [...resources.map(({ op }) => op), ...Object.keys(counts).filter((op) => counts[op] !== 0)];
  // The stack itself is among what stays the same.
  const same = counts["same"] ?? 0;
  if (same === 0 || changes.some((op) => !QUIET.has(op)))
    return `this is the summary of pulumi preview --output json, which does not say how the resources change: ${ADVICE}`;
  return { duration, changeSummary: { same: same - 1 } };
}

const ADVICE = "give it the output of pulumi preview --json";
