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
        message: z.string(),
        severity: z.string(),
      }),
    )
    .nullish(),
  duration: z.number().optional(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
  maybeCorrupt: z.boolean().optional(),
});

export type Content = z.infer<typeof content>;

/** Why a document is no whole preview: what is taken for one by mistake would be a plan without changes. */
export function whyNone(data: Content): string | undefined {
  const { steps, diagnostics, duration, changeSummary } = data;
  if ("sequence" in data || "operations" in data)
    return (
      "this is a stream of events, as `pulumi up --json` prints it, or a preview with " +
      "PULUMI_ENABLE_STREAMING_JSON_PREVIEW set: give it the output of pulumi preview --json"
    );
  if (diagnostics && diagnostics.length > 0) return undefined;
  // Of a stack with nothing in it, the engine tells the duration alone.
  if (!steps && duration === undefined)
    return 'it has neither "steps" nor "diagnostics": is it the output of "pulumi preview --json"?';
  if (steps?.length === 0)
    return '"steps" is empty, and a whole preview has the stack itself in it: run the preview again';
  if (!steps && Object.values(changeSummary ?? {}).some((count) => count > 0))
    return '"changeSummary" counts resources, and "steps" are missing: run the preview again';
  return undefined;
}
