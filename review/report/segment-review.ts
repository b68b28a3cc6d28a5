import type { ReviewOptions } from "./options";
export { SEGMENT } from "../preview/planned-segments";
import type { Preview, ResourceValues, Step } from "../preview/preview";
import { changes } from "../preview/changed";
import { LATER, SECRET } from "../preview/values";
import { definitionReview, keptDefinition } from "./definition-review";
import { fieldChanges } from "./field-changes";
import { placeOf } from "./place";
import type { SegmentReview, Verdict } from "./report";

/** What a program says of a segment beside its definition. */
const FIELDS = ["name", "description", "dataViewId"] as const;

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
  options: ReviewOptions,
  deployed?: ResourceValues,
): SegmentReview | undefined {
  const action = actionOf(step);
  if (action === undefined) return undefined;
  const before = step.op === "create" ? undefined : (deployed ?? step.before);
  const after = step.op === "delete" ? undefined : step.after;
  const [old, wanted] = [before?.inputs["definition"], after?.inputs["definition"]];
  const changed = definitionReview(old, wanted, options, changes(step, "definition"));
  const fields = fieldsOf(step, before, after);
  // A new segment is made of it: what that is stands nowhere else.
  const definition = changed ?? (action === "replace" ? keptDefinition(wanted, options) : undefined);
  if (action === "change" && deployed && fields.length === 0 && !definition) return undefined;
  return {
    ...placeOf(step),
    action,
    name: nameOf(after ?? before),
    dataView: dataViewOf(after, before),
    id: action === "adopt" ? textOf(after?.inputs["adoptId"]) : before?.id,
    fields,
    definition,
    verdict: verdictOf(
      after,
      changed !== undefined ||
        before?.inputs["dataViewId"] !== after?.inputs["dataViewId"] ||
        changes(step, "dataViewId"),
      options.validate ?? preview.config["cja:validate"],
    ),
    notes: [
      ...(action === "replace" && before?.retained ? [REPLACED_AND_KEPT] : NOTES[action]),
      ...(before && deployed ? ["Compared with the last deployment."] : []),
    ],
  };
}

function actionOf({ op, before, after }: Step): SegmentReview["action"] | undefined {
  if (op === "create" && after?.inputs["adoptId"] !== undefined) return "adopt";
  return op === "delete" && before?.retained ? "forget" : ACTIONS[op];
}

export const nameOf = (values: ResourceValues | undefined): string => textOf(values?.inputs["name"]);

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The data view's name is an output of the last deployment: of another data view it is not known. */
export function dataViewOf(values: ResourceValues | undefined, before: ResourceValues | undefined): string {
  const id = textOf((values ?? before)?.inputs["dataViewId"]);
  const known = before?.inputs["dataViewId"] === id ? before.outputs["dataViewName"] : undefined;
  return typeof known === "string" && known !== "" && known !== SECRET ? `${known} (${id})` : id;
}

/** Of what is new or goes, the description is all that the heading does not say. */
function fieldsOf(step: Step, before: ResourceValues | undefined, after: ResourceValues | undefined) {
  const names = before && after ? FIELDS : (["description"] as const);
  return fieldChanges(names, before?.inputs ?? {}, after?.inputs ?? {}, (field) => changes(step, field));
}

/** A preview asks Adobe about each definition that has changed, and fails where it is refused; unless it is told not to. */
function verdictOf(after: ResourceValues | undefined, changed: boolean, validate: unknown = "always"): Verdict {
  if (!changed || !after) return "unchanged";
  if (JSON.stringify([after.inputs["definition"], after.inputs["dataViewId"]]).includes(LATER))
    return "not known before it runs";
  return validate === "always" ? "accepted" : "not asked";
}

const NOTES: Readonly<Record<SegmentReview["action"], readonly string[]>> = {
  create: [],
  adopt: ["It exists already and is taken over: only what differs is written."],
  change: [],
  replace: [
    "A new segment with a new ID is made, and the old one is deleted: projects, filters, audiences and jobs that use the old ID do " +
      "not follow.",
  ],
  forget: ["It is kept at Adobe, and whatever uses it goes on: this stack does not know it any more (retainOnDelete)."],
  delete: ["Whatever uses it at Adobe (projects, filters, audiences) loses it."],
};

const REPLACED_AND_KEPT =
  "A new segment with a new ID is made, and the old one is kept at Adobe (retainOnDelete): projects, filters, audiences and jobs " +
  "that use the old ID do not follow.";
