import { MAX_VALUES } from "../limits";
import type { Key, Mistake } from "./mistake";
import { read } from "../shape";
import { pathTo, type Expectation, type Visit } from "./visit";

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

  /** Looks at a field of the visited object later. */
  enter(visit: Visit, container: object, key: Key, expected: Expectation): void {
    const reading = read(container, key);
    if ("failure" in reading) this.error(visit, `cannot be read: ${reading.failure}`, key);
    else this.#children.push({ value: reading.value, expected, parent: visit, key, depth: visit.depth + 1 });
  }

  /** Looks at the same value again, under another expectation. */
  again({ expected: _, ...visit }: Visit, expected: Expectation): void {
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
