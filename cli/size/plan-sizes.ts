import { isSameMeaning } from "../../definition/equal";
import { writeJson } from "../../definition/json";
import { PROFILE_SCHEMA } from "../../model/audience-fields";
import type { SizeBudget } from "../../provider/size/budget";
import type { Sized, SizeRange } from "../../provider/size/size";
import type { CommandRuntime } from "../command-runtime";
import { containsSecret } from "../review/report/field-changes";
import { sandboxOf } from "../review/report/job-review";
import { KNOWN_LATER } from "../review/preview/values";
import type { Preview, ResourceValues, Step } from "../review/preview/preview";
import type { SizeChange } from "./size-change";

/** What a plan makes or changes, and of which sizes mean something. */
export interface PlannedSize {
  readonly step: Step;
  readonly kind: "Segment" | "Audience";
  readonly before: ResourceValues | undefined;
  readonly after: ResourceValues;
  readonly sandbox: string;
}

const COUNTED_OPERATIONS: ReadonlySet<string> = new Set(["create", "update", "replace", "import"]);

/** The segments and audiences of a plan that select something else afterwards, or are new. */
export function plannedSizes(preview: Preview, sandbox: string | undefined): PlannedSize[] {
  const options = sandbox === undefined ? {} : { sandbox };
  return preview.steps.flatMap((step) => {
    const { kind, op, after } = step;
    if ((kind !== "Segment" && kind !== "Audience") || !COUNTED_OPERATIONS.has(op) || !after) return [];
    const before = op === "update" || op === "replace" ? step.before : undefined;
    if (before && selectsTheSame(kind, before, after)) return [];
    // An import is followed by an update of the same resource, where it changes something.
    if (op === "import" && preview.steps.some((other) => other.key === step.key && other.op === "update")) return [];
    return [{ step, kind, before, after, sandbox: sandboxOf(after, preview, options) ?? "" }];
  });
}

const RULE = { Segment: "definition", Audience: "expression" } as const;
const PLACE = { Segment: "dataViewId", Audience: "sandbox" } as const;

function selectsTheSame(
  kind: PlannedSize["kind"],
  { inputs: old }: ResourceValues,
  { inputs }: ResourceValues,
): boolean {
  const rule = RULE[kind];
  return old[PLACE[kind]] === inputs[PLACE[kind]] && isSameMeaning(old[rule], inputs[rule]);
}

/**
 * Asks Adobe how many people are selected before and after plans: a report for each six definitions of a data view, and an estimate for
 * each expression, none for what is known from the last day.
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
      return values
        ? [{ ...each, side, values, unknown: unknownReason(each.kind, values, runtime.settings.orgId) }]
        : [];
    }),
  );
  const asked = sides.filter(({ unknown }) => unknown === undefined);
  const segments = asked.filter(({ kind }) => kind === "Segment");
  const audiences = asked.filter(({ kind }) => kind === "Audience");
  const found = new Map<(typeof sides)[number], Sized>();
  const segmentSizes = await runtime.segmentSizes.find(
    segments.map(({ values: { inputs } }) => ({
      dataViewId: String(inputs["dataViewId"]),
      definition: inputs["definition"],
    })),
    range,
    budget,
  );
  segments.forEach((side, index) => found.set(side, segmentSizes[index] ?? NOT_ASKED));
  const audienceSizes = await runtime.audienceSizes.find(
    audiences.map(({ sandbox, values: { inputs } }) => ({
      sandbox,
      schemaName: typeof inputs["schemaName"] === "string" ? inputs["schemaName"] : PROFILE_SCHEMA,
      expression: inputs["expression"],
    })),
    budget,
  );
  audiences.forEach((side, index) => found.set(side, audienceSizes[index] ?? NOT_ASKED));
  const sizeOf = (key: string, side: "before" | "after"): Sized | undefined => {
    const asked = sides.find((each) => each.step.key === key && each.side === side);
    return asked && (found.get(asked) ?? { selected: { unknown: asked.unknown ?? "" }, allPersons: undefined });
  };
  return new Map(
    planned.map(({ step: { key }, kind }) => {
      const [before, after] = [sizeOf(key, "before"), sizeOf(key, "after")];
      return [key, { ...(kind === "Segment" && { range }), ...(before && { before }), ...(after && { after }) }];
    }),
  );
}

const NOT_ASKED: Sized = { selected: { unknown: "it was not asked for" }, allPersons: undefined };

/** Why nobody can ask for a size. */
function unknownReason(
  kind: PlannedSize["kind"],
  values: ResourceValues,
  orgId: string | undefined,
): string | undefined {
  const { inputs, outputs } = values;
  const parts = [inputs[RULE[kind]], inputs[PLACE[kind]]];
  if (parts.some(containsSecret)) return "a part of it is secret";
  if (writeJson(parts).includes(KNOWN_LATER)) return "a part of it is known only after up";
  const owner = outputs["orgId"];
  return owner !== undefined && owner !== orgId ? "the settings name another organisation" : undefined;
}
