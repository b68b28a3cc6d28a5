import { randomInt } from "node:crypto";

/** Random choices that a seed decides, all of them: the same seed plays the same game again. */
export class Chance {
  constructor(private state: number) {}

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  oneOf<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  /** Another sequence, so that what happens side by side does not disturb each other. */
  fork(): Chance {
    return new Chance(this.below(2 ** 32));
  }

  /** mulberry32: short, and good enough to spread kills over a run. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/** The seed that `PULUMI_CJA_TEST_SEED` gives, to play a game again; else any. */
export const anySeed = (): number => Number(process.env["PULUMI_CJA_TEST_SEED"] ?? randomInt(2 ** 31));

/** The failure of a game, with how to play the same again. */
export function replayable(error: unknown, seed: number, printed: string): Error {
  const said = `Played with PULUMI_CJA_TEST_SEED=${seed}. The processes printed:\n${printed}`;
  return new Error(`${error instanceof Error ? error.message : String(error)}\n${said}`, { cause: error });
}
