import { isWithin } from "../../../definition/mistake";
import { quoted } from "../../../definition/sentences/quote";
import { resourceKind, type ResourceKind } from "../../../model/resource-kinds";
import { parseUrn, type Urn } from "../../../model/urn";
import { stripVTControlCharacters } from "node:util";
import type { z } from "zod";
import { content, isSummary, contentFromSummary, reasonNotPreview, type Content, type resource } from "./content";
import { parseDocuments } from "./documents";
import { readableValue } from "./values";

type Values = Readonly<Record<string, unknown>>;

/** A resource before or after a step, with no secret and no marker of the engine in it. */
export interface ResourceValues {
  readonly id: string | undefined;
  /** The option `import`: what is there by this ID becomes this resource. */
  readonly importId: string | undefined;
  readonly protect: boolean;
  /** `retainOnDelete`: the engine forgets it, and deletes nothing. */
  readonly retained: boolean;
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
  /** The resource's own type: `aws:s3:Bucket`, `pulumi-nodejs:dynamic/cja:Segment`, `cja:index:Segment`. */
  readonly type: string;
  /** What it is, by whichever door it runs; undefined for what is none of ours. */
  readonly kind: ResourceKind | undefined;
  readonly before: ResourceValues | undefined;
  readonly after: ResourceValues | undefined;
  /** The paths of what differs, as the engine names them: `name`, `triggers.release`. It knows secrets, too. */
  readonly changed: readonly string[];
  /** Of them those that the plugin has found, which are exact. Empty where the engine has compared. */
  readonly exact: readonly string[];
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
  return parseDocuments(text).map((json) => {
    const data = isSummary(json) ? contentFromSummary(json) : toContent(json);
    if (typeof data === "string") throw new NotAPreview(data);
    return {
      config: readableValue(data.config ?? {}) as Values,
      steps: (data.steps ?? []).map(toStep),
      diagnostics: (data.diagnostics ?? []).map(({ urn, message, severity }) => ({
        urn: urn === undefined ? undefined : parseUrn(urn),
        severity,
        message: stripColours(message),
      })),
      summary: data.changeSummary ?? {},
      maybeCorrupt: data.maybeCorrupt ?? false,
    };
  });
}

/** @returns a text where it is no whole preview: why */
function toContent(json: unknown): Content | string {
  const { data, error } = content.safeParse(json);
  if (data) return reasonNotPreview(data) ?? data;
  const [issue] = error.issues;
  return `it is not output of "pulumi preview --json": ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unknown shape"}`;
}

/** As terminals take them, and as the engine writes them before it knows whether there is one. */
const stripColours = (message: string): string => stripVTControlCharacters(message).replace(/<\{%.*?%\}>/g, "");

type Read = NonNullable<Content["steps"]>[number];

/** Without them nobody can say what a step does. */
const STATES: readonly (readonly ["oldState" | "newState", ...string[]])[] = [
  ["oldState", "update", "replace", "delete"],
  ["newState", "create", "update", "replace"],
];
const isCjaType = (type: string): boolean => /^(?:pulumi-nodejs:dynamic\/cja:|cja:)/.test(type);

function toStep(read: Read): Step {
  const urn = parseUrn(read.urn);
  if (!urn) throw new NotAPreview(`the step ${quoted(read.op)} belongs to no resource: its urn is ${quoted(read.urn)}`);
  const { op, diffReasons, replaceReasons, detailedDiff } = read;
  const type = urn.types.at(-1) ?? "";
  const missingState = STATES.find(([state, ...ops]) => isCjaType(type) && ops.includes(op) && !read[state]);
  if (missingState)
    throw new NotAPreview(
      `the step ${quoted(op)} of ${quoted(urn.name)} has no ${quoted(missingState[0])}: run the preview again`,
    );
  return {
    op,
    urn,
    key: read.urn,
    type,
    kind: resourceKind(type),
    before: toResourceValues(read.oldState),
    after: toResourceValues(read.newState),
    changed: [...(diffReasons ?? []), ...(replaceReasons ?? []), ...Object.keys(detailedDiff ?? {})],
    exact: Object.entries(detailedDiff ?? {}).flatMap(([path, { inputDiff }]) => (inputDiff === false ? [path] : [])),
  };
}

function toResourceValues(state: z.infer<typeof resource> | null | undefined): ResourceValues | undefined {
  if (!state) return undefined;
  const { id, importID: importId, protect = false, retainOnDelete: retained = false, inputs, outputs } = state;
  return {
    id,
    importId,
    protect,
    retained,
    inputs: readableValue(withoutProviderText(inputs)) as Values,
    outputs: readableValue(withoutProviderText(outputs)) as Values,
  };
}

/** The code of a dynamic resource is no input that anybody wrote. */
function withoutProviderText(values: Values | null | undefined): Values {
  const { __provider: _, ...rest } = values ?? {};
  return rest;
}

/** Where inside an argument a plugin has found what differs: `container.pred.str` of `definition`. */
export const exactPlaces = ({ exact }: Pick<Step, "exact">, key: string): string[] =>
  exact.flatMap((path) => (path.startsWith(`${key}.`) ? [path.slice(key.length + 1)] : []));

/** Whether a step changes what stands under a key, or under one of its own keys: also where that is secret. */
export function changesKey({ changed }: Pick<Step, "changed">, key: string, inner?: string): boolean {
  const paths = inner === undefined ? [key] : [`${key}.${inner}`, `${key}[${JSON.stringify(inner)}]`];
  return changed.some((found) => paths.some((path) => isWithin(found, path)));
}
