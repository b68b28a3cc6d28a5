import { type Clause, splitLine, joinWords } from "../clause/clause";
import { CANONICAL_STYLE } from "../style";
import { type Identity, MIN_SIMILARITY, similarity, featuresOf, type Features } from "./similarity";
import { longestCommon } from "./longest-common";

/** A clause and its place among its neighbours, counted from 0. */
interface Placed {
  readonly clause: Clause;
  readonly index: number;
}

/** An entry of a list, and the one that it became. */
type Pair = readonly [before: Placed, after: Placed];

/** Which entries of one list became which of another, be they the same or changed. */
export interface Matching {
  readonly pairs: readonly Pair[];
  readonly removed: readonly Placed[];
  readonly added: readonly Placed[];
}

export const placed = (clauses: readonly Clause[]): readonly Placed[] =>
  clauses.map((clause, index) => ({ clause, index }));

/** The matching that these pairs make. */
function matchingOf(before: readonly Placed[], after: readonly Placed[], pairs: readonly Pair[]): Matching {
  const matched = new Set(pairs.flat());
  const isUnmatched = (entry: Placed) => !matched.has(entry);
  return { pairs, removed: before.filter(isUnmatched), added: after.filter(isUnmatched) };
}

/** A mark that more entries share tells nothing about any of them, and comparing them all would take for ever. */
const MAX_SHARED = 20;

/** Matches entries whose order means nothing: the same first, then those with most in common. */
export function matchItems(before: readonly Placed[], after: readonly Placed[], identity: Identity): Matching {
  const rounds: readonly ((before: readonly Placed[], after: readonly Placed[]) => Pair[])[] = [
    (b, a) => pairsByKey(b, a, ({ clause }) => String(identity.of(clause))),
    pairsBySimilarity,
    // Very many comparisons with the same dimension, all changed at once: the first became the first.
    (b, a) => pairsByKey(b, a, (entry) => topicOf(entry, "with its function")),
    (b, a) => pairsByKey(b, a, (entry) => topicOf(entry)),
    pairLastConditions,
  ];
  let matching: Matching = { pairs: [], removed: before, added: after };
  for (const round of rounds) {
    const pairs = round(matching.removed, matching.added);
    const rest = matchingOf(matching.removed, matching.added, pairs);
    matching = { ...rest, pairs: [...matching.pairs, ...pairs] };
  }
  return matching;
}

/** Pairs entries with the same key, in their order. Those without a key are left alone. */
function pairsByKey(
  before: readonly Placed[],
  after: readonly Placed[],
  keyOf: (entry: Placed) => string | undefined,
): Pair[] {
  const waiting = new Map<string, Placed[]>();
  for (const entry of before.toReversed()) {
    const key = keyOf(entry);
    if (key === undefined) continue;
    const others = waiting.get(key);
    if (others === undefined) waiting.set(key, [entry]);
    else others.push(entry);
  }
  return after.flatMap((entry): Pair[] => {
    const other = waiting.get(keyOf(entry) ?? "")?.pop();
    return other === undefined ? [] : [[other, entry]];
  });
}

/** Pairs entries that have much in common, the likest first; of equally like ones those that hardly moved. */
function pairsBySimilarity(before: readonly Placed[], after: readonly Placed[]): Pair[] {
  const featuresByEntry = new Map([...before, ...after].map((entry) => [entry, featuresOf(entry.clause)]));
  const entriesByFeature = new Map<string, Placed[]>();
  for (const entry of after) {
    for (const feature of featuresByEntry.get(entry)?.keys() ?? []) {
      const others = entriesByFeature.get(feature);
      if (others === undefined) entriesByFeature.set(feature, [entry]);
      else others.push(entry);
    }
  }
  const found = before.flatMap((entry) => {
    const ownFeatures = featuresByEntry.get(entry) ?? new Map<string, number>();
    const candidates = [...ownFeatures.keys()]
      .map((feature) => entriesByFeature.get(feature) ?? [])
      .filter(({ length }) => length <= MAX_SHARED);
    return [...new Set(candidates.flat())].map((other) => ({
      pair: [entry, other] as const,
      like: similarity(ownFeatures, featuresByEntry.get(other) ?? new Map<string, number>()),
      moved: Math.abs(entry.index - other.index),
    }));
  });
  const taken = new Set<Placed>();
  return found
    .filter(({ like: similarity }) => similarity >= MIN_SIMILARITY)
    .sort((a, b) => b.like - a.like || a.moved - b.moved)
    .flatMap(({ pair }) => {
      if (pair.some((entry) => taken.has(entry))) return [];
      for (const entry of pair) taken.add(entry);
      return [pair];
    });
}

