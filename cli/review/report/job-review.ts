import { quoted } from "../../../definition/sentences/quote";
import { PROFILE_SCHEMA } from "../../../model";
import { REMOVED, isOver } from "../../../model/job-status";
import { RUN_OPTIONS } from "../../../model/segment-job";
import { changes, type Preview, type ResourceValues, type Step } from "../preview/preview";
import { LATER, SECRET } from "../preview/values";
import { HIDDEN, besideSecret, fieldChanges, holdsSecret, inWords, textOf } from "./field-changes";
import { placeOf, type Named, type StackOptions } from "./name-lookup";
import type { FieldChange, JobReview, ReviewOptions } from "./report";

type Values = Readonly<Record<string, unknown>>;

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
  return textOf(
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

const statusOf = (values: ResourceValues | undefined): string => textOf(values?.outputs["status"] ?? "unfinished");
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

/** How the triggers differ from those of the last run, in words. What is secret is named, and not told. */
export function triggerChanges(step: Step): string[] {
  const wanted = step.after?.inputs["triggers"];
  const before = triggersOf(step.before);
  const told = Object.entries(recordOf(wanted)).flatMap(([name, value]) => {
    if (holdsSecret(before[name]) && holdsSecret(value) && inWords(before[name]) === inWords(value))
      return changes(step, "triggers", name) ? [secretChange(name)] : [];
    return triggerChange(name, before, value);
  });
  if (told.length > 0 || !holdsSecret(wanted) || !changes(step, "triggers")) return told;
  // The engine names the triggers as a whole: which one it is can be told where only one comes into question.
  const [only, ...others] = Object.entries(recordOf(wanted)).filter(([, value]) => holdsSecret(value));
  return [only && others.length === 0 ? secretChange(only[0]) : "a secret trigger changes"];
}

const secretChange = (name: string): string => `trigger ${quoted(name)} is secret, and changes`;

function triggerChange(name: string, before: Values, value: unknown): string[] {
  const [old, wanted] = [shown(besideSecret(before[name], value)), shown(value)];
  if (wanted.includes(LATER)) return [`trigger ${quoted(name)} is known only when it runs`];
  if (old === wanted) return [];
  return [
    Object.hasOwn(before, name)
      ? `trigger ${quoted(name)} changes from ${old} to ${wanted}`
      : `trigger ${quoted(name)} is new: ${wanted}`,
  ];
}

const shown = (value: unknown): string => (value === SECRET || value === HIDDEN ? value : inWords(value));

/** Those of the last run, which are outputs. An output is wholly secret where any part of it is: then the inputs tell more. */
function triggersOf(before: ResourceValues | undefined): Values {
  const { inputs = {}, outputs = {} } = before ?? {};
  return recordOf(outputs["triggers"] === SECRET ? inputs["triggers"] : (outputs["triggers"] ?? inputs["triggers"]));
}

const recordOf = (value: unknown): Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};

/** Longer lists are counted. */
const MOST_NAMED = 5;

/**
 * How what a job runs over differs, in words.
 *
 * @param changed whether the segments differ although they look the same, since they are secret
 */
export function scopeChange(before: Values, after: Values, changed: boolean, named: Named): string[] {
  const [old, wanted] = [idsOf(before), idsOf(after)];
  if ((before["allSegments"] === true) !== (after["allSegments"] === true) || isSecret(before) !== isSecret(after))
    return [`it ran over ${scopeOf(before, named)}, and is to run over ${scopeOf(after, named)}`];
  if (wanted.includes(LATER)) return ["what it runs over is known only when it runs"];
  const [more, less] = [wanted.filter((id) => !old.includes(id)), old.filter((id) => !wanted.includes(id))];
  const reasons = [
    ...(more.length > 0 ? [`${counted(more, named)} ${more.length === 1 ? "comes" : "come"} in`] : []),
    ...(less.length > 0 ? [`${counted(less, named)} ${less.length === 1 ? "goes" : "go"} out`] : []),
  ];
  return reasons.length === 0 && changed && wanted.includes(SECRET)
    ? ["what it runs over is secret, and changes"]
    : reasons;
}

/** The audiences that a reader is shown: those of what a run goes over, and those that come in and go out. */
export function audiencesShown(before: Values | undefined, after: Values | undefined): string[] {
  const [old, wanted] = [idsOf(before ?? {}), idsOf(after ?? {})];
  const lists = [
    after ? wanted : old,
    wanted.filter((id) => !old.includes(id)),
    old.filter((id) => !wanted.includes(id)),
  ];
  return [...new Set(lists.flatMap((ids) => ids.slice(0, MOST_NAMED)))].filter((id) => id !== LATER && id !== SECRET);
}

/** What a run goes over, in words. */
export function scopeOf(inputs: Values, named: Named): string {
  if (inputs["allSegments"] === true) return `all segments of ${textOf(inputs["schemaName"] ?? PROFILE_SCHEMA)}`;
  if (isSecret(inputs)) return `segments ${SECRET}`;
  return Array.isArray(inputs["segmentIds"]) ? counted(idsOf(inputs), named) : `segments ${LATER}`;
}

const isSecret = ({ segmentIds }: Values): boolean => segmentIds === SECRET;

/** A list that is wholly unknown or secret is a word. */
const idsOf = ({ segmentIds }: Values): string[] =>
  Array.isArray(segmentIds)
    ? segmentIds.map(textOf)
    : segmentIds === LATER || segmentIds === SECRET
      ? [segmentIds]
      : [];

function counted(ids: readonly string[], named: Named): string {
  const shown = ids.slice(0, MOST_NAMED).map(named).join(", ");
  const more = ids.length > MOST_NAMED ? `, and ${ids.length - MOST_NAMED} more` : "";
  return `${ids.length} ${ids.length === 1 ? "segment" : "segments"}: ${shown}${more}`;
}
