import { as, type Condition, labelled, type Labelled, type Node, type Value, named } from "./condition";

/** How a list of numbers is written: Adobe documents `eq-any-of`; a client found that the service wants `eq-in`. */
export interface NumberListOptions extends Labelled {
  readonly spelling?: "eq-any-of" | "eq-in" | undefined;
}

/** Comparisons with numbers, for everything that can be counted. */
export abstract class Numeric {
  /** What is compared, as it is sent. */
  protected abstract get counted(): Node;
  /** The same where the segments guide's `range` looks at it. */
  protected get ranged(): Node {
    return this.counted;
  }

  /** Equal to a number. */
  equals(num: Value<number>, label?: Labelled): Condition {
    return this.number("eq", num, label);
  }
  doesNotEqual(num: Value<number>, label?: Labelled): Condition {
    return this.number("not-eq", num, label);
  }
  isGreaterThan(num: Value<number>, label?: Labelled): Condition {
    return this.number("gt", num, label);
  }
  isLessThan(num: Value<number>, label?: Labelled): Condition {
    return this.number("lt", num, label);
  }
  isAtLeast(num: Value<number>, label?: Labelled): Condition {
    return this.number("ge", num, label);
  }
  isAtMost(num: Value<number>, label?: Labelled): Condition {
    return this.number("le", num, label);
  }

  /** Equal to one of several numbers. */
  equalsAnyOf(list: readonly Value<number>[], options: NumberListOptions = {}): Condition {
    return as({ func: options.spelling ?? "eq-any-of", list, val: this.counted, ...labelled(options) });
  }
  equalsNoneOf(list: readonly Value<number>[], options: NumberListOptions = {}): Condition {
    return as({ func: `not-${options.spelling ?? "eq-any-of"}`, list, val: this.counted, ...labelled(options) });
  }

  /** From `low` to `high`; null means no bound. Only the segments guide shows this form. */
  isBetween(low: Value<number> | null, high: Value<number> | null, label?: Labelled): Condition {
    return as({ func: "range", low, high, val: this.ranged, ...labelled(label) });
  }

  private number(func: string, num: Value<number>, label: Labelled | undefined): Condition {
    return as({ func, num, val: this.counted, ...labelled(label) });
  }
}

/** A metric that you can compare; `metric` makes it. */
export class Metric extends Numeric {
  private readonly event: Node;

  constructor(
    private readonly id: Value<string>,
    private readonly label?: Labelled,
  ) {
    super();
    this.event = { func: "event", name: named("metrics", id), ...labelled(label) };
  }

  protected override get counted(): Node {
    return { func: "total", evt: this.event };
  }

  /** The guide writes it like a dimension. */
  protected override get ranged(): Node {
    return { func: "attr", name: named("metrics", this.id), ...labelled(this.label) };
  }

  /** Occurred at least once. */
  exists(label?: Labelled): Condition {
    return as({ func: "event-exists", evt: this.event, ...labelled(label) });
  }
  doesNotExist(label?: Labelled): Condition {
    return as({ func: "not-event-exists", evt: this.event, ...labelled(label) });
  }
}

/**
 * A metric of the data view. Comparisons use its sum on the container's level.
 *
 * @param id the component's ID, with or without `metrics/` before it
 * @example visits(metric("orders").isAtLeast(2))
 */
export const metric = (id: Value<string>, label?: Labelled): Metric => new Metric(id, label);
