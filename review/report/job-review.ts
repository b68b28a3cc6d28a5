import { quoted } from "../../definition/sentences/quote";
import type { Preview, ResourceValues, Step } from "../preview/preview";
import { LATER } from "../preview/values";
import { fieldChanges, inWords } from "./field-changes";
import type { ReviewOptions } from "./options";
import { placeOf } from "./place";
import type { FieldChange, JobReview } from "./report";

export const SEGMENT_JOB = "pulumi-nodejs:dynamic/cja:SegmentJob";

/** What the platform evaluates where a program names no schema. */
const PROFILE_SCHEMA = "_xdm.context.profile";
/** Longer lists are counted. */
const MOST_NAMED = 5;
const ACTIVE: ReadonlySet<unknown> = new Set(["NEW", "QUEUED", "PROCESSING", "CANCELLING"]);
/** How a run is waited for, repeated and deleted: a change of these is no run. */
const MANNERS = ["waitForCompletion", "timeout", "retryFailed", "deleteRecord"] as const;

type Values = Readonly<Record<string, unknown>>;

/** What a step does to a segment job; undefined where it does nothing that a reader has to see. */
export function jobReview(step: Step, preview: Preview, options: ReviewOptions): JobReview | undefined {
  const does = doing(step);
  if (!does) return undefined;
  const values = step.op === "delete" ? step.before : step.after;
  const { inputs = {}, outputs = {} } = values ?? {};
  const sandbox =
    inputs["sandbox"] ?? options.sandbox ?? preview.config["cja:sandbox"] ?? outputs["sandboxName"] ?? "prod";
  return { ...placeOf(step), ...does, sandbox: said(sandbox), scope: scopeOf(inputs) };
}

type Doing = Pick<JobReview, "action" | "reasons">;

function doing({ op, before, after }: Step): Doing | undefined {
  switch (op) {
    case "create":
      return { action: "run", reasons: ["it is new"] };
    case "replace":
      return { action: "run", reasons: [...cancelling(before), ...reasonsToRun(before, after)] };
    case "update":
      return updating(before, after);
    case "delete":
      return isActive(before)
        ? { action: "cancel", reasons: [`it leaves the program while it is ${statusOf(before)}`] }
        : { action: "delete", reasons: ["it leaves the program; the run is over, and stays as it is at Adobe"] };
    default:
      return undefined;
  }
}

function updating(before: ResourceValues | undefined, after: ResourceValues | undefined): Doing {
  const changes = fieldChanges([...MANNERS, "triggers", "segmentIds"], before?.inputs ?? {}, after?.inputs ?? {});
  if (changes.length === 0) return { action: "wait", reasons: [`it was ${statusOf(before)} when the last up ended`] };
  return { action: "change", reasons: [...changes.map(inOneLine), "no run comes of that"] };
}

const statusOf = (values: ResourceValues | undefined): string => said(values?.outputs["status"] ?? "unfinished");
const isActive = (values: ResourceValues | undefined): boolean => ACTIVE.has(values?.outputs["status"]);
const cancelling = (before: ResourceValues | undefined): string[] =>
  isActive(before) ? [`the run that is ${statusOf(before)} is cancelled first`] : [];

function inOneLine({ field, before, after }: FieldChange): string {
  return `${field}: ${before ?? "nothing"} → ${after ?? "nothing"}`;
}

/** Why a run comes that was there before: all that differs in what a run is made of. */
function reasonsToRun(before: ResourceValues | undefined, after: ResourceValues | undefined): string[] {
  const [old, wanted] = [before?.inputs ?? {}, after?.inputs ?? {}];
  const reasons = [
    ...triggerChanges(recordOf(before?.outputs["triggers"] ?? old["triggers"]), recordOf(wanted["triggers"])),
    ...scopeChange(old, wanted),
    ...fieldChanges(["schemaName", "sandbox"], old, wanted).map(inOneLine),
  ];
  if (reasons.length > 0) return reasons;
  if (before?.outputs["status"] === "FAILED") return ["the last run failed, and retryFailed is set"];
  return ["the plan replaces it"];
}

function triggerChanges(before: Values, after: Values): string[] {
  return Object.keys(after).flatMap((name) => {
    const [old, wanted] = [inWords(before[name]), inWords(after[name])];
    if (old === wanted && !wanted.includes(LATER)) return [];
    if (wanted.includes(LATER)) return [`trigger ${quoted(name)} is known only when it runs`];
    return [
      Object.hasOwn(before, name)
        ? `trigger ${quoted(name)} changes from ${old} to ${wanted}`
        : `trigger ${quoted(name)} is new: ${wanted}`,
    ];
  });
}

function scopeChange(before: Values, after: Values): string[] {
  const [old, wanted] = [idsOf(before), idsOf(after)];
  if ((before["allSegments"] === true) !== (after["allSegments"] === true))
    return [`it ran over ${scopeOf(before)}, and is to run over ${scopeOf(after)}`];
  if (wanted.includes(LATER)) return ["what it runs over is known only when it runs"];
  const [more, less] = [wanted.filter((id) => !old.includes(id)), old.filter((id) => !wanted.includes(id))];
  return [
    ...(more.length > 0 ? [`${counted(more)} ${more.length === 1 ? "comes" : "come"} in`] : []),
    ...(less.length > 0 ? [`${counted(less)} ${less.length === 1 ? "goes" : "go"} out`] : []),
  ];
}

/** What a run goes over, in words. */
function scopeOf(inputs: Values): string {
  if (inputs["allSegments"] === true) return `all segments of ${said(inputs["schemaName"] ?? PROFILE_SCHEMA)}`;
  const ids = inputs["segmentIds"];
  return Array.isArray(ids) ? counted(idsOf(inputs)) : `segments ${LATER}`;
}

const idsOf = ({ segmentIds }: Values): string[] => (Array.isArray(segmentIds) ? segmentIds.map(said) : []);
const said = (value: unknown): string => (typeof value === "string" ? value : inWords(value));
const recordOf = (value: unknown): Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};

function counted(ids: readonly string[]): string {
  const named = ids.slice(0, MOST_NAMED).join(", ");
  const more = ids.length > MOST_NAMED ? `, and ${ids.length - MOST_NAMED} more` : "";
  return `${ids.length} ${ids.length === 1 ? "segment" : "segments"}: ${named}${more}`;
}
