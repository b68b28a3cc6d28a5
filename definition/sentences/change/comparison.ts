import { type Clause, rowOf, textOf, type Row } from "../clause/clause";
import { lineOf, print } from "../describe";
import { EXACT, type Style, enumerated } from "../style";
import { type Identity, LIKE, likeness, marksOf } from "./similarity";
import { matchItems, matchSteps, placed, type Matching } from "./matching";
import type { Json } from "../../json";
import { json } from "../quote";

/** One difference between two definitions, in words. */
export interface DefinitionChange {
  readonly kind: "changed" | "added" | "removed";
  /** Where, from the outside in: `in Sessions where all of`, `in Persons, step 2 of the sequence`; `at the top`. */
  readonly place: string;
  /** What was said: a line, or several where conditions are inside. Missing where something was added. */
  readonly before?: string | undefined;
  /** What is said now. Missing where something was removed. */
  readonly after?: string | undefined;
}

interface Around {
  readonly before: PlaceWords;
  readonly after: PlaceWords;
}

/** Finds what differs between clauses, and says it. */
export class Comparison {
  constructor(
    private readonly style: Style,
    private readonly identity: Identity,
  ) {}

  compare(before: Clause, after: Clause, around: Around): DefinitionChange[] {
    if (this.identity.same(before, after)) return [];
    const [one, other] = sidesOf(before, after, this.identity);
    const differs = saidBy(one, EXACT) !== saidBy(other, EXACT);
    const matching = differs && !areAlike(before, after) ? undefined : this.#match(one, other);
    const place = placeText(around.after);
    if (matching === undefined) {
      const styles = stylesFor(one.core, other.core, this.style);
      return [{ kind: "changed", place, before: tell(before, styles.before), after: tell(after, styles.after) }];
    }
    const said = { before: saidBy(one, this.style), after: saidBy(other, this.style) };
    const heads = differs ? [{ kind: "changed", place, ...said } as const] : [];
    return [...heads, ...this.#inside(one, other, matching, around)];
  }

  /** Undefined when there are no two lists of one sort, or a list was made and nothing in it is found again. */
  #match(one: Side, other: Side): Matching | undefined {
    const areLists = one.inner.length > 0 && other.inner.length > 0;
    if (!areLists || (one.core.is === "sequence") !== (other.core.is === "sequence")) return undefined;
    const match = one.core.ordered && other.core.ordered ? matchSteps : matchItems;
    const matching = match(placed(one.inner), placed(other.inner), this.identity);
    const isMade = one.isMade ?? other.isMade ?? false;
    return isMade && matching.pairs.length === 0 ? undefined : matching;
  }

  #inside(one: Side, other: Side, matching: Matching, around: Around): DefinitionChange[] {
    const before = (index: number) => placeIn(around.before, one, index, this.style);
    const after = (index: number) => placeIn(around.after, other, index, this.style);
    const changed = matching.pairs.filter(([b, a]) => !this.identity.same(b.clause, a.clause));
    const found = [
      ...changed.map(([b, a]) => ({
        index: a.index,
        changes: this.compare(b.clause, a.clause, { before: before(b.index), after: after(a.index) }),
      })),
      ...matching.removed.map(({ clause, index }) => ({
        index,
        changes: [{ kind: "removed", place: placeText(before(index)), before: tell(clause, this.style) } as const],
      })),
      ...matching.added.map(({ clause, index }) => ({
        index,
        changes: [{ kind: "added", place: placeText(after(index)), after: tell(clause, this.style) } as const],
      })),
    ];
    return found.sort((a, b) => a.index - b.index).flatMap(({ changes }) => changes);
  }
}

function areAlike(before: Clause, after: Clause): boolean {
  return likeness(marksOf(before), marksOf(after)) >= LIKE;
}

/** A clause and everything inside it, standing alone. */
function tell(clause: Clause, style: Style): string {
  return print({ ...lineOf(clause, style), role: "definition" }).join("\n");
}

/** One of two lines that are compared. */
interface Side {
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
function sidesOf(before: Clause, after: Clause, identity: Identity): readonly [Side, Side] {
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
function saidBy({ said }: Side, style: Style): string {
  return textOf(said, style).replace(/ (?:where|with)$/, "");
}

/** Where something stands, from the outside in. */
type PlaceWords = readonly string[];

/** The place of a list's entry. */
function placeIn(around: PlaceWords, { said, core }: Side, index: number, style: Style): PlaceWords {
  const heads = said.filter((clause) => clause !== core && hasPlace(clause));
  if (core.is !== "sequence") return [...around, `in ${textOf([...heads, core], style)}`];
  const level = textOf(heads, style).replace(/ (?:where|with)$/, "");
  return [...around, ...(level === "" ? [] : [`in ${level}`]), `step ${index + 1} of the sequence`];
}

function placeText(place: PlaceWords): string {
  return place.length === 0 ? "at the top" : place.join(", ");
}

/** A step's place is its number, and there is one definition only. */
function hasPlace({ is }: Clause): boolean {
  return is !== "step" && is !== "definition";
}

/** More values than this are not read one by one. */
const MAX_READ = 8;

/** The styles for two comparisons one of which became the other: of two long lists only what differs is told. */
function stylesFor(before: Clause, after: Clause, style: Style): { readonly before: Style; readonly after: Style } {
  const [was, is] = [before.topic?.list, after.topic?.list];
  if (was === undefined || is === undefined || was.length <= MAX_READ || is.length <= MAX_READ) {
    return { before: style, after: style };
  }
  const without = (others: readonly Json[]): Style => ({ ...style, list: (values) => differing(values, others) });
  return { before: without(is), after: without(was) };
}

/** `"new", and 199 that stay` */
function differing(values: readonly Json[], others: readonly Json[]): string {
  const left = new Map<string, number>();
  for (const other of others) left.set(json(other), (left.get(json(other)) ?? 0) + 1);
  const own = values.filter((value) => {
    const count = left.get(json(value)) ?? 0;
    left.set(json(value), count - 1);
    return count <= 0;
  });
  const stay = values.length - own.length;
  if (stay === 0) return enumerated(own);
  return own.length === 0 ? `${stay} values that stay` : `${enumerated(own)}, and ${stay} that stay`;
}
