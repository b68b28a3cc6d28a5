import type { Clause } from "../clause/clause";
import { EXACT } from "../style";

/** Tells clauses apart by what they mean: those that mean the same have the same number. */
export class Identity {
  readonly #numbers = new Map<string, number>();
  readonly #known = new Map<Clause, number>();

  of(clause: Clause): number {
    const known = this.#known.get(clause);
    if (known !== undefined) return known;
    const inner = clause.inner.map((each) => this.of(each));
    if (!clause.ordered) inner.sort((a, b) => a - b);
    const said = `${clause.is} ${inner.join(" ")}: ${clause.words(EXACT)}`;
    const number = this.#numbers.get(said) ?? this.#numbers.size;
    this.#numbers.set(said, number);
    this.#known.set(clause, number);
    return number;
  }

  same(a: Clause, b: Clause): boolean {
    return this.of(a) === this.of(b);
  }
}
