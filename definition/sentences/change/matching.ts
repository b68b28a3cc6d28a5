import { type Clause, rowOf, textOf } from "../clause/clause";
import { EXACT } from "../style";
import { type Identity, LIKE, likeness, marksOf, type Marks } from "./similarity";
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
  const isLeft = (entry: Placed) => !matched.has(entry);
  return { pairs, removed: before.filter(isLeft), added: after.filter(isLeft) };
}

/** A mark that more entries share tells nothing about any of them, and comparing them all would take for ever. */
const MAX_SHARING = 20;

/** Matches entries whose order means nothing: the same first, then those with most in common. */
export function matchItems(before: readonly Placed[], after: readonly Placed[], identity: Identity): Matching {
  const rounds: readonly ((before: readonly Placed[], after: readonly Placed[]) => Pair[])[] = [
    (b, a) => pairsByKey(b, a, ({ clause }) => String(identity.of(clause))),
    pairsByLikeness,
    // Very many comparisons with the same dimension, all changed at once: the first became the first.
    (b, a) => pairsByKey(b, a, (entry) => topicOf(entry, "with its function")),
    (b, a) => pairsByKey(b, a, (entry) => topicOf(entry)),
    lastPair,
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
function pairsByLikeness(before: readonly Placed[], after: readonly Placed[]): Pair[] {
  const marks = new Map([...before, ...after].map((entry) => [entry, marksOf(entry.clause)]));
  const sharing = new Map<string, Placed[]>();
  for (const entry of after) {
    for (const mark of marks.get(entry)?.keys() ?? []) {
      const others = sharing.get(mark);
      if (others === undefined) sharing.set(mark, [entry]);
      else others.push(entry);
    }
  }
  const found = before.flatMap((entry) => {
    const own = marks.get(entry) ?? new Map<string, number>();
    const near = [...own.keys()].map((mark) => sharing.get(mark) ?? []).filter(({ length }) => length <= MAX_SHARING);
    return [...new Set(near.flat())].map((other) => ({
      pair: [entry, other] as const,
      like: likeness(own, marks.get(other) ?? new Map<string, number>()),
      moved: Math.abs(entry.index - other.index),
    }));
  });
  const taken = new Set<Placed>();
  return found
    .filter(({ like }) => like >= LIKE)
    .sort((a, b) => b.like - a.like || a.moved - b.moved)
    .flatMap(({ pair }) => {
      if (pair.some((entry) => taken.has(entry))) return [];
      for (const entry of pair) taken.add(entry);
      return [pair];
    });
}

/** One condition less and one more: that is one changed. Of lists nothing would stay the same. */
function lastPair(before: readonly Placed[], after: readonly Placed[]): Pair[] {
  const [one, ...others] = before;
  const [other, ...moreOthers] = after;
  if (one === undefined || other === undefined || others.length > 0 || moreOthers.length > 0) return [];
  const areConditions = [one, other].every(({ clause }) => rowOf(clause).core.is === "condition");
  return areConditions ? [[one, other]] : [];
}

/** What a comparison is about; none for anything else. */
function topicOf({ clause }: Placed, withFunction?: "with its function"): string | undefined {
  const { heads, core } = rowOf(clause);
  if (core.topic === undefined) return undefined;
  const func = withFunction === undefined ? "" : core.topic.func;
  return `${textOf(heads, EXACT)} ${func} ${core.topic.subject(EXACT)}`;
}

/** Comparisons up to which the best matching is looked for. To see that steps are the same is cheap. */
const MOST_SAME = 4_000_000;
const MOST_ALIKE = 100_000;

/** Matches entries whose order has a meaning: as many as can stay, and between those the ones that were changed. */
export function matchSteps(before: readonly Placed[], after: readonly Placed[], identity: Identity): Matching {
  const same = longestCommon(before, after, (a, b) => identity.same(a.clause, b.clause), MOST_SAME);
  const pairs = between(before, after, same).flatMap(([removed, added]) => {
    const like = longestCommon(removed, added, alike([...removed, ...added]), MOST_ALIKE);
    return [...like, ...between(removed, added, like).flatMap(replaced)];
  });
  return matchingOf(before, after, [...same, ...pairs]);
}

type Gap = readonly [removed: readonly Placed[], added: readonly Placed[]];

/** One in the place of one is that one changed. */
function replaced([removed, added]: Gap): Pair[] {
  const [one] = removed;
  const [other] = added;
  const isReplaced = one !== undefined && other !== undefined && removed.length === 1 && added.length === 1;
  return isReplaced ? [[one, other]] : [];
}

function alike(entries: readonly Placed[]): (a: Placed, b: Placed) => boolean {
  const marks = new Map(entries.map((entry) => [entry, marksOf(entry.clause)]));
  const none: Marks = new Map();
  return (a, b) => likeness(marks.get(a) ?? none, marks.get(b) ?? none) >= LIKE;
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
