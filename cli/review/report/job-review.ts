import { quoted } from "../../../definition/sentences/quote";
import { PROFILE_SCHEMA } from "../../../model";
import { REMOVED, isOver } from "../../../model/job-status";
import { RUN_OPTIONS } from "../../../model/segment-job";
import { changesKey, type Preview, type ResourceValues, type Step } from "../preview/preview";
import { KNOWN_LATER, SECRET } from "../preview/values";
import { HIDDEN, hideIfOtherIsSecret, fieldChanges, containsSecret, toOneLine, toText } from "./field-changes";
import { toPlace, type NameLookup, type StackOptions } from "./name-lookup";
import type { FieldChange, JobReview, ReviewOptions } from "./report";

type Values = Readonly<Record<string, unknown>>;

/** What a step does to a segment job; undefined where it does nothing that a reader has to see. */
export function jobReview(step: Step, preview: Preview, options: StackOptions): JobReview | undefined {
  // One entry tells both: what an import changes the engine lists as an update of its own.
  const ofSame = preview.steps.filter(({ key }) => key === step.key);
  if (step.op === "update" && ofSame.some(({ op }) => op === "import")) return undefined;
  const update = step.op === "import" ? ofSame.find(({ op }) => op === "update") : undefined;
  const does = jobAction(step, lastRunOf(step, preview), options.nameOf, update);
  if (!does) return undefined;
  const values = step.op === "delete" ? step.before : step.after;
  const scope = describeScope(values?.inputs ?? {}, options.nameOf);
  return { ...toPlace(step), ...does, sandbox: sandboxOf(values, preview, options), scope };
}

/** The sandbox that a job runs in. */
export function sandboxOf(
  values: ResourceValues | undefined,
  preview: Preview,
  options: Pick<ReviewOptions, "sandbox">,
): string {
  const { inputs = {}, outputs = {} } = values ?? {};
  return toText(
    inputs["sandbox"] ?? options.sandbox ?? preview.config["cja:sandbox"] ?? outputs["sandboxName"] ?? "prod",
  );
}

/** The run that a job had before this plan. */
interface LastRun {
  readonly status: string;
  readonly isActive: boolean;
  readonly isRetained: boolean;
  /** Whether this preview read the status at Adobe. Otherwise it is the one in the state, and an active run may have ended since. */
  readonly isRefreshed: boolean;
}

function lastRunOf({ key, before }: Step, { steps }: Preview): LastRun {
  const status = before?.outputs["status"];
  return {
    status: toText(status ?? "unfinished"),
    isActive: typeof status === "string" && !isOver(status) && status !== REMOVED,
    isRetained: before?.retained === true,
    isRefreshed: steps.some((step) => step.op === "refresh" && step.key === key),
  };
}

const describeStatus = ({ status, isRefreshed }: LastRun): string =>
  isRefreshed ? `it is ${status}` : `it was ${status} when the last up or refresh ended`;

type JobAction = Pick<JobReview, "action" | "reasons">;

function jobAction(step: Step, lastRun: LastRun, named: NameLookup, update?: Step): JobAction | undefined {
  switch (step.op) {
    case "import":
      return {
        action: "adopt",
        reasons: [
          `it is ${toText(step.after?.importId)}`,
          ...(update ? changedOptions(update).map(formatFieldChange) : []),
        ],
      };
    case "create":
      return { action: "run", reasons: ["it is new"] };
    case "replace":
      return { action: "run", reasons: [...notesOnLastRun(lastRun), ...reasonsToRun(step, named)] };
    case "update":
      return updateAction(step, lastRun);
    case "delete":
      return leavingAction(lastRun);
    default:
      return undefined;
  }
}

