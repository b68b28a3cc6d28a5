import type { Context } from "./context";
import type { Described } from "./described";
import type { Leaf } from "./leaf";
import type { LogicGroup, Sequence } from "./sequence";

/** A condition on the rows of one level. Containers nest in any order of levels. */
export interface Container extends Described {
  readonly func: "container";
  readonly context: Context;
  readonly pred: Predicate;
}

/** All (`and`) or at least one (`or`) of several conditions. */
export interface Junction {
  readonly func: "and" | "or";
  readonly preds: readonly Predicate[];
}

/** The opposite of a condition: `without` in everything that the UI writes. */
export interface Negation {
  readonly func: "without" | "not";
  readonly pred: Predicate;
}

/** A condition: what stands in `pred` and `preds`. */
export type Predicate = Container | Junction | Negation | Leaf | Sequence | LogicGroup;
