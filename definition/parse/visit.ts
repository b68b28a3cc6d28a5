import type { FieldRule, Place } from "../grammar/field";
import { pathOf } from "./mistake";
import type { Key } from "./mistake";

/** What a value is measured against: a field of the grammar, or one of the cases that no field describes. */
export type Expectation =
  | FieldRule
  | { readonly is: "root" }
  /** Nothing beyond being JSON. */
  | { readonly is: "anything" }
  /** The entries of a list that stands where one node belongs. */
  | { readonly is: "entries"; readonly place: Place };

/** One value in one position. The same object may stand in several. */
export interface Visit {
  readonly value: unknown;
  readonly expected: Expectation;
  readonly parent?: Visit;
  readonly key?: Key;
  readonly depth: number;
}

/** The position as a path, written only when a mistake needs it. */
export function pathTo(visit: Visit, ...further: readonly Key[]): string {
  const keys: Key[] = [];
  for (let at: Visit | undefined = visit; at !== undefined; at = at.parent) if (at.key !== undefined) keys.push(at.key);
  return pathOf([...keys.reverse(), ...further]);
}

/** Whether the value stands inside itself. */
export function isInItself(visit: Visit): boolean {
  for (let at = visit.parent; at !== undefined; at = at.parent) if (at.value === visit.value) return true;
  return false;
}
