import { quoted } from "../../../definition/sentences/quote";
import { z } from "zod";

const values = z.record(z.string(), z.unknown());

export const resource = z.looseObject({
  id: z.string().optional(),
  type: z.string().optional(),
  parent: z.string().optional(),
  protect: z.boolean().optional(),
  retainOnDelete: z.boolean().optional(),
  inputs: values.nullish(),
  outputs: values.nullish(),
});

/** What `pulumi preview --json` prints, as far as it is read. */
export const content = z.looseObject({
  config: z.record(z.string(), z.unknown()).nullish(),
  steps: z
    .array(
      z.looseObject({
        op: z.string(),
        urn: z.string(),
        oldState: resource.nullish(),
        newState: resource.nullish(),
        diffReasons: z.array(z.string()).nullish(),
        replaceReasons: z.array(z.string()).nullish(),
        detailedDiff: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .nullish(),
  diagnostics: z
    .array(
      z.looseObject({
        urn: z.string().optional(),
        prefix: z.string().optional(),
        // The engine leaves out what is empty.
        message: z.string().default(""),
        severity: z.string().default(""),
      }),
    )
    .nullish(),
  duration: z.number().optional(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
  maybeCorrupt: z.boolean().optional(),
});

export type Content = z.infer<typeof content>;

const NON_FAILURE_SEVERITIES: ReadonlySet<string> = new Set(["debug", "info", "info#err", "warning"]);

/** Whether a diagnostic tells of a failure. A word that nobody knows may be one. */
export const isError = ({ severity }: { readonly severity: string }): boolean => !NON_FAILURE_SEVERITIES.has(severity);

/** Why a document is no whole preview: what is taken for one by mistake would be a plan without changes. */
export function reasonNotPreview(data: Content): string | undefined {
  const { steps, diagnostics, duration } = data;
  if ("sequence" in data || "operations" in data)
    return (
      "this is a stream of events, as `pulumi up --json` prints it, or a preview with " +
      "PULUMI_ENABLE_STREAMING_JSON_PREVIEW set: pass the output of pulumi preview --json"
    );
  if ("deployment" in data) return "this is the state of a stack: pass the output of pulumi preview --json";
  const unknown = Object.keys(data).find((key) => !Object.hasOwn(content.shape, key));
  if (unknown !== undefined)
    return `it has ${quoted(unknown)}, which this version of pulumi-cja does not know in a preview: pass the output of pulumi preview --json, or update pulumi-cja`;
  if (diagnostics?.some(isError)) return undefined;
  // Of a stack with nothing in it, the engine tells the duration alone.
  if (!steps && duration === undefined)
    return `it has neither "steps" nor ${diagnostics ? "an error in " : ""}"diagnostics": is it the output of "pulumi preview --json"?`;
  if (steps?.length === 0)
    return '"steps" is empty, but a complete preview has the stack itself: run the preview again';
  return reasonIncomplete(data);
}

/** What the engine lists whenever it counts it. What a refresh has found, it may count alone. */
const ALWAYS_LISTED = ["create", "update", "delete", "replace"];

function reasonIncomplete({ steps, changeSummary }: Content): string | undefined {
  if (steps?.some(({ op }) => op === "refresh")) return undefined;
  const missing = Object.entries(changeSummary ?? {}).find(
    ([op, count]) => count > 0 && (!steps || (ALWAYS_LISTED.includes(op) && !steps.some((step) => step.op === op))),
  );
  return (
    missing &&
    `"changeSummary" counts ${quoted(missing[0])}, but its "steps" are missing: run pulumi preview --json again`
  );
}

/** The one line of `pulumi preview --output json`: it tells which resources change, and not how. */
const summary = z.strictObject({
  result: z.string(),
  duration: z.number(),
  summary: z.record(z.string(), z.number()).optional(),
  resources: z.array(z.looseObject({ op: z.string() })).optional(),
});

const UNCHANGED_OPERATIONS: ReadonlySet<string> = new Set(["same", "read"]);

export const isSummary = (json: unknown): boolean => typeof json === "object" && json !== null && "result" in json;

/**
 * A summary as the preview's own form tells the same, where it has all of that: that the preview failed, or that nothing changes.
 *
 * @returns otherwise why it does not do
 */
export function contentFromSummary(json: unknown): Content | string {
  const { data } = summary.safeParse(json);
  if (!data) return `it has a "result", as pulumi preview --output json prints it, and ${ADVICE}`;
  const { result, duration, summary: counts = {}, resources = [] } = data;
  if (result !== "succeeded")
    return { diagnostics: [{ severity: "error", message: `preview ${result}` }], duration, changeSummary: counts };
  const changes = [...resources.map(({ op }) => op), ...Object.keys(counts).filter((op) => counts[op] !== 0)];
  // The stack itself is among what stays the same.
  const same = counts["same"] ?? 0;
  if (same === 0 || changes.some((op) => !UNCHANGED_OPERATIONS.has(op)))
    return `this is the summary of pulumi preview --output json, which does not say how the resources change: ${ADVICE}`;
  return { duration, changeSummary: { same: same - 1 } };
}

const ADVICE = "pass the output of pulumi preview --json";