function leavingAction(lastRun: LastRun): JobAction {
  const { isActive, isRetained, isRefreshed } = lastRun;
  if (!isActive) return { action: isRetained ? "forget" : "delete", reasons: [FINISHED_RUN_NOTE] };
  const reasons = [
    `it leaves the program; ${describeStatus(lastRun)}`,
    ...(isRetained ? [`${isRefreshed ? "it" : "an active run"} continues (retainOnDelete)`] : []),
    ...(isRefreshed ? [] : [REFRESH_NOTE]),
  ];
  if (isRetained) return { action: "forget", reasons };
  return { action: isRefreshed ? "cancel" : "cancelIfActive", reasons };
}

const FINISHED_RUN_NOTE = "it leaves the program; the run is over and stays at Adobe";
const REFRESH_NOTE = "pulumi preview --refresh asks Adobe for its status";

function updateAction(step: Step, lastRun: LastRun): JobAction {
  const changed = changedOptions(step);
  if (changed.length === 0) return { action: "wait", reasons: [describeStatus(lastRun)] };
  return { action: "change", reasons: [...changed.map(formatFieldChange), "this starts no run"] };
}

function changedOptions(step: Step): FieldChange[] {
  const { before, after } = step;
  const names = [...RUN_OPTIONS, "triggers", "segmentIds"];
  return fieldChanges(names, before?.inputs ?? {}, after?.inputs ?? {}, (field) => changesKey(step, field));
}

function notesOnLastRun({ status, isActive, isRetained, isRefreshed }: LastRun): string[] {
  if (!isActive) return [];
  const does = isRetained ? "continues beside it (retainOnDelete)" : "is cancelled first";
  if (isRefreshed) return [`the active run (${status}) ${does}`];
  return [
    `the last run was ${status} when the last up or refresh ended: if it is still active, it ${does}`,
    REFRESH_NOTE,
  ];
}

const formatFieldChange = ({ field, before, after }: FieldChange): string =>
  `${field}: ${before ?? "nothing"} → ${after ?? "nothing"}`;

/** Why a run comes that was there before: all that differs in what a run is made of. */
function reasonsToRun(step: Step, named: NameLookup): string[] {
  const { before, after } = step;
  const [old, desired] = [before?.inputs ?? {}, after?.inputs ?? {}];
  const changed = (field: string) => changesKey(step, field);
  const reasons = [
    ...triggerChanges(step),
    ...describeScopeChange(old, desired, changed("segmentIds"), named),
    ...fieldChanges(["schemaName", "sandbox"], old, desired, changed).map(formatFieldChange),
  ];
  if (reasons.length > 0) return reasons;
  if (before?.outputs["status"] === "FAILED") return ["the last run failed, and retryFailed is set"];
  return ["the plan replaces it"];
}

/** How the triggers differ from those of the last run, in words. What is secret is named, and not told. */
export function triggerChanges(step: Step): string[] {
  const desired = step.after?.inputs["triggers"];
  const before = lastTriggers(step.before);
  const changeTexts = Object.entries(toRecord(desired)).flatMap(([name, value]) => {
    if (containsSecret(before[name]) && containsSecret(value) && toOneLine(before[name]) === toOneLine(value))
      return changesKey(step, "triggers", name) ? [secretTriggerText(name)] : [];
    return triggerChange(name, before, value);
  });
  if (changeTexts.length > 0 || !containsSecret(desired) || !changesKey(step, "triggers")) return changeTexts;
  // The engine names the triggers as a whole: which one it is can be told where only one comes into question.
  const [only, ...others] = Object.entries(toRecord(desired)).filter(([, value]) => containsSecret(value));
  return [only && others.length === 0 ? secretTriggerText(only[0]) : "a secret trigger changes"];
}

const secretTriggerText = (name: string): string => `trigger ${quoted(name)} is secret, and changes`;

function triggerChange(name: string, before: Values, value: unknown): string[] {
  const [oldText, newText] = [toDisplayText(hideIfOtherIsSecret(before[name], value)), toDisplayText(value)];
  if (newText.includes(KNOWN_LATER)) return [`trigger ${quoted(name)} is known only after up`];
  if (oldText === newText) return [];
  return [
    Object.hasOwn(before, name)
      ? `trigger ${quoted(name)} changes from ${oldText} to ${newText}`
      : `trigger ${quoted(name)} is new: ${newText}`,
  ];
}

