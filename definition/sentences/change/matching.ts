import type { Clause } from "../clause/clause";

/** A clause and its place among its neighbours, counted from 0. */
export interface Placed {
  readonly clause: Clause;
  readonly index: number;
}

/** An entry of a list, and the one that it became. */
export type Pair = readonly [before: Placed, after: Placed];

/** Which entries of one list became which of another, be they the same or changed. */
export interface Matching {
  readonly pairs: readonly Pair[];
  readonly removed: readonly Placed[];
  readonly added: readonly Placed[];
}

export const placed = (clauses: readonly Clause[]): readonly Placed[] =>
  clauses.map((clause, index) => ({ clause, index }));

/** The matching that these pairs make. */
export function matchingOf(before: readonly Placed[], after: readonly Placed[], pairs: readonly Pair[]): Matching {
  const matched = new Set(pairs.flat());
  const isLeft = (entry: Placed) => !matched.has(entry);
  return { pairs, removed: before.filter(isLeft), added: after.filter(isLeft) };
}
