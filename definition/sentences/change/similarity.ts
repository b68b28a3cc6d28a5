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

/** What is said in a clause and inside it, as marks that clauses can share. The number is the mark's weight. */
export type Marks = ReadonlyMap<string, number>;

/** Less than this in common, and the one did not come from the other. */
export const LIKE = 0.25;

/** The marks of a clause. What a comparison looks at weighs more than what it compares with. */
export function marksOf(clause: Clause): Marks {
  const marks = new Map<string, number>();
  const ahead: Clause[] = [clause];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    for (const [mark, weight] of ownMarks(at)) marks.set(mark, (marks.get(mark) ?? 0) + weight);
    for (const inner of at.inner) ahead.push(inner);
  }
  return marks;
}

function ownMarks({ is, words, topic }: Clause): readonly (readonly [string, number])[] {
  const text = words(EXACT);
  if (topic === undefined) return text === "" ? [] : [[`${is} ${text}`, 1]];
  const subject = topic.subject(EXACT);
  const values = topic.values(EXACT);
  const compared = values === "" ? [] : ([[`with ${topic.func} ${values}`, 3]] as const);
  return [[`of ${subject}`, 2], [`by ${topic.func} ${subject}`, 3], ...compared];
}

/** How much two clauses have in common, from 0 to 1. */
export function likeness(a: Marks, b: Marks): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const [mark, weight] of few) shared += Math.min(weight, many.get(mark) ?? 0);
  return (2 * shared) / (weightOf(a) + weightOf(b));
}

function weightOf(marks: Marks): number {
  let sum = 0;
  for (const weight of marks.values()) sum += weight;
  return sum;
}
