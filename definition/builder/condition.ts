import type { Context } from "../grammar/definition";

/** Exist for the compiler alone: they keep apart what may stand in different places. */
declare const condition: unique symbol;
declare const restriction: unique symbol;
declare const exclusion: unique symbol;

/** Something that is true or false for the data on one level: a comparison, a container, a sequence, or several of them. */
export interface Condition {
  readonly [condition]: true;
}

/**
 * Exists for the compiler alone, and its name for whoever reads what the compiler says: `sequence(dimension("page").is("Home"))` lacks this
 * property.
 */
interface Wrapped<Level extends Context | "group"> {
  readonly "wrap it in hits(…), visits(…) or visitors(…)": Level;
}

/** A condition on one level. Those on `hits` and `visits` can be a step of a sequence. */
export interface ContainerOf<Level extends Context> extends Condition, Wrapped<Level> {}

/** Steps of a sequence in any order; a "logic group" in the UI. */
export interface StepGroup extends Condition, Wrapped<"group"> {}

/** What a sequence consists of. A container on `visitors` cannot be a step: the UI makes a group of it. */
export type SequenceStep = ContainerOf<"hits"> | ContainerOf<"visits"> | StepGroup;

/** What stands between two steps. */
export interface Restriction {
  readonly [restriction]: true;
}

/** A step that must not happen, with its marker. */
export interface Exclusion {
  readonly [exclusion]: true;
}

/** An entry of a sequence. */
export type SequenceEntry = SequenceStep | Restriction | Exclusion;

/** Fits everywhere: as a condition, as a step, between steps. */
export type Raw = ContainerOf<"hits"> & Restriction;

/** A node that carries a label, which the UI shows. */
export interface Labelled {
  readonly description?: string | undefined;
}

/** A node as it is sent. */
export type Node = Readonly<Record<string, unknown>>;

/** The label's field, where there is a label. */
export const labelled = (label?: Labelled): Node =>
  label?.description === undefined ? {} : { description: label.description };

/** Tells the compiler what a node is. */
export const as = <Kind>(node: Node): Kind => node as Kind;

/**
 * A value that a program may know only later, as Pulumi's outputs are. Only its `apply` is used, so that the language needs
 * no Pulumi.
 */
export interface Later<T> {
  apply<Result>(change: (value: T) => Result): Later<Result>;
}

/** A value, or one that will be known later: `"Phone"`, `metric.id`. */
export type Value<T> = T | Later<T>;

/** The value changed, now or when it is known. */
function changed<T extends string | number, Result>(value: Value<T>, change: (value: T) => Result): Value<Result> {
  return isLater(value) ? value.apply(change) : change(value);
}

function isLater<T extends string | number>(value: Value<T>): value is Later<T> {
  return typeof value !== "string" && typeof value !== "number";
}

/** A component's ID with its kind before it; one that has it already stays as it is. */
export const named = (kind: "variables" | "metrics", id: Value<string>): Value<string> =>
  changed(id, (text) => (text.startsWith(`${kind}/`) ? text : `${kind}/${text}`));
