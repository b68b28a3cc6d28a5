import type { Preview } from "./preview";
import { LATER, SECRET } from "./values";

/** A segment as a plan wants it, as far as that is known before it runs. */
export interface PlannedSegment {
  /** The name that the program gave. */
  readonly resource: string;
  readonly name: string;
  readonly dataViewId: unknown;
  readonly definition: unknown;
}

/** One of which all is known. */
export interface KnownSegment extends PlannedSegment {
  readonly dataViewId: string;
}

export const SEGMENT = "pulumi-nodejs:dynamic/cja:Segment";

const WRITES: ReadonlySet<string> = new Set(["create", "update", "replace"]);

/** The segments that a plan makes or changes. */
export function plannedSegments({ steps }: Preview): PlannedSegment[] {
  return steps.flatMap(({ op, type, urn, after }) => {
    if (type !== SEGMENT || !WRITES.has(op) || !after) return [];
    const { name, dataViewId, definition } = after.inputs;
    return [{ resource: urn.name, name: typeof name === "string" ? name : urn.name, dataViewId, definition }];
  });
}

export const isKnown = (segment: PlannedSegment): segment is KnownSegment =>
  typeof segment.dataViewId === "string" &&
  segment.dataViewId !== LATER &&
  segment.dataViewId !== SECRET &&
  typeof segment.definition === "object" &&
  segment.definition !== null;
