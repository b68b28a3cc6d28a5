import type { Described } from "./described";
import type { Attr, Metric, NumericOperand } from "./operand";

/** Compares a dimension with one text, which may be empty. `contains`, `starts-…` and `ends-…` ignore case. */
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

/** Compares a dimension with several texts. The `contains-…` ones ignore case. */
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
