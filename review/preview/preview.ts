import { z } from "zod";
import { parseUrn, type Urn } from "../urn";
import { documentsIn } from "./documents";
import { plain } from "./values";

const values = z.record(z.string(), z.unknown());

const resource = z.looseObject({
  id: z.string().optional(),
  type: z.string().optional(),
  parent: z.string().optional(),
  protect: z.boolean().optional(),
  inputs: values.nullish(),
  outputs: values.nullish(),
});

const content = z.looseObject({
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
  changeSummary: z.record(z.string(), z.number()).nullish(),
  maybeCorrupt: z.boolean().optional(),
});

type Values = Readonly<Record<string, unknown>>;

/** A resource before or after a step, with no secret and no marker of the engine in it. */
export interface ResourceValues {
  readonly id: string | undefined;
  readonly protect: boolean;
  readonly inputs: Values;
  readonly outputs: Values;
}

/** What is planned for a resource. */
export interface Step {
  /** The engine's word: `same`, `create`, `update`, `replace`, `refresh`, … */
  readonly op: string;
  readonly urn: Urn;
  /** The URN as it stands in the plan. */
  readonly key: string;
  /** The resource's own type, `pulumi-nodejs:dynamic/cja:Segment`. */
  readonly type: string;
  readonly before: ResourceValues | undefined;
  readonly after: ResourceValues | undefined;
  /** The inputs that force a replacement. */
  readonly replaceReasons: readonly string[];
  /** The inputs that differ. */
  readonly diffReasons: readonly string[];
}

export interface Diagnostic {
  readonly urn: Urn | undefined;
  readonly severity: string;
  readonly message: string;
}

/** What `pulumi preview --json` printed for one stack. */
export interface Preview {
  readonly config: Values;
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
  /** How many resources by the engine's word, those that stay the same among them. */
  readonly summary: Readonly<Record<string, number>>;
  /** The engine read a state that may be damaged. */
  readonly maybeCorrupt: boolean;
}

/** JSON, and not of a preview. */
export class NotAPreview extends Error {
  override readonly name = "NotAPreview";
}

/**
 * Reads what `pulumi preview --json` printed, of one stack or of several, one after another.
 *
 * @throws NotJson or NotAPreview
 */
export function readPreviews(text: string): Preview[] {
  return documentsIn(text).map((json) => {
    const { success, data, error } = content.safeParse(json);
    if (!success) {
      const [issue] = error.issues;
      throw new NotAPreview(
        `it is no output of "pulumi preview --json": ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unknown shape"}`,
      );
    }
    if ("sequence" in data)
      throw new NotAPreview("it is a stream of events: unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW for the preview");
    if (!data.steps && !data.diagnostics && !data.changeSummary)
      throw new NotAPreview('it has neither "steps" nor "diagnostics": is it the output of "pulumi preview --json"?');
    return {
      config: plain(data.config ?? {}) as Values,
      steps: (data.steps ?? []).flatMap(stepOf),
      diagnostics: (data.diagnostics ?? []).map(({ urn, message, severity }) => ({
        urn: urn === undefined ? undefined : parseUrn(urn),
        severity,
        message,
      })),
      summary: data.changeSummary ?? {},
      maybeCorrupt: data.maybeCorrupt ?? false,
    };
  });
}

type Read = NonNullable<z.infer<typeof content>["steps"]>[number];

function stepOf(read: Read): Step[] {
  const urn = parseUrn(read.urn);
  if (!urn) return [];
  return [
    {
      op: read.op,
      urn,
      key: read.urn,
      type: urn.types.at(-1) ?? "",
      before: valuesOf(read.oldState),
      after: valuesOf(read.newState),
      replaceReasons: read.replaceReasons ?? [],
      diffReasons: read.diffReasons ?? [],
    },
  ];
}

function valuesOf(state: z.infer<typeof resource> | null | undefined): ResourceValues | undefined {
  if (!state) return undefined;
  const { id, protect = false, inputs, outputs } = state;
  return { id, protect, inputs: plain(withoutCode(inputs)) as Values, outputs: plain(withoutCode(outputs)) as Values };
}

/** The code of a dynamic resource is no input that anybody wrote. */
function withoutCode(values: Values | null | undefined): Values {
  const { __provider: _, ...rest } = values ?? {};
  return rest;
}
