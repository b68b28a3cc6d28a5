import type { ExactNumber, Json } from "./json";
import { MAX_CANONICAL_DEPTH, MAX_CANONICAL_VALUES } from "./limits";
import { shapeOf } from "./shape";

/**
 * Copies a value as JSON with the keys in alphabetical order. Keys with the value undefined are left out, as they are
 * when JSON is written.
 *
 * @param numberOf what becomes of a number; by itself a number of a text that JavaScript cannot hold stays what it is
 * @throws TypeError when it holds what JSON has no way to write, RangeError when it is too deep or too big.
 */
export function toJson(value: unknown, numberOf: (number: number | ExactNumber) => Json = (number) => number): Json {
  let values = 0;
  return copy(value, 1);

  function copy(value: unknown, depth: number): Json {
    const found = shapeOf(value);
    values += found.is === "list" ? found.length : 1;
    if (depth > MAX_CANONICAL_DEPTH)
      throw new RangeError(`a definition nested deeper than ${MAX_CANONICAL_DEPTH} levels`);
    if (values > MAX_CANONICAL_VALUES) throw new RangeError(`a definition of more than ${MAX_CANONICAL_VALUES} values`);
    switch (found.is) {
      case "foreign":
        throw new TypeError(`a definition is JSON, which cannot represent ${found.name}`);
      case "list":
        return Array.from(found.value as readonly unknown[], (entry) => copy(entry, depth + 1));
      case "object":
        return Object.fromEntries(entriesOf(found.value, found.keys, depth));
      case "number":
        // Minus zero is written as 0.
        return found.value === 0 ? 0 : numberOf(found.value);
      case "text":
      case "boolean":
      case "null":
        return found.value;
    }
  }

  function entriesOf(object: object, keys: readonly string[], depth: number): (readonly [string, Json])[] {
    return keys
      .map((key) => [key, read(object, key)] as const)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, copy(entry, depth + 1)]);
  }
}

function read(object: object, key: string): unknown {
  try {
    return Reflect.get(object, key);
  } catch (error) {
    throw new TypeError(`a definition is JSON, and its ${JSON.stringify(key)} cannot be read`, { cause: error });
  }
}
