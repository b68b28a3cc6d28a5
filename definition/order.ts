import { compareNumbers } from "./json";
import { isList, isNumber, isObject } from "./json/value";
import type { Json, JsonObject } from "./json/value";

/**
 * An order of JSON values, by which entries whose own order means nothing are sorted: 0 only for the same value with its
 * keys in the same order. It stops at the first difference, so that sorting does not write out whole subtrees.
 */
export function order(a: Json, b: Json): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (isList(a) && isList(b)) return orderOfLists(a, b);
  if (isObject(a) && isObject(b)) return orderOfObjects(a, b);
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  return a === b ? 0 : (a as string | number) < (b as string | number) ? -1 : 1;
}

function orderOfLists(a: readonly Json[], b: readonly Json[]): number {
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const difference = order(a[index] ?? null, b[index] ?? null);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function orderOfObjects(a: JsonObject, b: JsonObject): number {
  const keys = Object.keys(a);
  const others = Object.keys(b);
  for (const [index, key] of keys.entries()) {
    const other = others[index];
    if (other === undefined) return 1;
    if (key !== other) return key < other ? -1 : 1;
    const difference = order(a[key] ?? null, b[key] ?? null);
    if (difference !== 0) return difference;
  }
  return keys.length - others.length;
}

function rankOf(value: Json): number {
  if (isList(value)) return 5;
  if (isNumber(value)) return 2;
  return value === null ? 0 : ["boolean", "number", "string", "object"].indexOf(typeof value) + 1;
}
