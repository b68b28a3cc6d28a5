import type { Use } from "../../../model/segment-table";
import { SEGMENT } from "../preview/planned-segments";
import type { Preview, ResourceValues } from "../preview/preview";
import { isRetained } from "./departure";
import { heldBy } from "./held";
import type { KnownUses, SegmentUses } from "./report";

/** A segment that a plan deletes: alone, or because another one takes its place. */
export interface GoingSegment {
  readonly id: string;
  readonly orgId: string | undefined;
}

/** The segments that a plan deletes at Adobe. */
export const goingSegments = (preview: Preview): GoingSegment[] =>
  preview.steps.flatMap((step) => {
    const { op, type, before } = step;
    if (type !== SEGMENT || (op !== "delete" && op !== "replace") || !before?.id || isRetained(before)) return [];
    if (heldBy(step, preview) !== undefined) return [];
    const { orgId } = before.outputs;
    return [{ id: before.id, orgId: typeof orgId === "string" ? orgId : undefined }];
  });

/** @returns undefined where it stays, or nobody has asked */
export function usesOf(before: ResourceValues | undefined, known: KnownUses | undefined): SegmentUses | undefined {
  if (before?.id === undefined || isRetained(before) || !known?.has(before.id)) return undefined;
  const uses = known.get(before.id);
  const refused = before.outputs["deletionPolicy"] === "refuseIfUsed" && uses?.length !== 0;
  return { known: uses !== undefined, by: (uses ?? []).map(useText), refused };
}

const useText = ({ type, id, name }: Use): string =>
  name === undefined ? `${type} ${id}` : `${type} "${name}" (${id})`;
