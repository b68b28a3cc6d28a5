import type { Preview } from "./preview";
import { LATER, SECRET } from "./values";

/** A segment as a plan wants it. */
export interface PlannedSegment {
  /** The name that the program gave. */
  readonly resource: string;
  readonly name: string;
  readonly dataViewId: string;
  readonly definition: unknown;
}

export const SEGMENT = "pulumi-nodejs:dynamic/cja:Segment";

const WRITES: ReadonlySet<string> = new Set(["create", "update", "replace"]);

/** The segments that a plan makes or changes, as far as they are known before it runs. */
export function plannedSegments({ steps }: Preview): PlannedSegment[] {
  return steps.flatMap(({ op, type, urn, after }) => {
    if (type !== SEGMENT || !WRITES.has(op) || !after) return [];
    const { name, dataViewId, definition } = after.inputs;
    if (
      typeof dataViewId !== "string" ||
      dataViewId === LATER ||
      dataViewId === SECRET ||
      typeof definition !== "object"
    )
      return [];
    return [{ resource: urn.name, name: typeof name === "string" ? name : urn.name, dataViewId, definition }];
  });
}
