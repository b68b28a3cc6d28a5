import type { Clause } from "../clause/clause";
import { lineOf, print } from "../line";
import { EXACT, type Style } from "../style";
import type { DefinitionChange } from "./change";
import type { Identity } from "./identity";
import { LIKE, likeness, marksOf } from "./likeness";
import { stylesFor } from "./long-list";
import { matchItems } from "./match-items";
import { matchSteps } from "./match-steps";
import { placed, type Matching } from "./matching";
import { placeIn, placeText, type PlaceWords } from "./place";
import { saidBy, sidesOf, type Side } from "./side";

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
