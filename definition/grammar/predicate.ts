import type { Context } from "./context";
import type { Described } from "./described";
import type { Leaf } from "./leaf";
import type { Attr } from "./operand";

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

/** Whether the next step lies after, before or within the distance. */
export type Limit = "after" | "within" | "before";

/** Units of a time restriction, always in the singular. */
export type TimeUnit = "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";

/** The time between two steps. */
export interface TimeRestriction {
  readonly func: "time-restriction";
  readonly limit: Limit;
  /** A whole number of at least 1; Adobe's own example writes it as text. */
  readonly count: number | string;
  readonly unit: TimeUnit;
  /** The UI writes `hits`. */
  readonly container?: Context | null;
}

/** How many hits or visits lie between two steps. */
export interface ContainerRestriction {
  readonly func: "container-restriction";
  readonly limit: Limit;
  readonly count: number | string;
  readonly container: "hits" | "visits";
}

/** How many values of a dimension lie between two steps. */
export interface DimensionRestriction {
  readonly func: "dimension-restriction";
  readonly limit: Limit;
  readonly count: number | string;
  readonly attribute: Attr;
}

/** The next step must not occur between its neighbours; at the end never after, at the start never before. */
export interface ExcludeNextCheckpoint {
  readonly func: "exclude-next-checkpoint";
}

/** What says something about the steps around it. */
export type Modifier = TimeRestriction | ContainerRestriction | DimensionRestriction | ExcludeNextCheckpoint;

/** Steps in any order, all (`sequence-and`) or at least one (`sequence-or`): a "logic group" in the UI. */
export interface LogicGroup {
  readonly func: "sequence-and" | "sequence-or";
  readonly checkpoints: readonly Checkpoint[];
}

/** What can be a step: its container is `hits` or `visits`, never `visitors`. */
export type Checkpoint = Container | LogicGroup;

/** An entry of a sequence's stream. */
export type Step = Checkpoint | Modifier;

/** Steps that must occur in this order. */
export interface PlainSequence {
  readonly func: "sequence";
  readonly stream: readonly Step[];
  readonly context?: Context | null;
}

/** The data after (`sequence-prefix`) or before (`sequence-suffix`) the steps, on the level of `context`. */
export interface PartialSequence {
  readonly func: "sequence-prefix" | "sequence-suffix";
  readonly stream: readonly Step[];
  readonly context: Context;
}

/** Steps in order, and which data around them is meant. */
export type Sequence = PlainSequence | PartialSequence;
