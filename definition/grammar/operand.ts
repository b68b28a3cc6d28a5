import type { Described } from "./described";

/** How a dimension's value is attributed to the row. Absent: every instance, and values that persist. */
export type AllocationModel = AllocationInstance | AllocationDedupedInstance;

/** The value counts only where it was set. */
export interface AllocationInstance {
  readonly func: "allocation-instance";
}

/** The value counts once per person or session. It says `sessions` where everything else says `visits`. */
export interface AllocationDedupedInstance {
  readonly func: "allocation-dedupedInstance";
  readonly context: "visitors" | "sessions";
}

/** A dimension: `variables/<id>`, for CJA the component's ID in the data view. */
export interface Attr extends Described {
  readonly func: "attr";
  /** `variables/<id>`; only the guide's `range` names a metric here. */
  readonly name: string;
  readonly "allocation-model"?: AllocationModel | null;
}

/** A metric: `metrics/<id>`. */
export interface Metric extends Described {
  readonly func: "event";
  /** `metrics/<id>`. */
  readonly name: string;
}

/** The sum of a metric over the container's level. */
export interface Total {
  readonly func: "total";
  readonly evt: Metric;
}

/** How many different values a dimension has on the container's level; "distinct count" in the UI. */
export interface TotalDistinct {
  readonly func: "total-distinct";
  readonly field: Attr;
}

/** What a numeric comparison can look at. */
export type NumericOperand = Attr | Total | TotalDistinct;

/** Everything that can stand where a predicate expects something to look at. */
export type Operand = Attr | Metric | Total | TotalDistinct;
