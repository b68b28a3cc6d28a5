import { isExactNumber } from "./json";

type Rank = string | number;

/** A copy in the order of what is told of each entry, the first that differs: texts by their code units, on every machine. */
export function sortedBy<T>(entries: Iterable<T>, told: (entry: T) => Rank | readonly Rank[]): T[] {
  const ranked = Array.from(entries, (entry) => ({ entry, ranks: [told(entry)].flat() }));
  ranked.sort(({ ranks: a }, { ranks: b }) => {
    const at = a.findIndex((rank, i) => rank !== b[i]);
    return at < 0 ? 0 : (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
  });
  return ranked.map(({ entry }) => entry);
}

/** A copy with the keys of every object in order: the engine writes them in another order at each call. */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== "object" || value === null || isExactNumber(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withSortedKeys(inner)] as const);
  return Object.fromEntries(sortedBy(entries, ([key]) => key));
}
