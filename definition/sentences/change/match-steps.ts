import type { Identity } from "./identity";
import { LIKE, likeness, marksOf, type Marks } from "./likeness";
import { longestCommon } from "./longest-common";
import { matchingOf, type Matching, type Pair, type Placed } from "./matching";

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