/** One condition less and one more: that is one changed. Of lists nothing would stay the same. */
function pairLastConditions(before: readonly Placed[], after: readonly Placed[]): Pair[] {
  const [one, ...others] = before;
  const [other, ...moreOthers] = after;
  if (one === undefined || other === undefined || others.length > 0 || moreOthers.length > 0) return [];
  const areConditions = [one, other].every(({ clause }) => splitLine(clause).main.is === "condition");
  return areConditions ? [[one, other]] : [];
}

/** What a comparison is about; none for anything else. */
function topicOf({ clause }: Placed, withFunction?: "with its function"): string | undefined {
  const { leading, main } = splitLine(clause);
  if (main.topic === undefined) return undefined;
  const func = withFunction === undefined ? "" : main.topic.func;
  return `${joinWords(leading, CANONICAL_STYLE)} ${func} ${main.topic.subject(CANONICAL_STYLE)}`;
}

/** Comparisons up to which the best matching is looked for. To see that steps are the same is cheap. */
const MAX_EQUALITY_CHECKS = 4_000_000;
const MAX_SIMILARITY_CHECKS = 100_000;

/** Matches entries whose order has a meaning: as many as can stay, and between those the ones that were changed. */
export function matchSteps(before: readonly Placed[], after: readonly Placed[], identity: Identity): Matching {
  const same = longestCommon(before, after, (a, b) => identity.same(a.clause, b.clause), MAX_EQUALITY_CHECKS);
  const pairs = between(before, after, same).flatMap(([removed, added]) => {
    const similarity = longestCommon(
      removed,
      added,
      createSimilarityCheck([...removed, ...added]),
      MAX_SIMILARITY_CHECKS,
    );
    return [...similarity, ...between(removed, added, similarity).flatMap(pairIfReplaced)];
  });
  return matchingOf(before, after, [...same, ...pairs]);
}

type Gap = readonly [removed: readonly Placed[], added: readonly Placed[]];

/** One in the place of one is that one changed. */
function pairIfReplaced([removed, added]: Gap): Pair[] {
  const [one] = removed;
  const [other] = added;
  const isReplaced = one !== undefined && other !== undefined && removed.length === 1 && added.length === 1;
  return isReplaced ? [[one, other]] : [];
}

function createSimilarityCheck(entries: readonly Placed[]): (a: Placed, b: Placed) => boolean {
  const featuresByEntry = new Map(entries.map((entry) => [entry, featuresOf(entry.clause)]));
  const none: Features = new Map();
  return (a, b) => similarity(featuresByEntry.get(a) ?? none, featuresByEntry.get(b) ?? none) >= MIN_SIMILARITY;
}

/** What stands between the pairs, before the first and after the last. */
function between(before: readonly Placed[], after: readonly Placed[], pairs: readonly Pair[]): Gap[] {
  const ends: readonly (Pair | readonly [undefined, undefined])[] = [...pairs, [undefined, undefined]];
  let [b, a] = [0, 0];
  return ends.map(([one, other]): Gap => {
    const endOfRemoved = one === undefined ? before.length : before.indexOf(one, b);
    const endOfAdded = other === undefined ? after.length : after.indexOf(other, a);
    const gap: Gap = [before.slice(b, endOfRemoved), after.slice(a, endOfAdded)];
    [b, a] = [endOfRemoved + 1, endOfAdded + 1];
    return gap;
  });
}
