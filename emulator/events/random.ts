/**
 * Numbers that look as if they came by chance, and are the same for the same seed: mulberry32, eight lines instead of a package. Data that
 * persons make up have no other use for it.
 */
export class Random {
  constructor(private state: number) {}

  /** At least 0, less than 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both bounds included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of several; one that stands there twice comes twice as often. */
  oneOf<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.integer(0, choices.length - 1)] ?? choices[0];
  }

  /** So many different whole numbers below a bound, in order. */
  distinct(count: number, below: number): number[] {
    const found = new Set<number>();
    while (found.size < Math.min(count, below)) found.add(this.integer(0, below - 1));
    return [...found].sort((a, b) => a - b);
  }
}
