import type { Key } from "./mistake";
import type { Shape } from "../shape";
import type { Expectation, Visit } from "./visit";
import type { Walk } from "./walk";

export type FoundObject = Extract<Shape, { is: "object" }>;
export type FoundList = Extract<Shape, { is: "list" }>;

// Keys that reach an object's prototype in code that copies definitions; none of them has a meaning in the language.
const FORBIDDEN: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Looks at every value of an object later. Keys for which nothing is expected are left out. */
export function enterKeys(
  walk: Walk,
  visit: Visit,
  found: FoundObject,
  expect: (key: string) => Expectation | undefined,
): void {
  for (const key of found.keys) {
    if (FORBIDDEN.has(key)) {
      walk.error(visit, `the key "${key}" is not allowed`, key);
      continue;
    }
    const expected = expect(key);
    if (expected !== undefined) walk.enter(visit, found.value, key, expected);
  }
}

/** Looks at every entry of a list later. */
export function enterList(walk: Walk, visit: Visit, found: FoundList, expected: Expectation): void {
  for (let index: Key = 0; index < found.length; index += 1) walk.enter(visit, found.value, index, expected);
}
