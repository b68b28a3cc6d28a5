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
export function changed<T extends string | number, Result>(
  value: Value<T>,
  change: (value: T) => Result,
): Value<Result> {
  return isLater(value) ? value.apply(change) : change(value);
}

function isLater<T extends string | number>(value: Value<T>): value is Later<T> {
  return typeof value !== "string" && typeof value !== "number";
}

/** A component's ID with its kind before it; one that has it already stays as it is. */
export const named = (kind: "variables" | "metrics", id: Value<string>): Value<string> =>
  changed(id, (text) => (text.startsWith(`${kind}/`) ? text : `${kind}/${text}`));
