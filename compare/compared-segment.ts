/** A segment on one side of a comparison. */
export interface ComparedSegment {
  /** What is the same on both sides: a resource's name, or a segment's. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly dataViewId: string;
  readonly definition: unknown;
}

/** One of the two that are compared. */
export interface Side {
  /** `stack:dev`, `dataview:dv_prod`. */
  readonly label: string;
  readonly segments: readonly ComparedSegment[];
}
