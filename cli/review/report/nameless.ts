import { writeJson } from "../../../definition/json";
import { SEGMENT } from "../preview/planned-segments";
import type { Preview, Step } from "../preview/preview";
import { SEGMENT_JOB, sandboxOf } from "./job-review";
import { audiencesTold } from "./job-scope";
import { isKnown, namesIn } from "./named";
import type { ReviewOptions } from "./report";

type Values = Readonly<Record<string, unknown>>;

/** What plans have by its ID alone: data views, segments that are shared with somebody, and the audiences that jobs run over. */
export function namelessIn(previews: readonly Preview[], options: Pick<ReviewOptions, "sandbox"> = {}): Nameless {
  const known = new Set(previews.flatMap(namesIn).map(([id]) => id));
  const isNameless = (id: unknown): id is string => isKnown(id) && !known.has(id);
  const steps = previews.flatMap((preview) => preview.steps.filter(({ type }) => type === SEGMENT));
  const dataViews = steps.flatMap(({ before, after }) => [before, after].map((side) => side?.inputs["dataViewId"]));
  const segments = steps.flatMap(({ before, after }) => {
    const id = before?.id ?? after?.inputs["adoptId"];
    const shares = [before, after].flatMap((side) => (side?.inputs["shares"] ?? []) as (Values | null)[]);
    return isKnown(id) && shares.some((share) => isNameless(share?.["id"]))
      ? [[id, before?.outputs["orgId"]] as const]
      : [];
  });
  const audiences = previews.flatMap((preview) => preview.steps.flatMap((step) => audiencesOf(step, preview, options)));
  return {
    dataViews: [...new Set(dataViews.filter(isNameless))],
    segments: [...new Map(segments)].map(([id, orgId]) => ({ id, orgId })),
    audiences: [...new Map(audiences.map((each) => [writeJson(each), each])).values()],
  };
}

export interface Nameless {
  readonly dataViews: readonly string[];
  readonly segments: readonly { readonly id: string; readonly orgId: unknown }[];
  readonly audiences: readonly { readonly id: string; readonly sandbox: string; readonly orgId: unknown }[];
}

/** Those of a job's audiences that a reader sees. */
function audiencesOf(step: Step, preview: Preview, options: Pick<ReviewOptions, "sandbox">): Nameless["audiences"] {
  const { type, op, before, after } = step;
  if (type !== SEGMENT_JOB || !TOLD.has(op)) return [];
  const [old, wanted] = [op === "create" ? undefined : before, op === "delete" ? undefined : after];
  const sandbox = sandboxOf(wanted ?? old, preview, options);
  const orgId = before?.outputs["orgId"];
  return audiencesTold(old?.inputs, wanted?.inputs).map((id) => ({ id, sandbox, orgId }));
}

const TOLD: ReadonlySet<string> = new Set(["create", "update", "replace", "delete"]);
