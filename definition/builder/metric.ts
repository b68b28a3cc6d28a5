import { as, type Condition, labelled, type Labelled, type Node } from "./condition";
import { Numeric } from "./comparisons";
import { named, type Value } from "./value";

/** A metric, ready to be compared. Made by `metric`. */
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

  /** Occurred at all. */
  exists(label?: Labelled): Condition {
    return as({ func: "event-exists", evt: this.event, ...labelled(label) });
  }
  doesNotExist(label?: Labelled): Condition {
    return as({ func: "not-event-exists", evt: this.event, ...labelled(label) });
  }
}

/**
 * A metric of the data view. Numbers are compared with its sum on the container's level.
 *
 * @param id the component's ID, with or without `metrics/` before it
 * @example visits(metric("orders").isAtLeast(2))
 */
export const metric = (id: Value<string>, label?: Labelled): Metric => new Metric(id, label);
