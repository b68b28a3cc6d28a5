/**
 * Levels of JSON nesting that `parse` follows. A container inside an `and` inside a container is three levels, so that
 * about thirty containers fit into each other; the segments guide advises against deep nesting long before.
 * Objects made by code can be endless, which is why there is a limit at all.
 */
export const MAX_DEPTH = 100;

/**
 * Values (objects, lists, texts, numbers …) that one definition may hold in all. A list that shares its items with
 * itself grows without end in JSON while it is small in memory, so that depth alone is no bound.
 */
export const MAX_VALUES = 100_000;

/** Levels that `canonical` follows. Wider than `parse`: what the server answers was accepted there, by other rules. */
export const MAX_CANONICAL_DEPTH = 1_000;

/** Values that `canonical` takes; wider than `parse` for the same reason. */
export const MAX_CANONICAL_VALUES = 500_000;
