import type { Described, AllocationModel, Operand, DatetimeIntervalRef, Leaf, Attr } from "./leaf";

/** The levels at which a container looks at data, in the API's words. */
export const CONTEXTS = ["hits", "visits", "visitors"] as const;

/** The level at which a container looks at data: Event (`hits`), Session (`visits`) or Person (`visitors`) in the UI. */
export type Context = (typeof CONTEXTS)[number];

/** The language's version; `[1, 0, 0]` in every definition that was ever seen. */
export type Version = readonly [number, number, number];

/** The outermost container as the segments guide writes it. */
export interface GuideContainer extends Described {
  readonly func: "segment";
  readonly context: Context;
  readonly pred: Predicate;
}

/** A definition as the OpenAPI document, the validate page and the UI write it. */
export interface StandardDefinition {
  readonly func: "segment";
  readonly version: Version;
  readonly container: Container | GuideContainer;
}

/** A definition as the segments guide writes it. */
export interface GuideDefinition {
  readonly func: "segment-def";
  readonly version: Version;
  readonly container: GuideContainer | Container;
}

/**
 * A segment's definition, as it is sent and received.
 *
 * Adobe may add functions at any time and `parse` lets them through with a warning, so that code which walks a definition
 * must have an answer for a `func` that these types do not name.
 */
export type SegmentDefinition = StandardDefinition | GuideDefinition;

/** Every node that can stand below the root. */
export type Node = GuideContainer | Predicate | Modifier | Operand | AllocationModel | DatetimeIntervalRef;

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
