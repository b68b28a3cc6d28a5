import { parseAdoptionLine } from "../../../model/notices";
import type { Field } from "../../../model/fields";
import { changesKey, type Preview, type ResourceValues, type Step } from "../preview/preview";
import { remainingHolder, isRetained } from "./deletion-notes";
import { fieldChanges } from "./field-changes";
import { listChanges, listsOfDeployment, type ListOptions } from "./list-changes";
import type { NameLookup } from "./name-lookup";
import type { FieldChange, ObjectReview, ReviewOptions } from "./report";

type Values = ResourceValues["inputs"];

/** What a step does to a segment or an audience, and what it was and will be. */
export interface ObjectStep {
  readonly action: ObjectReview["action"];
  readonly before: ResourceValues | undefined;
  readonly after: ResourceValues | undefined;
  /** The resource that keeps it where this one goes. */
  readonly holderText: string | undefined;
  /** What taking it over changes; undefined where that is not known, or it is not taken over. */
  readonly adopted: readonly string[] | undefined;
}

const ACTIONS: Readonly<Record<string, ObjectReview["action"]>> = {
  create: "create",
  update: "change",
  replace: "replace",
  delete: "delete",
  import: "adopt",
};

/**
 * @param deployed what the last deployment left, where a refresh found something else: what it found is reported separately
 * @returns undefined where it does nothing that a reader has to see
 */
export function objectStep(step: Step, preview: Preview, deployed?: ResourceValues): ObjectStep | undefined {
  const holderText = remainingHolder(step, preview);
  const action = actionOf(step, holderText);
  const ofSame = preview.steps.filter(({ key }) => key === step.key);
  // One entry tells both: what an import changes the engine lists as an update of its own.
  if (action === undefined || (step.op === "update" && ofSame.some(({ op }) => op === "import"))) return undefined;
  const update = step.op === "import" ? ofSame.find(({ op }) => op === "update") : undefined;
  return {
    action,
    before: step.op === "create" ? undefined : (deployed ?? update?.before ?? step.before),
    after: step.op === "delete" ? undefined : step.after,
    holderText,
    adopted: action === "adopt" ? fieldsOfAdoption(step, update, preview) : undefined,
  };
}

function actionOf({ op, before, after }: Step, holderText: string | undefined): ObjectReview["action"] | undefined {
  if (op === "create" && after?.inputs["adoptId"] !== undefined) return "adopt";
  return op === "delete" && (holderText !== undefined || isRetained(before)) ? "forget" : ACTIONS[op];
}

/** What taking it over changes. What the option `import` changes is in the plan; `update` is that. */
function fieldsOfAdoption(
  { op, after }: Step,
  update: Step | undefined,
  preview: Preview,
): readonly string[] | undefined {
  if (op !== "import") return fieldsChangedByAdoption(preview, toText(after?.inputs["adoptId"]));
  return [...new Set((update?.exact ?? []).map((path) => path.replace(/[.[].*/s, "")))];
}

/**
 * What taking a segment or an audience over changes, as the provider has told it in the preview after a look at it; the plan itself
 * knows nothing of what is there.
 *
 * @returns undefined where it has not looked: a preview may be told to send nothing.
 */
export function fieldsChangedByAdoption({ diagnostics }: Preview, id: string): readonly string[] | undefined {
  return diagnostics.map(({ message }) => parseAdoptionLine(message.trim(), id)).find((fields) => fields !== undefined);
}

/** Lists that it has already are no change, and nobody loses what is not written. */
export const onlyChangedLists = (
  fields: readonly FieldChange[],
  changed: readonly string[] | undefined,
): FieldChange[] =>
  fields.filter(({ field, list }) => list === undefined || changed === undefined || changed.includes(field));

export function adoptionNote(changed: readonly string[] | undefined): string {
  if (changed === undefined) return "It already exists and is taken over: up writes only what differs.";
  if (changed.length === 0) return "It already exists and is taken over as it is: up writes nothing.";
  return `It already exists and is taken over: up changes its ${changed.join(" and ")}, and nothing else.`;
}

/** Where a refresh has found edits, which are told by themselves. */
export const COMPARED_WITH_DEPLOYMENT = "Compared with the last deployment.";

/** The ID of what a step is about, at the service. */
export const idOf = ({ action, before, after }: ObjectStep): string | undefined =>
  action === "adopt" ? toText(after?.importId ?? after?.inputs["adoptId"]) : before?.id;

/** What Adobe was asked about it. */
export function sizeOfStep({ key }: Step, { sizes }: ReviewOptions): Pick<ObjectReview, "size"> {
  const size = sizes?.get(key);
  return size ? { size } : {};
}

/** What a review shows of the fields of one kind of resource. */
export interface ShownTable {
  /** Those that it shows as a text. */
  readonly fields: readonly string[];
  readonly row: (field: string) => Field<unknown>;
  readonly lists: ListOptions["lists"];
  /** Values as a reader knows them: a data view by its name. */
  readonly shown: (values: Values, named: NameLookup) => Values;
}

/** Of what goes, and of what is new, the fields that the heading and the notes do not say. */
export function shownChanges(
  step: Step,
  { before, after, adopted }: ObjectStep,
  table: ShownTable,
  named: NameLookup,
): FieldChange[] {
  const changed = (field: string) => changesKey(step, field);
  const lines = table.fields.filter((field) => table.row(field).shown === "line");
  if (!after)
    return fieldChanges(
      lines.filter((field) => table.row(field).kind === "body"),
      before?.inputs ?? {},
      {},
      changed,
    );
  const created = step.op === "create" && after.inputs["adoptId"] === undefined;
  const old = created ? undefined : before ? listsOfDeployment(before, table.lists) : {};
  const lists = listChanges(old, after.inputs, {
    lists: table.lists,
    changed,
    named,
    after: step.op === "replace" ? "anew" : "program",
  });
  const fields = before
    ? fieldChanges(table.fields, withDefaults(before), withDefaults(after), changed).map(toUnmanaged)
    : fieldChanges(lines, {}, after.inputs, changed);
  return onlyChangedLists([...fields, ...lists], adopted);

  /** Where leaving it out sets it to nothing in particular, it stays as it is; a new one has what the service gives it. */
  function toUnmanaged(change: FieldChange): FieldChange {
    const stays = change.after === undefined && table.row(change.field).absent === undefined && step.op !== "replace";
    return stays ? { ...change, after: "(no longer managed)" } : change;
  }

  /** Not to say a policy is to say that it is deleted. */
  function withDefaults({ inputs }: ResourceValues): Values {
    const values = table.shown(inputs, named);
    return Object.fromEntries(table.fields.map((field) => [field, values[field] ?? table.row(field).absent]));
  }
}

export const nameOf = (values: ResourceValues | undefined): string => toText(values?.inputs["name"]);

export const toText = (value: unknown): string => (typeof value === "string" ? value : "");
