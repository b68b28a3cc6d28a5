import { AUDIENCE_SHOWN_FIELDS } from "../../../model/audience-field-lists";
import { TEXT_FIELDS } from "../../../model/segment-field-lists";
import { changesKey, type Preview, type ResourceValues, type Step } from "../preview/preview";
import { SECRET } from "../preview/values";
import { definitionReview } from "./definition-review";
import { expressionReview } from "./expression-review";
import { fieldChanges } from "./field-changes";
import { sandboxOf } from "./job-review";
import { AUDIENCE_LISTS, listsOfDeployment, listChanges, SEGMENT_LISTS } from "./list-changes";
import { toPlace, type NameLookup, type StackOptions } from "./name-lookup";
import { nameOf } from "./object-step";
import type { DriftReview, FieldChange } from "./report";
import { dataViewFields, dataViewOf } from "./segment-review";

/** What of a resource is compared with what was deployed; of what is none of ours, every input. */
const KINDS = {
  Segment: { kind: "segment", fields: TEXT_FIELDS, lists: SEGMENT_LISTS },
  Audience: { kind: "audience", fields: AUDIENCE_SHOWN_FIELDS, lists: AUDIENCE_LISTS },
  SegmentJob: { kind: "job", fields: undefined, lists: [] },
  other: { kind: "other", fields: undefined, lists: [] },
} as const;

/**
 * What a refresh found changed elsewhere; undefined where nothing was.
 *
 * @param step where it was found, for its place
 * @param deployed what the last deployment left
 * @param found what is there now; undefined where it is gone
 * @param undone whether this plan puts it back
 */
export function driftReview(
  step: Step,
  deployed: ResourceValues,
  found: ResourceValues | undefined,
  preview: Preview,
  options: StackOptions,
  undone: boolean,
): DriftReview | undefined {
  const { kind, fields: names, lists } = KINDS[step.kind ?? "other"];
  // A plan's own step says what the plan changes, and not what was found.
  const changed = (field: string) => !undone && changesKey(step, field);
  const { nameOf: named } = options;
  const [old, now] = [deployed.inputs, found?.inputs ?? {}];
  const fields = found
    ? [
        ...fieldChanges(
          names ?? Object.keys({ ...old, ...now }),
          dataViewFields(old, named),
          dataViewFields(now, named),
          changed,
        ),
        ...listChanges(listsOfDeployment(deployed, lists), now, { lists, changed, named, after: "service" }),
      ]
    : [];
  const definition =
    kind === "segment" && found
      ? definitionReview(old["definition"], now["definition"], options, changed("definition"))
      : undefined;
  const expression =
    kind === "audience" && found
      ? expressionReview(old["expression"], now["expression"], named, changed("expression"))
      : undefined;
  if (found && fields.length === 0 && !definition && !expression) return undefined;
  return {
    ...toPlace(step),
    kind,
    name: nameOf(deployed),
    dataView: kind === "segment" ? dataViewOf(deployed, named) : undefined,
    sandbox: kind === "audience" ? sandboxOf(deployed, preview, options) : undefined,
    gone: found === undefined,
    fields: found ? [...fields, ...lastEdit(deployed, found, named)] : fields,
    definition,
    expression,
    notes: kind === "audience" ? evaluationNotes(fields) : [],
    undone,
  };
}

/** Nobody has to have edited it: Adobe's rules since 2025-05-20, https://experienceleague.adobe.com/docs/experience-platform/segmentation/eligibility-criteria-update.html */
function evaluationNotes(fields: readonly FieldChange[]): string[] {
  const changed = fields.find(({ field }) => field === "evaluation");
  return changed?.after === "batch"
    ? [
        "Adobe evaluates an audience as batch by itself where its conditions do not fit: one event with a window of more than 24 hours or none, or attributes and events mixed.",
      ]
    : [];
}

/** When, and by whom, the service says that it was last modified, where that is news: a tag or a share may leave the date as it is. */
function lastEdit(deployed: ResourceValues, found: ResourceValues, named: NameLookup): FieldChange[] {
  const { modified, modifiedBy } = found.outputs;
  if (typeof modified !== "string" || modified === SECRET || modified === deployed.outputs["modified"]) return [];
  const at = modified.replace(/^([\d-]+)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/, "$1 $2 UTC");
  const isTold = typeof modifiedBy === "string" && modifiedBy !== "" && modifiedBy !== SECRET;
  return [{ field: "last modified", after: isTold ? `${at} by ${named(modifiedBy)}` : at }];
}
