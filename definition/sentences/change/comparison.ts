import { type Clause, splitLine, joinWords, type ClauseLine } from "../clause/clause";
import { lineOf, print } from "../describe";
import { CANONICAL_STYLE, type Style, joinValues } from "../style";
import { type Identity, MIN_SIMILARITY, similarity, featuresOf } from "./similarity";
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
  readonly before: PlaceParts;
  readonly after: PlaceParts;
}

/** Finds what differs between clauses, and says it. */
export class Comparison {
  constructor(
    private readonly style: Style,
    private readonly identity: Identity,
  ) {}

  compare(before: Clause, after: Clause, around: Around): DefinitionChange[] {
    if (this.identity.same(before, after)) return [];
    const [one, other] = pairSides(before, after, this.identity);
    const differs = sideText(one, CANONICAL_STYLE) !== sideText(other, CANONICAL_STYLE);
    const matching = differs && !areSimilar(before, after) ? undefined : this.#match(one, other);
    const place = placeText(around.after);
    if (matching === undefined) {
      const styles = comparisonStyles(one.listClause, other.listClause, this.style);
      return [
        {
          kind: "changed",
          place,
          before: describeClause(before, styles.before),
          after: describeClause(after, styles.after),
        },
      ];
    }
    const lines = { before: sideText(one, this.style), after: sideText(other, this.style) };
    const headChanges = differs ? [{ kind: "changed", place, ...lines } as const] : [];
    return [...headChanges, ...this.#inside(one, other, matching, around)];
  }

  /** Undefined when there are no two lists of one sort, or a list was made and nothing in it is found again. */
  #match(one: Side, other: Side): Matching | undefined {
    const areLists = one.inner.length > 0 && other.inner.length > 0;
    if (!areLists || (one.listClause.is === "sequence") !== (other.listClause.is === "sequence")) return undefined;
    const match = one.listClause.ordered && other.listClause.ordered ? matchSteps : matchItems;
    const matching = match(placed(one.inner), placed(other.inner), this.identity);
    const isSynthetic = one.isSynthetic ?? other.isSynthetic ?? false;
    return isSynthetic && matching.pairs.length === 0 ? undefined : matching;
  }

  #inside(one: Side, other: Side, matching: Matching, around: Around): DefinitionChange[] {
    const before = (index: number) => placeOfItem(around.before, one, index, this.style);
    const after = (index: number) => placeOfItem(around.after, other, index, this.style);
    const changed = matching.pairs.filter(([b, a]) => !this.identity.same(b.clause, a.clause));
    const found = [
      ...changed.map(([b, a]) => ({
        index: a.index,
        changes: this.compare(b.clause, a.clause, { before: before(b.index), after: after(a.index) }),
      })),
      ...matching.removed.map(({ clause, index }) => ({
        index,
        changes: [
          { kind: "removed", place: placeText(before(index)), before: describeClause(clause, this.style) } as const,
        ],
      })),
      ...matching.added.map(({ clause, index }) => ({
        index,
        changes: [
          { kind: "added", place: placeText(after(index)), after: describeClause(clause, this.style) } as const,
        ],
      })),
    ];
    return found.sort((a, b) => a.index - b.index).flatMap(({ changes }) => changes);
  }
}

function areSimilar(before: Clause, after: Clause): boolean {
  return similarity(featuresOf(before), featuresOf(after)) >= MIN_SIMILARITY;
}

/** A clause and everything inside it, standing alone. */
function describeClause(clause: Clause, style: Style): string {
  return print({ ...lineOf(clause, style), role: "definition" }).join("\n");
}

/** One of two lines that are compared. */
interface Side {
  /** What the line says. */
  readonly headClauses: readonly Clause[];
  /** The list inside, which may have been made for the comparison. */
  readonly listClause: Clause;
  readonly inner: readonly Clause[];
  /** The list was made for the comparison. */
  readonly isSynthetic?: true;
}

/**
 * Two lines as they are best compared. A condition alone is the same as a list of one, so that a second one beside it is
 * one more and not another thing altogether.
 */
function pairSides(before: Clause, after: Clause, identity: Identity): readonly [Side, Side] {
  const one = splitLine(before);
  const other = splitLine(after);
  const firstAsList = asListLike(one, other, identity);
  if (firstAsList !== undefined) return [firstAsList, headSide(other)];
  const otherListed = asListLike(other, one, identity);
  return otherListed === undefined ? [wholeSide(one), wholeSide(other)] : [headSide(one), otherListed];
}

