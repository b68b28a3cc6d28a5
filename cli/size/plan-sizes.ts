import { isSameMeaning } from "../../definition/equal";
import { writeJson } from "../../definition/json";
import { PROFILE_SCHEMA } from "../../model/audience-fields";
import type { SizeBudget } from "../../provider/size/budget";
import { notKnown, type Sized, type SizeRange } from "../../provider/size/size";
import type { CommandRuntime } from "../command-runtime";
import { containsSecret } from "../review/report/field-changes";
import { sandboxOf } from "../review/report/job-review";
import { KNOWN_LATER } from "../review/preview/values";
import { changesKey, type Preview, type ResourceValues, type Step } from "../review/preview/preview";
import { findSizes, type SizeSubject } from "./find-sizes";
import type { SizeChange } from "./size-change";

/** What a plan makes or changes, and of which sizes mean something. */
export interface PlannedSize {
  readonly step: Step;
  readonly kind: "Segment" | "Audience";
  readonly before: ResourceValues | undefined;
  readonly after: ResourceValues;
  /** The sandbox of an audience, before and after. */
  readonly sandboxes: Readonly<Record<"before" | "after", string>>;
}

const COUNTED_OPERATIONS: ReadonlySet<string> = new Set(["create", "update", "replace", "import"]);

/**
 * The segments and audiences of a plan that select something else afterwards, or are new.
 *
 * @param sandbox `CJA_SANDBOX` of the preview, where it is set: what the plan's own config says comes after it
 */
export function plannedSizes(preview: Preview, sandbox: string | undefined): PlannedSize[] {
  const sandboxIn = (values: ResourceValues | undefined) =>
    sandboxOf(values, preview, sandbox === undefined ? {} : { sandbox });
  return preview.steps.flatMap((step) => {
    const { kind, op, after } = step;
    if ((kind !== "Segment" && kind !== "Audience") || !COUNTED_OPERATIONS.has(op) || !after) return [];
    const before = op === "update" || op === "replace" ? step.before : undefined;
    const sandboxes = { before: sandboxIn(before), after: sandboxIn(after) };
    if (before && selectsTheSame(kind, step, before, after) && sandboxes.before === sandboxes.after) return [];
    // An import is followed by an update of the same resource, where it changes something.
    if (op === "import" && preview.steps.some((other) => other.key === step.key && other.op === "update")) return [];
    return [{ step, kind, before, after, sandboxes }];
  });
}

const RULE = { Segment: "definition", Audience: "expression" } as const;

function selectsTheSame(
  kind: PlannedSize["kind"],
  step: Step,
  { inputs: old }: ResourceValues,
  { inputs }: ResourceValues,
): boolean {
  const rule = RULE[kind];
  // Of what is secret both sides look alike: the engine knows whether they are.
  if (containsSecret(inputs[rule]) && changesKey(step, rule)) return false;
  return (
    ["dataViewId", "schemaName"].every((key) => old[key] === inputs[key]) && isSameMeaning(old[rule], inputs[rule])
  );
}

/**
 * Asks Adobe how many people are selected before and after plans; nothing for what is known from the last day.
 *
 * @returns by URN
 */
export async function fetchSizes(
  planned: readonly PlannedSize[],
  range: SizeRange,
  budget: SizeBudget,
  runtime: Pick<CommandRuntime, "segmentSizes" | "audienceSizes" | "settings">,
): Promise<ReadonlyMap<string, SizeChange>> {
  const sides = planned.flatMap((each) =>
    (["before", "after"] as const).flatMap((side) => {
      const values = each[side];
      return values ? [{ each, side, ...askedFor(each, values, side, runtime.settings.orgId) }] : [];
    }),
  );
  const asked = sides.filter((side) => "subject" in side);
  const sizes = await findSizes(
    asked.map(({ subject }) => subject),
    range,
    budget,
    runtime,
  );
  const found = new Map<PlannedSize, { before?: Sized; after?: Sized }>(planned.map((each) => [each, {}]));
  for (const { each, side, ...rest } of sides)
    if ("unknown" in rest) Object.assign(found.get(each) ?? {}, { [side]: notKnown(rest.unknown) });
  asked.forEach(({ each, side }, index) => Object.assign(found.get(each) ?? {}, { [side]: sizes[index] }));
  return new Map(
    [...found].map(([{ step, kind }, change]) => [step.key, { ...(kind === "Segment" && { range }), ...change }]),
  );
}

/** What Adobe is asked about one side of a change, or why nobody can ask. */
function askedFor(
  { kind, sandboxes }: PlannedSize,
  { inputs, outputs }: ResourceValues,
  side: "before" | "after",
  orgId: string | undefined,
): { readonly subject: SizeSubject } | { readonly unknown: string } {
  const rule = inputs[RULE[kind]];
  const parts = [rule, inputs["dataViewId"], inputs["schemaName"], sandboxes[side]];
  if (parts.some(containsSecret)) return { unknown: "a part of it is secret" };
  if (writeJson(parts.map((part) => part ?? null)).includes(KNOWN_LATER))
    return { unknown: "a part of it is known only after up" };
  const owner = outputs["orgId"];
  if (owner !== undefined && owner !== orgId) return { unknown: "the settings name another organisation" };
  if (kind === "Segment") return { subject: { dataViewId: String(inputs["dataViewId"]), definition: rule } };
  const schemaName = typeof inputs["schemaName"] === "string" ? inputs["schemaName"] : PROFILE_SCHEMA;
  return { subject: { sandbox: sandboxes[side], schemaName, expression: rule } };
}
