import { isExactNumber } from "./json";

type SortKey = string | number;

/** A copy sorted by the keys of each entry; the first key that differs decides: texts by their code units, on every machine. */
export function sortedBy<T>(entries: Iterable<T>, rankOf: (entry: T) => SortKey | readonly SortKey[]): T[] {
  const keyed = Array.from(entries, (entry) => ({ entry, ranks: [rankOf(entry)].flat() }));
  keyed.sort(({ ranks: a }, { ranks: b }) => {
    const index = a.findIndex((rank, i) => rank !== b[i]);
    return index < 0 ? 0 : (a[index] ?? 0) < (b[index] ?? 0) ? -1 : 1;
  });
  return keyed.map(({ entry }) => entry);
}

/** A copy with the keys of every object in order: the engine writes them in another order at each call. */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== "object" || value === null || isExactNumber(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withSortedKeys(inner)] as const);
  return Object.fromEntries(sortedBy(entries, ([key]) => key));
}