const wholeSide = ({ leading, main }: ClauseLine): Side => ({
  headClauses: [...leading, main],
  listClause: main,
  inner: main.inner,
});
const headSide = ({ leading, main }: ClauseLine): Side => ({
  headClauses: leading,
  listClause: main,
  inner: main.inner,
});

/** The line as a list like the one in the other line; undefined when it would not help. */
function asListLike({ leading, main }: ClauseLine, other: ClauseLine, identity: Identity): Side | undefined {
  const list = other.main;
  if (!list.bare) return undefined;
  const clauses = [...leading, main];
  const depth = other.leading.length;
  const condition = clauses[depth];
  if (condition === undefined) return undefined;
  const isAlreadyInList = list.inner.some((inner) => identity.same(inner, condition));
  const isSimilarCondition = main.inner.length === 0 || (condition === main && isSimilarToItem(main, list));
  return isAlreadyInList || isSimilarCondition
    ? { headClauses: clauses.slice(0, depth), listClause: list, inner: [condition], isSynthetic: true }
    : undefined;
}

/** Whether steps are among the conditions of a list, as they are or changed. Other lists are rather compared list by list. */
function isSimilarToItem(steps: Clause, { inner }: Clause): boolean {
  if (steps.is === "junction") return false;
  const features = featuresOf(steps);
  return inner.some(
    (each) => splitLine(each).main.is === steps.is && similarity(features, featuresOf(each)) >= MIN_SIMILARITY,
  );
}

/** What a line says, ready to stand alone. */
function sideText({ headClauses }: Side, style: Style): string {
  return joinWords(headClauses, style).replace(/ (?:where|with)$/, "");
}

/** Where something stands, from the outside in. */
type PlaceParts = readonly string[];

/** The place of a list's entry. */
function placeOfItem(around: PlaceParts, { headClauses, listClause }: Side, index: number, style: Style): PlaceParts {
  const heads = headClauses.filter((clause) => clause !== listClause && hasPlace(clause));
  if (listClause.is !== "sequence") return [...around, `in ${joinWords([...heads, listClause], style)}`];
  const level = joinWords(heads, style).replace(/ (?:where|with)$/, "");
  return [...around, ...(level === "" ? [] : [`in ${level}`]), `step ${index + 1} of the sequence`];
}

function placeText(place: PlaceParts): string {
  return place.length === 0 ? "at the top" : place.join(", ");
}

/** A step's place is its number, and there is one definition only. */
function hasPlace({ is }: Clause): boolean {
  return is !== "step" && is !== "definition";
}

/** More values than this are not read one by one. */
const MAX_READ = 8;

/** The styles for two comparisons one of which became the other: of two long lists, only the differences are shown. */
function comparisonStyles(
  before: Clause,
  after: Clause,
  style: Style,
): { readonly before: Style; readonly after: Style } {
  const [listBefore, listAfter] = [before.topic?.list, after.topic?.list];
  if (
    listBefore === undefined ||
    listAfter === undefined ||
    listBefore.length <= MAX_READ ||
    listAfter.length <= MAX_READ
  ) {
    return { before: style, after: style };
  }
  const onlyDifferences = (others: readonly Json[]): Style => ({
    ...style,
    list: (values) => differingValuesText(values, others),
  });
  return { before: onlyDifferences(listAfter), after: onlyDifferences(listBefore) };
}

/** `"new", and 199 that stay` */
function differingValuesText(values: readonly Json[], others: readonly Json[]): string {
  const remaining = new Map<string, number>();
  for (const other of others) remaining.set(json(other), (remaining.get(json(other)) ?? 0) + 1);
  const changedValues = values.filter((value) => {
    const count = remaining.get(json(value)) ?? 0;
    remaining.set(json(value), count - 1);
    return count <= 0;
  });
  const unchangedCount = values.length - changedValues.length;
  if (unchangedCount === 0) return joinValues(changedValues);
  return changedValues.length === 0
    ? `${unchangedCount} values that stay`
    : `${joinValues(changedValues)}, and ${unchangedCount} that stay`;
}