const toDisplayText = (value: unknown): string => (value === SECRET || value === HIDDEN ? value : toOneLine(value));

/** Those of the last run, which are outputs. An output is wholly secret where any part of it is: then the inputs tell more. */
function lastTriggers(before: ResourceValues | undefined): Values {
  const { inputs = {}, outputs = {} } = before ?? {};
  return toRecord(outputs["triggers"] === SECRET ? inputs["triggers"] : (outputs["triggers"] ?? inputs["triggers"]));
}

const toRecord = (value: unknown): Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};

/** Longer lists are counted. */
const MAX_NAMED = 5;

/**
 * How what a job runs over differs, in words.
 *
 * @param changed whether the segments differ although they look the same, since they are secret
 */
export function describeScopeChange(before: Values, after: Values, changed: boolean, named: NameLookup): string[] {
  const [oldIds, newIds] = [segmentIdsOf(before), segmentIdsOf(after)];
  if ((before["allSegments"] === true) !== (after["allSegments"] === true) || isSecret(before) !== isSecret(after))
    return [`it ran over ${describeScope(before, named)}, and will run over ${describeScope(after, named)}`];
  if (newIds.includes(KNOWN_LATER)) return ["its segments are known only after up"];
  const [more, less] = [newIds.filter((id) => !oldIds.includes(id)), oldIds.filter((id) => !newIds.includes(id))];
  const reasons = [
    ...(more.length > 0 ? [`${describeIds(more, named)} ${more.length === 1 ? "is" : "are"} added`] : []),
    ...(less.length > 0 ? [`${describeIds(less, named)} ${less.length === 1 ? "is" : "are"} removed`] : []),
  ];
  return reasons.length === 0 && changed && newIds.includes(SECRET) ? ["its segments are secret, and change"] : reasons;
}

/** The audiences that a reader is shown: those of what a run goes over, and those that come in and go out. */
export function displayedAudiences(before: Values | undefined, after: Values | undefined): string[] {
  const [oldIds, newIds] = [segmentIdsOf(before ?? {}), segmentIdsOf(after ?? {})];
  const lists = [
    after ? newIds : oldIds,
    newIds.filter((id) => !oldIds.includes(id)),
    oldIds.filter((id) => !newIds.includes(id)),
  ];
  return [...new Set(lists.flatMap((ids) => ids.slice(0, MAX_NAMED)))].filter(
    (id) => id !== KNOWN_LATER && id !== SECRET,
  );
}

/** What a run goes over, in words. */
export function describeScope(inputs: Values, named: NameLookup): string {
  if (inputs["allSegments"] === true) return `all segments of ${toText(inputs["schemaName"] ?? PROFILE_SCHEMA)}`;
  if (isSecret(inputs)) return `segments ${SECRET}`;
  return Array.isArray(inputs["segmentIds"]) ? describeIds(segmentIdsOf(inputs), named) : `segments ${KNOWN_LATER}`;
}

const isSecret = ({ segmentIds }: Values): boolean => segmentIds === SECRET;

/** A list that is wholly unknown or secret is a word. */
const segmentIdsOf = ({ segmentIds }: Values): string[] =>
  Array.isArray(segmentIds)
    ? segmentIds.map(toText)
    : segmentIds === KNOWN_LATER || segmentIds === SECRET
      ? [segmentIds]
      : [];

function describeIds(ids: readonly string[], named: NameLookup): string {
  const firstNames = ids.slice(0, MAX_NAMED).map(named).join(", ");
  const more = ids.length > MAX_NAMED ? `, and ${ids.length - MAX_NAMED} more` : "";
  return `${ids.length} ${ids.length === 1 ? "segment" : "segments"}: ${firstNames}${more}`;
}
