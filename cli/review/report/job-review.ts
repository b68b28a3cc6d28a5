import { isOver, REMOVED } from "../../../model/job-status";
import { RUN_OPTIONS } from "../../../model/segment-job";
import type { Preview, ResourceValues, Step } from "../preview/preview";
import { changes } from "../preview/changed";
import { fieldChanges, inWords } from "./field-changes";
import { scopeChange, scopeOf } from "./job-scope";
import type { Named, StackOptions } from "./named";
import type { ReviewOptions } from "./report";
import { placeOf } from "./place";
import type { FieldChange, JobReview } from "./report";
import { triggerChanges } from "./trigger-changes";

export const SEGMENT_JOB = "pulumi-nodejs:dynamic/cja:SegmentJob";

/** What a step does to a segment job; undefined where it does nothing that a reader has to see. */
export function jobReview(step: Step, preview: Preview, options: StackOptions): JobReview | undefined {
  const does = doing(step, options.named);
  if (!does) return undefined;
  const values = step.op === "delete" ? step.before : step.after;
  const scope = scopeOf(values?.inputs ?? {}, options.named);
  return { ...placeOf(step), ...does, sandbox: sandboxOf(values, preview, options), scope };
}

/** The sandbox that a job runs in. */
export function sandboxOf(
  values: ResourceValues | undefined,
  preview: Preview,
  options: Pick<ReviewOptions, "sandbox">,
): string {
  const { inputs = {}, outputs = {} } = values ?? {};
  return said(
    inputs["sandbox"] ?? options.sandbox ?? preview.config["cja:sandbox"] ?? outputs["sandboxName"] ?? "prod",
  );
}

type Doing = Pick<JobReview, "action" | "reasons">;

function doing(step: Step, named: Named): Doing | undefined {
  const { op, before } = step;
  switch (op) {
    case "create":
      return { action: "run", reasons: ["it is new"] };
    case "replace":
      return { action: "run", reasons: [...whatOfTheOld(before), ...reasonsToRun(step, named)] };
    case "update":
      return updating(step);
    case "delete":
      return leaving(before);
    default:
      return undefined;
  }
}

function leaving(before: ResourceValues | undefined): Doing {
  const status = `it leaves the program while it is ${statusOf(before)}`;
  if (before?.retained)
    return { action: "forget", reasons: [isActive(before) ? `${status}, and goes on (retainOnDelete)` : OVER] };
  return isActive(before) ? { action: "cancel", reasons: [status] } : { action: "delete", reasons: [OVER] };
}

const OVER = "it leaves the program; the run is over, and stays as it is at Adobe";

function updating(step: Step): Doing {
  const { before, after } = step;
  const names = [...RUN_OPTIONS, "triggers", "segmentIds"];
  const changed = fieldChanges(names, before?.inputs ?? {}, after?.inputs ?? {}, (field) => changes(step, field));
  if (changed.length === 0) return { action: "wait", reasons: [`it was ${statusOf(before)} when the last up ended`] };
  return { action: "change", reasons: [...changed.map(inOneLine), "no run comes of that"] };
}

const statusOf = (values: ResourceValues | undefined): string => said(values?.outputs["status"] ?? "unfinished");
const said = (value: unknown): string => (typeof value === "string" ? value : inWords(value));
function isActive(values: ResourceValues | undefined): boolean {
  const status = values?.outputs["status"];
  return typeof status === "string" && !isOver(status) && status !== REMOVED;
}

function whatOfTheOld(before: ResourceValues | undefined): string[] {
  if (!isActive(before)) return [];
  const run = `the run at work (${statusOf(before)})`;
  return [before?.retained ? `${run} goes on beside it (retainOnDelete)` : `${run} is cancelled first`];
}

const inOneLine = ({ field, before, after }: FieldChange): string =>
  `${field}: ${before ?? "nothing"} → ${after ?? "nothing"}`;

/** Why a run comes that was there before: all that differs in what a run is made of. */
function reasonsToRun(step: Step, named: Named): string[] {
  const { before, after } = step;
  const [old, wanted] = [before?.inputs ?? {}, after?.inputs ?? {}];
  const changed = (field: string) => changes(step, field);
  const reasons = [
    ...triggerChanges(step),
    ...scopeChange(old, wanted, changed("segmentIds"), named),
    ...fieldChanges(["schemaName", "sandbox"], old, wanted, changed).map(inOneLine),
  ];
  if (reasons.length > 0) return reasons;
  if (before?.outputs["status"] === "FAILED") return ["the last run failed, and retryFailed is set"];
  return ["the plan replaces it"];
}
