/**
 * Compares a dimension with one text, which may be empty. Customer Journey Analytics minds upper and lower case; Analytics ignores
 * it in `contains`, `starts-…` and `ends-…`.
 */
export interface TextLeaf extends Described {
  readonly func:
    | "streq"
    | "not-streq"
    | "strlt"
    | "strgt"
    | "strle"
    | "strge"
    | "contains"
    | "not-contains"
    | "starts-with"
    | "not-starts-with"
    | "ends-with"
    | "not-ends-with";
  readonly str: string;
  readonly val: Attr;
}

/** Compares a dimension with several texts. Customer Journey Analytics minds upper and lower case; Analytics ignores it in `contains-…`. */
export interface TextListLeaf extends Described {
  readonly func:
    "streq-in" | "not-streq-in" | "contains-any-of" | "contains-all-of" | "not-contains-any-of" | "not-contains-all-of";
  readonly list: readonly string[];
  readonly val: Attr;
}

/** Compares a dimension with a pattern in which `*` stands for anything and `\*` for a star. */
export interface GlobLeaf extends Described {
  readonly func: "matches" | "not-matches";
  readonly glob: string;
  readonly val: Attr;
}

/** Compares a dimension with a regular expression. Seen once in the field, documented nowhere. */
export interface RegexLeaf extends Described {
  readonly func: "matches-regex";
  readonly regex: string;
  readonly val: Attr;
}

/** Compares with one number. A metric is compared through `total`, a dimension directly. */
export interface NumberLeaf extends Described {
  readonly func: "eq" | "not-eq" | "gt" | "lt" | "ge" | "le";
  readonly num: number;
  readonly val: NumericOperand;
}

/** Compares with several numbers. Adobe documents `eq-any-of`; a client found that the service wants `eq-in`. */
export interface NumberListLeaf extends Described {
  readonly func: "eq-any-of" | "not-eq-any-of" | "eq-in" | "not-eq-in";
  readonly list: readonly number[];
  readonly val: NumericOperand;
}

/** Whether a dimension is set. */
export interface ExistsLeaf extends Described {
  readonly func: "exists" | "not-exists";
  readonly val: Attr;
}

/** Whether a metric occurred. The operand is `evt`, not `val`. */
export interface EventExistsLeaf extends Described {
  readonly func: "event-exists" | "not-event-exists";
  readonly evt: Metric;
}

/** The segments guide's comparison with a lower and an upper bound; null is no bound. */
export interface RangeLeaf extends Described {
  readonly func: "range";
  readonly low?: number | null;
  readonly high?: number | null;
  readonly val: NumericOperand;
}

/** A saved date range, by its ID. */
export interface DatetimeIntervalRef extends Described {
  readonly func: "datetime-interval-ref";
  readonly id: string;
}

/** Whether the row lies in a date range. */
export interface DatetimeWithinLeaf extends Described {
  readonly func: "datetime-within";
  readonly "interval-value": DatetimeIntervalRef;
}

/** Another segment. Documented for calculated metrics only: the UI copies a segment's container instead. */
export interface SegmentRef extends Described {
  readonly func: "segment-ref";
  readonly id?: string | null;
  readonly segmentId?: string | null;
}

/** A predicate without predicates inside. */
export type Leaf =
  | TextLeaf
  | TextListLeaf
  | GlobLeaf
  | RegexLeaf
  | NumberLeaf
  | NumberListLeaf
  | ExistsLeaf
  | EventExistsLeaf
  | RangeLeaf
  | DatetimeWithinLeaf
  | SegmentRef;

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

/** A node that can carry a label. */
export interface Described {
  /** Shown in the UI as the container's or the rule's name. Default: none; empty and null mean the same. */
  readonly description?: string | null;
}
