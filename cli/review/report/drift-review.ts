import { TEXT_FIELDS } from "../../../model/segment-field-lists";
import { SEGMENT, SEGMENT_JOB, changesKey, type ResourceValues, type Step } from "../preview/preview";
import { SECRET } from "../preview/values";
import { definitionReview } from "./definition-review";
import { fieldChanges } from "./field-changes";
import { listsOfDeployment, listChanges } from "./list-changes";
import { toPlace, type NameLookup, type StackOptions } from "./name-lookup";
import type { DriftReview, FieldChange } from "./report";
import { dataViewOf, nameOf, dataViewFields } from "./segment-review";

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
  options: StackOptions,
  undone: boolean,
): DriftReview | undefined {
  const kind = step.type === SEGMENT ? "segment" : step.type === SEGMENT_JOB ? "job" : "other";
  const isSegment = kind === "segment";
  const names = isSegment ? TEXT_FIELDS : Object.keys({ ...deployed.inputs, ...found?.inputs });
  // A plan's own step says what the plan changes, and not what was found.
  const changed = (field: string) => !undone && changesKey(step, field);
  const { nameOf: named } = options;
  const fields = found
    ? [
        ...fieldChanges(names, dataViewFields(deployed.inputs, named), dataViewFields(found.inputs, named), changed),
        ...(isSegment
          ? listChanges(listsOfDeployment(deployed), found.inputs, { changed, named, after: "service" })
          : []),
      ]
    : [];
  const definition =
    isSegment && found
      ? definitionReview(deployed.inputs["definition"], found.inputs["definition"], options, changed("definition"))
      : undefined;
  if (found && fields.length === 0 && !definition) return undefined;
  return {
    ...toPlace(step),
    kind,
    name: nameOf(deployed),
    dataView: isSegment ? dataViewOf(deployed, named) : undefined,
    gone: found === undefined,
    fields: found ? [...fields, ...lastEdit(deployed, found, named)] : fields,
    definition,
    undone,
  };
}

/** When, and by whom, the service says that it was last modified, where that is news: a tag or a share may leave the date as it is. */
function lastEdit(deployed: ResourceValues, found: ResourceValues, named: NameLookup): FieldChange[] {
  const { modified, modifiedBy } = found.outputs;
  if (typeof modified !== "string" || modified === SECRET || modified === deployed.outputs["modified"]) return [];
  const at = modified.replace(/^([\d-]+)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/, "$1 $2 UTC");
  const isTold = typeof modifiedBy === "string" && modifiedBy !== "" && modifiedBy !== SECRET;
  return [{ field: "last modified", after: isTold ? `${at} by ${named(modifiedBy)}` : at }];
}
