import type { Context } from "./context";
import type { Described } from "./described";
import type { AllocationModel, Operand } from "./operand";
import type { DatetimeIntervalRef } from "./leaf";
import type { Container, Modifier, Predicate } from "./predicate";

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
