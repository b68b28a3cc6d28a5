import { writeJson } from "../../../definition/json";
import { SHOWN_FIELDS, segmentField, type FieldName } from "../../../model/segment-field-lists";
import { changesKey, exactPlaces, type Preview, type ResourceValues, type Step } from "../preview/preview";
import { KNOWN_LATER } from "../preview/values";
import { definitionReview, keptDefinition } from "./definition-review";
import { deletionNotes, findKnownUses } from "./deletion-notes";
import { containsSecret } from "./field-changes";
import { SEGMENT_LISTS } from "./list-changes";
import { toPlace, type NameLookup, type StackOptions } from "./name-lookup";
import {
  adoptionNote,
  COMPARED_WITH_DEPLOYMENT,
  idOf,
  nameOf,
  objectStep,
  shownChanges,
  sizeOfStep,
  toText,
  type ShownTable,
} from "./object-step";
import type { DefinitionReview, SegmentReview, StaleText, Verdict } from "./report";
import { findStaleNumbers } from "./stale-numbers";

const TABLE: ShownTable = {
  fields: SHOWN_FIELDS,
  row: (field) => segmentField(field as FieldName),
  lists: SEGMENT_LISTS,
  shown: dataViewFields,
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
  const found = objectStep(step, preview, deployed);
  if (!found) return undefined;
  const { action, before, after, holderText, adopted } = found;
  const [old, desired] = [before?.inputs["definition"], after?.inputs["definition"]];
  const changed = definitionReview(
    old,
    desired,
    options,
    changesKey(step, "definition"),
    // Those are of what a refresh has found.
    deployed ? [] : exactPlaces(step, "definition"),
  );
  const fields = shownChanges(step, found, TABLE, options.nameOf);
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
    id: idOf(found),
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
    ...sizeOfStep(step, options),
    stale,
    notes: [
      ...(action === "adopt" ? [adoptionNote(adopted)] : deletionNotes(action, before, after, uses, holderText)),
      ...stale.map(staleNote),
      ...(before && deployed ? [COMPARED_WITH_DEPLOYMENT] : []),
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

export const dataViewOf = (values: ResourceValues | undefined, named: NameLookup): string =>
  named(toText(values?.inputs["dataViewId"]));

/** What a data view is called, where its ID is a text. */
export function dataViewFields(inputs: ResourceValues["inputs"], named: NameLookup): ResourceValues["inputs"] {
  const { dataViewId: id } = inputs;
  return typeof id === "string" ? { ...inputs, dataViewId: named(id) } : inputs;
}

/** A preview asks Adobe about each definition that has changed, and fails where Adobe refuses it, unless the setting turns that off. */
function toVerdict(after: ResourceValues | undefined, changed: boolean, validate: unknown = "always"): Verdict {
  if (!changed || !after) return "unchanged";
  if (writeJson([after.inputs["definition"], after.inputs["dataViewId"]]).includes(KNOWN_LATER))
    return "not known before it runs";
  return validate === "always" ? "accepted" : "not asked";
}
