import { writeJson } from "../../../definition/json";
import { adoptionIn } from "../../../model/notices";
import { PLAIN_FIELDS, SHOWN_FIELDS, segmentField, type FieldName } from "../../../model/segment-lists";
import { changes, type Preview, type ResourceValues, type Step } from "../preview/preview";
import { LATER } from "../preview/values";
import { definitionReview, keptDefinition } from "./definition-review";
import { deletionNotes, heldBy, isRetained, usesOf } from "./deletion-notes";
import { fieldChanges, holdsSecret } from "./field-changes";
import { deployedLists, listChanges } from "./list-changes";
import { placeOf, type Named, type StackOptions } from "./name-lookup";
import type { DefinitionReview, FieldChange, SegmentReview, StaleText, Verdict } from "./report";
import { staleNumbers } from "./stale-numbers";

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
 * @param deployed what the last deployment left, where a refresh found something else: what it found is told apart
 */
export function segmentReview(
  step: Step,
  preview: Preview,
  options: StackOptions,
  deployed?: ResourceValues,
): SegmentReview | undefined {
  const held = heldBy(step, preview);
  const action = actionOf(step, held);
  if (action === undefined) return undefined;
  const before = step.op === "create" ? undefined : (deployed ?? step.before);
  const after = step.op === "delete" ? undefined : step.after;
  const [old, wanted] = [before?.inputs["definition"], after?.inputs["definition"]];
  const changed = definitionReview(old, wanted, options, changes(step, "definition"));
  const adopted = action === "adopt" ? adoptedFields(preview, textOf(after?.inputs["adoptId"])) : undefined;
  const fields = withoutKept(fieldsOf(step, before, after, options.named), adopted);
  const uses =
    held === undefined && (action === "delete" || action === "replace") ? usesOf(before, options.uses) : undefined;
  // A new segment is made of it: what that is stands nowhere else.
  const definition = changed ?? (action === "replace" ? keptDefinition(wanted, options) : undefined);
  if (action === "change" && deployed && fields.length === 0 && !definition) return undefined;
  const stale = before && after && changed && isShown(wanted) ? staleTexts(after, changed) : [];
  return {
    ...placeOf(step),
    action,
    name: nameOf(after ?? before),
    dataView: dataViewOf(after ?? before, options.named),
    id: action === "adopt" ? textOf(after?.inputs["adoptId"]) : before?.id,
    // A list of what others have named, which every view takes as it takes a value.
    fields: uses && uses.by.length > 0 ? [...fields, { field: "used by", after: uses.by.join(", ") }] : fields,
    definition,
    verdict: verdictOf(
      after,
      changed !== undefined ||
        before?.inputs["dataViewId"] !== after?.inputs["dataViewId"] ||
        changes(step, "dataViewId"),
      options.validate ?? preview.config["cja:validate"],
    ),
    uses,
    stale,
    notes: [
      ...(action === "adopt" ? [adoptionNote(adopted)] : deletionNotes(action, before, after, uses, held)),
      ...stale.map(staleNote),
      ...(before && deployed ? ["Compared with the last deployment."] : []),
    ],
  };
}

/** Whether a reader sees all of a definition. */
const isShown = (definition: unknown): boolean =>
  typeof definition === "object" && !holdsSecret(definition) && !writeJson(definition).includes(LATER);

const staleTexts = ({ inputs }: ResourceValues, { lines }: DefinitionReview): StaleText[] =>
  (["name", "description"] as const)
    .map((field) => ({ field, numbers: staleNumbers(textOf(inputs[field]), lines) }))
    .filter(({ numbers }) => numbers.length > 0);

const staleNote = ({ field, numbers }: StaleText): string =>
  `Its ${field} says "${numbers.join('" and "')}": the definition had that, and has it no longer.`;

function actionOf({ op, before, after }: Step, held: string | undefined): SegmentReview["action"] | undefined {
  if (op === "create" && after?.inputs["adoptId"] !== undefined) return "adopt";
  return op === "delete" && (held !== undefined || isRetained(before)) ? "forget" : ACTIONS[op];
}

export const nameOf = (values: ResourceValues | undefined): string => textOf(values?.inputs["name"]);

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

export const dataViewOf = (values: ResourceValues | undefined, named: Named): string =>
  named(textOf(values?.inputs["dataViewId"]));

/** What a data view is called, where its ID is a text. */
export const withDataView = (inputs: ResourceValues["inputs"], named: Named) => {
  const { dataViewId: id } = inputs;
  return typeof id === "string" ? { ...inputs, dataViewId: named(id) } : inputs;
};

/** Of what goes, and of what is new, the fields that the heading and the notes do not say. */
function fieldsOf(
  step: Step,
  before: ResourceValues | undefined,
  after: ResourceValues | undefined,
  named: Named,
): FieldChange[] {
  const changed = (field: string) => changes(step, field);
  if (!after) return fieldChanges(PLAIN_FIELDS.filter(isLine), before?.inputs ?? {}, {}, changed);
  const made = step.op === "create" && after.inputs["adoptId"] === undefined;
  const lists = listChanges(made ? undefined : before ? deployedLists(before) : {}, after.inputs, {
    changed,
    named,
    after: step.op === "replace" ? "anew" : "program",
  });
  if (!before) return [...fieldChanges(SHOWN_FIELDS.filter(isLine), {}, after.inputs, changed), ...lists];
  return [...fieldChanges(SHOWN_FIELDS, said(before, named), said(after, named), changed), ...lists];
}

/** Not to say a policy is to say that it is deleted. */
function said({ inputs }: ResourceValues, named: Named): ResourceValues["inputs"] {
  const values = withDataView(inputs, named);
  return Object.fromEntries(SHOWN_FIELDS.map((field) => [field, values[field] ?? segmentField(field).absent]));
}

/** A preview asks Adobe about each definition that has changed, and fails where it is refused; unless it is told not to. */
function verdictOf(after: ResourceValues | undefined, changed: boolean, validate: unknown = "always"): Verdict {
  if (!changed || !after) return "unchanged";
  if (writeJson([after.inputs["definition"], after.inputs["dataViewId"]]).includes(LATER))
    return "not known before it runs";
  return validate === "always" ? "accepted" : "not asked";
}

/**
 * What taking a segment over changes, as the provider has told it in the preview after a look at the segment; the plan itself
 * knows nothing of what is there.
 *
 * @returns undefined where it has not looked: a preview may be told to send nothing.
 */
export function adoptedFields({ diagnostics }: Preview, id: string): readonly string[] | undefined {
  return diagnostics.map(({ message }) => adoptionIn(message.trim(), id)).find((fields) => fields !== undefined);
}

/** Lists that the segment has already are no change, and nobody loses what is not written. */
export const withoutKept = (fields: readonly FieldChange[], changed: readonly string[] | undefined): FieldChange[] =>
  fields.filter(({ field, list }) => list === undefined || changed === undefined || changed.includes(field));

export function adoptionNote(changed: readonly string[] | undefined): string {
  if (changed === undefined) return "It exists already and is taken over: only what differs is written.";
  if (changed.length === 0) return "It exists already and is taken over as it is: nothing is written.";
  return `It exists already and is taken over: this changes its ${changed.join(" and ")}, and nothing else is written.`;
}
