import type { FieldRule, Place } from "../grammar/place";
import { pathTo, type Key, type Mistake, type Position } from "../mistake";
import { MAX_VALUES } from "../limits";
import { read, type Shape } from "../shape";

/** What a value is measured against: a field of the grammar, or one of the cases that no field describes. */
export type Expectation =
  | FieldRule
  | { readonly is: "root" }
  /** Nothing beyond being JSON. */
  | { readonly is: "anything" }
  /** The entries of a list that stands where one node belongs. */
  | { readonly is: "entries"; readonly place: Place };

/** One value in one position. The same object may stand in several. */
export interface Visit extends Position {
  readonly value: unknown;
  readonly expected: Expectation;
  readonly parent?: Visit;
  readonly depth: number;
}

/** Whether the value stands inside itself. */
export function containsItself(visit: Visit): boolean {
  for (let at = visit.parent; at !== undefined; at = at.parent) if (at.value === visit.value) return true;
  return false;
}

export type FoundObject = Extract<Shape, { is: "object" }>;
type FoundList = Extract<Shape, { is: "list" }>;

// Keys that reach an object's prototype in code that copies definitions; none of them has a meaning in the language.
const FORBIDDEN: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * The round through a definition: what was found wrong so far, and what is still to be looked at. It keeps its own stack
 * instead of recursing, so that no depth can exhaust the process's.
 */
export class Walk {
  readonly errors: Mistake[] = [];
  readonly warnings: Mistake[] = [];
  readonly #ahead: Visit[] = [];
  #children: Visit[] = [];
  #values = 1;
  #full = false;

  constructor(
    json: unknown,
    readonly isUnknown: (value: unknown) => boolean,
  ) {
    this.#ahead.push({ value: json, expected: { is: "root" }, depth: 1 });
  }

  /** The next value in the document's order; undefined at the end, or when the definition is too big. */
  next(): Visit | undefined {
    for (const child of this.#children.reverse()) this.#ahead.push(child);
    this.#children = [];
    return this.#full ? undefined : this.#ahead.pop();
  }

  error(visit: Visit, message: string, ...further: readonly Key[]): void {
    this.errors.push({ path: pathTo(visit, ...further), message });
  }

  warn(visit: Visit, message: string, ...further: readonly Key[]): void {
    this.warnings.push({ path: pathTo(visit, ...further), message });
  }

  /** Looks at every value of an object later. Keys for which nothing is expected are left out. */
  enterKeys(visit: Visit, found: FoundObject, expect: (key: string) => Expectation | undefined): void {
    for (const key of found.keys) {
      if (FORBIDDEN.has(key)) {
        this.error(visit, `the key "${key}" is not allowed`, key);
        continue;
      }
      const expected = expect(key);
      if (expected !== undefined) this.#enter(visit, found.value, key, expected);
    }
  }

  /** Looks at every entry of a list later. */
  enterList(visit: Visit, found: FoundList, expected: Expectation): void {
    for (let index = 0; index < found.length; index += 1) this.#enter(visit, found.value, index, expected);
  }

  #enter(visit: Visit, container: object, key: Key, expected: Expectation): void {
    const reading = read(container, key);
    if ("failure" in reading) this.error(visit, `cannot be read: ${reading.failure}`, key);
    else this.#children.push({ value: reading.value, expected, parent: visit, key, depth: visit.depth + 1 });
  }

  /** Looks at the same value again, under another expectation. */
  checkAs({ expected: _, ...visit }: Visit, expected: Expectation): void {
    this.#children.push({ ...visit, expected });
  }

  /** Whether so many more values may follow; if not, that is the last mistake. */
  hasRoomFor(visit: Visit, values: number): boolean {
    this.#values += values;
    if (this.#values <= MAX_VALUES) return true;
    this.error(visit, `the definition holds more than ${MAX_VALUES} values in all (from here on it was not checked)`);
    this.#full = true;
    return false;
  }
}
