import { writeJson } from "../../../definition/json";
import { parseAdoptionLine } from "../../../model/notices";
import { TEXT_FIELDS, SHOWN_FIELDS, segmentField, type FieldName } from "../../../model/segment-field-lists";
import { changesKey, type Preview, type ResourceValues, type Step } from "../preview/preview";
import { KNOWN_LATER } from "../preview/values";
import { definitionReview, keptDefinition } from "./definition-review";
import { deletionNotes, remainingHolder, isRetained, findKnownUses } from "./deletion-notes";
import { fieldChanges, containsSecret } from "./field-changes";
import { listsOfDeployment, listChanges } from "./list-changes";
import { toPlace, type NameLookup, type StackOptions } from "./name-lookup";
import type { DefinitionReview, FieldChange, SegmentReview, StaleText, Verdict } from "./report";
import { findStaleNumbers } from "./stale-numbers";

const isLine = (field: FieldName): boolean => segmentField(field).shown === "line";

const ACTIONS: Readonly<Record<string, SegmentReview["action"]>> = {
  create: "create",
  update: "change",
  replace: "replace",
  delete: "delete",
};

/**
 * What a step does to a segment; undefined where it does nothing that a reader has to see.
 *
 * @param deployed what the last deployment left, where a refresh found something else: what it found is reported separately
 */
export function segmentReview(
  step: Step,
  preview: Preview,
  options: StackOptions,
  deployed?: ResourceValues,
): SegmentReview | undefined {
  const holderText = remainingHolder(step, preview);
  const action = actionOf(step, holderText);
  if (action === undefined) return undefined;
  const before = step.op === "create" ? undefined : (deployed ?? step.before);
  const after = step.op === "delete" ? undefined : step.after;
  const [old, desired] = [before?.inputs["definition"], after?.inputs["definition"]];
  const changed = definitionReview(old, desired, options, changesKey(step, "definition"));
  const adopted = action === "adopt" ? fieldsChangedByAdoption(preview, toText(after?.inputs["adoptId"])) : undefined;
  const fields = onlyChangedLists(fieldsOf(step, before, after, options.nameOf), adopted);
  const uses =
    holderText === undefined && (action === "delete" || action === "replace")
      ? findKnownUses(before, options.uses)
      : undefined;
  // A new segment is made of it: what that is stands nowhere else.
  const definition = changed ?? (action === "replace" ? keptDefinition(desired, options) : undefined);
  if (action === "change" && deployed && fields.length === 0 && !definition) return undefined;
  const stale = before && after && changed && isFullyShown(desired) ? findStaleTexts(after, changed) : [];
  return {
    ...toPlace(step),
    action,
    name: nameOf(after ?? before),
    dataView: dataViewOf(after ?? before, options.nameOf),
    id: action === "adopt" ? toText(after?.inputs["adoptId"]) : before?.id,
    // A list of what others have named, which every view takes as it takes a value.
    fields: uses && uses.by.length > 0 ? [...fields, { field: "used by", after: uses.by.join(", ") }] : fields,
    definition,
    verdict: toVerdict(
      after,
      changed !== undefined ||
        before?.inputs["dataViewId"] !== after?.inputs["dataViewId"] ||
        changesKey(step, "dataViewId"),
      options.validate ?? preview.config["cja:validate"],
    ),
    uses,
    stale,
    notes: [
      ...(action === "adopt" ? [adoptionNote(adopted)] : deletionNotes(action, before, after, uses, holderText)),
      ...stale.map(staleNote),
      ...(before && deployed ? ["Compared with the last deployment."] : []),
    ],
  };
}

/** Whether a reader sees all of a definition. */
const isFullyShown = (definition: unknown): boolean =>
  typeof definition === "object" && !containsSecret(definition) && !writeJson(definition).includes(KNOWN_LATER);

const findStaleTexts = ({ inputs }: ResourceValues, { lines }: DefinitionReview): StaleText[] =>
  (["name", "description"] as const)
    .map((field) => ({ field, numbers: findStaleNumbers(toText(inputs[field]), lines) }))
    .filter(({ numbers }) => numbers.length > 0);

const staleNote = ({ field, numbers }: StaleText): string =>
  `Its ${field} says "${numbers.join('" and "')}", which the definition no longer has.`;

function actionOf({ op, before, after }: Step, holderText: string | undefined): SegmentReview["action"] | undefined {
  if (op === "create" && after?.inputs["adoptId"] !== undefined) return "adopt";
  return op === "delete" && (holderText !== undefined || isRetained(before)) ? "forget" : ACTIONS[op];
}

export const nameOf = (values: ResourceValues | undefined): string => toText(values?.inputs["name"]);

const toText = (value: unknown): string => (typeof value === "string" ? value : "");

export const dataViewOf = (values: ResourceValues | undefined, named: NameLookup): string =>
  named(toText(values?.inputs["dataViewId"]));

/** What a data view is called, where its ID is a text. */
export const dataViewFields = (inputs: ResourceValues["inputs"], named: NameLookup) => {
  const { dataViewId: id } = inputs;
  return typeof id === "string" ? { ...inputs, dataViewId: named(id) } : inputs;
};

/** Of what goes, and of what is new, the fields that the heading and the notes do not say. */
function fieldsOf(
  step: Step,
  before: ResourceValues | undefined,
  after: ResourceValues | undefined,
  named: NameLookup,
): FieldChange[] {
  const changed = (field: string) => changesKey(step, field);
  if (!after) return fieldChanges(TEXT_FIELDS.filter(isLine), before?.inputs ?? {}, {}, changed);
  const created = step.op === "create" && after.inputs["adoptId"] === undefined;
  const lists = listChanges(created ? undefined : before ? listsOfDeployment(before) : {}, after.inputs, {
    changed,
    named,
    after: step.op === "replace" ? "anew" : "program",
  });
  if (!before) return [...fieldChanges(SHOWN_FIELDS.filter(isLine), {}, after.inputs, changed), ...lists];
  return [...fieldChanges(SHOWN_FIELDS, shownFields(before, named), shownFields(after, named), changed), ...lists];
}

/** Not to say a policy is to say that it is deleted. */
function shownFields({ inputs }: ResourceValues, named: NameLookup): ResourceValues["inputs"] {
  const values = dataViewFields(inputs, named);
  return Object.fromEntries(SHOWN_FIELDS.map((field) => [field, values[field] ?? segmentField(field).absent]));
}

/** A preview asks Adobe about each definition that has changed, and fails where Adobe refuses it, unless the setting turns that off. */
function toVerdict(after: ResourceValues | undefined, changed: boolean, validate: unknown = "always"): Verdict {
  if (!changed || !after) return "unchanged";
  if (writeJson([after.inputs["definition"], after.inputs["dataViewId"]]).includes(KNOWN_LATER))
    return "not known before it runs";
  return validate === "always" ? "accepted" : "not asked";
}

/**
 * What taking a segment over changes, as the provider has told it in the preview after a look at the segment; the plan itself
 * knows nothing of what is there.
 *
 * @returns undefined where it has not looked: a preview may be told to send nothing.
 */
export function fieldsChangedByAdoption({ diagnostics }: Preview, id: string): readonly string[] | undefined {
  return diagnostics.map(({ message }) => parseAdoptionLine(message.trim(), id)).find((fields) => fields !== undefined);
}

/** Lists that the segment has already are no change, and nobody loses what is not written. */
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
