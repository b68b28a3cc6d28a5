import { as, type Condition, labelled, type Labelled, type Node, named, type Value } from "./condition";
import { Numeric } from "./metric";

export interface DimensionOptions extends Labelled {
  /**
   * How values are attributed to the row. Default: wherever they are set or persist ("repeating" in the UI); `"instance"`: only
   * where they are set; `{ nonRepeating }`: once for each person or session.
   */
  readonly attribution?: "instance" | { readonly nonRepeating: "visitors" | "sessions" } | undefined;
}

/** A dimension that you can compare; `dimension` makes it. */
export class Dimension extends Numeric {
  /** The operand as it is sent. */
  readonly operand: Node;

  constructor(id: Value<string>, options: DimensionOptions = {}) {
    super();
    const { attribution } = options;
    const model =
      attribution === undefined
        ? {}
        : {
            "allocation-model":
              attribution === "instance"
                ? { func: "allocation-instance" }
                : { func: "allocation-dedupedInstance", context: attribution.nonRepeating },
          };
    this.operand = { func: "attr", name: named("variables", id), ...model, ...labelled(options) };
  }

  protected override get counted(): Node {
    return this.operand;
  }

  /** Equals the string, in the same case. */
  is(str: Value<string>, label?: Labelled): Condition {
    return this.text("streq", str, label);
  }
  isNot(str: Value<string>, label?: Labelled): Condition {
    return this.text("not-streq", str, label);
  }
  /** Equals one of several strings. */
  isIn(list: readonly Value<string>[], label?: Labelled): Condition {
    return this.texts("streq-in", list, label);
  }
  isNotIn(list: readonly Value<string>[], label?: Labelled): Condition {
    return this.texts("not-streq-in", list, label);
  }

  /** Contains the string, in any case. */
  contains(str: Value<string>, label?: Labelled): Condition {
    return this.text("contains", str, label);
  }
  doesNotContain(str: Value<string>, label?: Labelled): Condition {
    return this.text("not-contains", str, label);
  }
  containsAnyOf(list: readonly Value<string>[], label?: Labelled): Condition {
    return this.texts("contains-any-of", list, label);
  }
  containsAllOf(list: readonly Value<string>[], label?: Labelled): Condition {
    return this.texts("contains-all-of", list, label);
  }
  doesNotContainAnyOf(list: readonly Value<string>[], label?: Labelled): Condition {
    return this.texts("not-contains-any-of", list, label);
  }
  doesNotContainAllOf(list: readonly Value<string>[], label?: Labelled): Condition {
    return this.texts("not-contains-all-of", list, label);
  }

  /** In any case. */
  startsWith(str: Value<string>, label?: Labelled): Condition {
    return this.text("starts-with", str, label);
  }
  doesNotStartWith(str: Value<string>, label?: Labelled): Condition {
    return this.text("not-starts-with", str, label);
  }
  endsWith(str: Value<string>, label?: Labelled): Condition {
    return this.text("ends-with", str, label);
  }
  doesNotEndWith(str: Value<string>, label?: Labelled): Condition {
    return this.text("not-ends-with", str, label);
  }

  /** Before the string in alphabetical order. */
  comesBefore(str: Value<string>, label?: Labelled): Condition {
    return this.text("strlt", str, label);
  }
  comesAfter(str: Value<string>, label?: Labelled): Condition {
    return this.text("strgt", str, label);
  }
  isOrComesBefore(str: Value<string>, label?: Labelled): Condition {
    return this.text("strle", str, label);
  }
  isOrComesAfter(str: Value<string>, label?: Labelled): Condition {
    return this.text("strge", str, label);
  }

  /** `*` stands for anything, `\*` for a star. */
  matches(glob: Value<string>, label?: Labelled): Condition {
    return as({ func: "matches", glob, val: this.operand, ...labelled(label) });
  }
  doesNotMatch(glob: Value<string>, label?: Labelled): Condition {
    return as({ func: "not-matches", glob, val: this.operand, ...labelled(label) });
  }
  /** Seen once in a live tenant, documented nowhere: Adobe's validation decides whether it accepts it. */
  matchesRegex(regex: Value<string>, label?: Labelled): Condition {
    return as({ func: "matches-regex", regex, val: this.operand, ...labelled(label) });
  }

  /** Is set. */
  exists(label?: Labelled): Condition {
    return as({ func: "exists", val: this.operand, ...labelled(label) });
  }
  doesNotExist(label?: Labelled): Condition {
    return as({ func: "not-exists", val: this.operand, ...labelled(label) });
  }

  private text(func: string, str: Value<string>, label: Labelled | undefined): Condition {
    return as({ func, str, val: this.operand, ...labelled(label) });
  }
  private texts(func: string, list: readonly Value<string>[], label: Labelled | undefined): Condition {
    return as({ func, list, val: this.operand, ...labelled(label) });
  }
}

/**
 * A dimension of the data view.
 *
 * @param id the component's ID, with or without `variables/` before it: `"device_type"`, `"web.webPageDetails.name"`
 * @example dimension("device_type").is("Phone")
 */
export const dimension = (id: Value<string>, options?: DimensionOptions): Dimension => new Dimension(id, options);

class DistinctCount extends Numeric {
  constructor(private readonly of: Dimension) {
    super();
  }
  protected override get counted(): Node {
    return { func: "total-distinct", field: this.of.operand };
  }
}

/**
 * How many different values a dimension has on the container's level.
 *
 * @example visitors(distinctCount(dimension("page")).isAtLeast(5))
 */
export const distinctCount = (of: Dimension): Numeric => new DistinctCount(of);
