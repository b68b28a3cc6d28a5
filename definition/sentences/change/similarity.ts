import type { Clause } from "../clause/clause";
import { CANONICAL_STYLE } from "../style";

/** Tells clauses apart by what they mean: those that mean the same have the same number. */
export class Identity {
  readonly #numbers = new Map<string, number>();
  readonly #known = new Map<Clause, number>();

  of(clause: Clause): number {
    const known = this.#known.get(clause);
    if (known !== undefined) return known;
    const inner = clause.inner.map((each) => this.of(each));
    if (!clause.ordered) inner.sort((a, b) => a - b);
    const meaning = `${clause.is} ${inner.join(" ")}: ${clause.words(CANONICAL_STYLE)}`;
    const number = this.#numbers.get(meaning) ?? this.#numbers.size;
    this.#numbers.set(meaning, number);
    this.#known.set(clause, number);
    return number;
  }

  same(a: Clause, b: Clause): boolean {
    return this.of(a) === this.of(b);
  }
}

/** Features of a clause and of the clauses inside it, by which clauses are compared. The number is the feature's weight. */
export type Features = ReadonlyMap<string, number>;

/** Below this similarity, neither clause was edited into the other. */
export const MIN_SIMILARITY = 0.25;

/** The features of a clause. The subject of a comparison weighs more than its values. */
export function featuresOf(clause: Clause): Features {
  const features = new Map<string, number>();
  const pending: Clause[] = [clause];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const [feature, weight] of ownFeatures(at)) features.set(feature, (features.get(feature) ?? 0) + weight);
    for (const inner of at.inner) pending.push(inner);
  }
  return features;
}

function ownFeatures({ is, words, topic }: Clause): readonly (readonly [string, number])[] {
  const text = words(CANONICAL_STYLE);
  if (topic === undefined) return text === "" ? [] : [[`${is} ${text}`, 1]];
  const subject = topic.subject(CANONICAL_STYLE);
  const values = topic.values(CANONICAL_STYLE);
  const compared = values === "" ? [] : ([[`with ${topic.func} ${values}`, 3]] as const);
  return [[`of ${subject}`, 2], [`by ${topic.func} ${subject}`, 3], ...compared];
}

/** How much two clauses have in common, from 0 to 1. */
export function similarity(a: Features, b: Features): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const [feature, weight] of few) shared += Math.min(weight, many.get(feature) ?? 0);
  return (2 * shared) / (weightOf(a) + weightOf(b));
}

function weightOf(features: Features): number {
  let sum = 0;
  for (const weight of features.values()) sum += weight;
  return sum;
}
