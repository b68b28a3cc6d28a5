/**
 * The longest list of pairs in the order of both lists. Lists that would take more comparisons than `most` are compared from
 * both ends only; no sequence that anybody wrote is near.
 */
export function longestCommon<T>(
  before: readonly T[],
  after: readonly T[],
  matches: (a: T, b: T) => boolean,
  most: number,
): (readonly [T, T])[] {
  const start = commonStart(before, after, matches);
  const end = commonStart(before.slice(start.length).reverse(), after.slice(start.length).reverse(), matches).reverse();
  const inBefore = before.slice(start.length, before.length - end.length);
  const inAfter = after.slice(start.length, after.length - end.length);
  const isFar = inBefore.length * inAfter.length > most;
  return [...start, ...(isFar ? [] : longest(inBefore, inAfter, matches)), ...end];
}

function commonStart<T>(before: readonly T[], after: readonly T[], matches: (a: T, b: T) => boolean): [T, T][] {
  const pairs: [T, T][] = [];
  for (const [index, a] of before.entries()) {
    if (index >= after.length) break;
    const b = after[index] as T;
    if (!matches(a, b)) break;
    pairs.push([a, b]);
  }
  return pairs;
}

/** The textbook's table: `lengths[i][j]` is the longest that is possible from here on. */
function longest<T>(before: readonly T[], after: readonly T[], matches: (a: T, b: T) => boolean): [T, T][] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const skipped = Math.max(at(i + 1, j), at(i, j + 1));
      const taken = matches(before[i] as T, after[j] as T) ? at(i + 1, j + 1) + 1 : 0;
      lengths[i * width + j] = Math.max(skipped, taken);
    }
  }
  const pairs: [T, T][] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    const isLonger = at(i, j) > Math.max(at(i + 1, j), at(i, j + 1));
    if (isLonger) pairs.push([before[i++] as T, after[j++] as T]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}
