import { exactNumbersText } from "../../definition/exact-numbers";
import type { Mistake, SegmentInputs } from "../../model";
import { formatAdoptionLine } from "../../model/notices";
import type { Segment } from "./segment";
import { changedFields } from "./diff";
import { metadataPatch, type FoundMetadata } from "./tags-and-shares";
import type { SegmentServices } from "./services";

/** The segment that `adoptId` names; undefined when it is missing or deleted. */
export const findAdopted = ({ reader }: SegmentServices, inputs: SegmentInputs): Promise<Segment | undefined> =>
  inputs.adoptId === undefined ? Promise.resolve(undefined) : reader.find(inputs.adoptId, inputs.dataViewId);

/**
 * Why a segment cannot be taken over, if it cannot.
 *
 * @param takenIds what other resources of this run have made or taken over.
 */
export function adoptionMistake(
  inputs: SegmentInputs,
  found: Segment | undefined,
  takenIds: ReadonlySet<string> = new Set(),
): Mistake | undefined {
  const mistake = (why: string): Mistake => ({
    path: "adoptId",
    message: `found ${JSON.stringify(inputs.adoptId)}, ${why}`,
  });
  const alternative = "or remove adoptId to create a new segment";
  if (!found) return mistake(`but there is no such segment, or it is deleted; correct the ID, ${alternative}`);
  const { id, dataViewId } = found;
  if (dataViewId !== undefined && dataViewId !== inputs.dataViewId) {
    const expectedId = JSON.stringify(inputs.dataViewId);
    return mistake(
      `which belongs to the data view ${JSON.stringify(dataViewId)} and not to ${expectedId}; correct dataViewId, ${alternative}`,
    );
  }
  const unsafeNumber = exactNumbersText(found.definition);
  if (unsafeNumber !== undefined)
    return mistake(
      `whose definition has ${unsafeNumber}. A program and Pulumi's state would round it; change it in the UI, ${alternative}`,
    );
  if (takenIds.has(id))
    return mistake(
      "which another resource of this run has taken over; one segment belongs to one resource: remove one of the two",
    );
  return undefined;
}

/** What taking a segment over does to it, for the reader of a preview. */
export const adoptionNotice = (found: Segment, metadata: FoundMetadata, inputs: SegmentInputs): string =>
  formatAdoptionLine({
    noun: "Segment",
    id: found.id,
    name: found.name ?? "",
    owner: found.owner?.name,
    changes: [...Object.keys(changedFields(found, inputs)), ...Object.keys(metadataPatch(metadata, inputs))],
  });
