import type { Clause } from "../clause/clause";
import { rowOf, textOf, type Row } from "../row";
import type { Style } from "../style";
import type { Identity } from "./identity";
import { LIKE, likeness, marksOf } from "./likeness";

/** One of two lines that are compared. */
export interface Side {
  /** What the line says. */
  readonly said: readonly Clause[];
  /** The list inside, which may have been made for the comparison. */
  readonly core: Clause;
  readonly inner: readonly Clause[];
  /** The list was made for the comparison. */
  readonly isMade?: true;
}

/**
 * Two lines as they are best compared. A condition alone is the same as a list of one, so that a second one beside it is
 * one more and not another thing altogether.
 */
export function sidesOf(before: Clause, after: Clause, identity: Identity): readonly [Side, Side] {
  const one = rowOf(before);
  const other = rowOf(after);
  const listed = asListOf(one, other, identity);
  if (listed !== undefined) return [listed, headsOf(other)];
  const otherListed = asListOf(other, one, identity);
  return otherListed === undefined ? [wholeOf(one), wholeOf(other)] : [headsOf(one), otherListed];
}

const wholeOf = ({ heads, core }: Row): Side => ({ said: [...heads, core], core, inner: core.inner });
const headsOf = ({ heads, core }: Row): Side => ({ said: heads, core, inner: core.inner });

/** The line as a list like the one in the other line; undefined when it would not help. */
function asListOf({ heads, core }: Row, other: Row, identity: Identity): Side | undefined {
  const list = other.core;
  if (!list.bare) return undefined;
  const chain = [...heads, core];
  const depth = other.heads.length;
  const alone = chain[depth];
  if (alone === undefined) return undefined;
  const isThere = list.inner.some((inner) => identity.same(inner, alone));
  const isFitting = core.inner.length === 0 || (alone === core && isFound(core, list));
  return isThere || isFitting ? { said: chain.slice(0, depth), core: list, inner: [alone], isMade: true } : undefined;
}

/** Whether steps are among the conditions of a list, as they are or changed. Other lists are rather compared list by list. */
function isFound(steps: Clause, { inner }: Clause): boolean {
  if (steps.is === "junction") return false;
  const marks = marksOf(steps);
  return inner.some((each) => rowOf(each).core.is === steps.is && likeness(marks, marksOf(each)) >= LIKE);
}

/** What a line says, ready to stand alone. */
export function saidBy({ said }: Side, style: Style): string {
  return textOf(said, style).replace(/ (?:where|with)$/, "");
}
