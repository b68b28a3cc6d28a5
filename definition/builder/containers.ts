import type { Context, StandardDefinition } from "../grammar/definition";
import { as, type Condition, type ContainerOf, labelled, type Labelled, type Raw, type Value } from "./condition";

const container = <Level extends Context>(context: Level, pred: Condition, label?: Labelled): ContainerOf<Level> =>
  as({ func: "container", context, pred, ...labelled(label) });

/** Events (hits) for which the condition is true. @example hits(dimension("page").is("Home")) */
export const hits = (pred: Condition, label?: Labelled): ContainerOf<"hits"> => container("hits", pred, label);

/** Sessions (visits) in which the condition is true. @example visits(metric("orders").exists()) */
export const visits = (pred: Condition, label?: Labelled): ContainerOf<"visits"> => container("visits", pred, label);

/** Persons (visitors) for whom the condition is true. @example visitors(metric("orders").isAtLeast(2)) */
export const visitors = (pred: Condition, label?: Labelled): ContainerOf<"visitors"> =>
  container("visitors", pred, label);

/** All of the conditions. @example all(dimension("country").is("DE"), metric("orders").exists()) */
export const all = (...preds: readonly Condition[]): Condition => as({ func: "and", preds });

/** At least one of the conditions. */
export const any = (...preds: readonly Condition[]): Condition => as({ func: "or", preds });

/** The condition is not true. What the UI writes for "exclude". @example without(hits(dimension("page").is("Login"))) */
export const without = (pred: Condition): Condition => as({ func: "without", pred });

/** Plain negation. The UI hardly ever writes it: prefer `without`. */
export const not = (pred: Condition): Condition => as({ func: "not", pred });

/** A saved date range with a label of its own. */
export interface DateRange extends Labelled {
  readonly id: Value<string>;
}

/**
 * In a saved date range.
 *
 * @param range the date range's ID
 */
export function inDateRange(range: Value<string> | DateRange, label?: Labelled): Condition {
  const { id, ...more } = isDateRange(range) ? range : { id: range };
  const interval = { func: "datetime-interval-ref", id, ...labelled(more) };
  return as({ func: "datetime-within", "interval-value": interval, ...labelled(label) });
}

const isDateRange = (range: Value<string> | DateRange): range is DateRange =>
  typeof range === "object" && !("apply" in range);

/**
 * A node as it is, for functions that the builder does not have. It fits everywhere, and Adobe's validation checks it.
 *
 * @example any(dimension("page").is("Home"), raw({ func: "new-function", val: 1 }))
 */
export const raw = (node: Readonly<Record<string, unknown>>): Raw => as(node);

/**
 * A whole definition, in the form of the OpenAPI document and the UI.
 *
 * @example
 * segment(visits(all(dimension("device_type").is("Phone"), metric("orders").exists())))
 */
export const segment = (container: ContainerOf<Context>): StandardDefinition =>
  as({ func: "segment", version: [1, 0, 0], container });
