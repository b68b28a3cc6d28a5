import type { Clock } from "../clock";

/** The engine reads several resources at a time, but not in the same moment: so long the first waits for the others. */
const GATHER_MS = 50;

interface Asked<T> {
  readonly id: string;
  readonly resolve: (found: T | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Lets those who ask in the same moment be answered together, and those who ask meanwhile after them. */
export class Gathering<T> {
  private asked: Asked<T>[] = [];
  private working = false;

  constructor(
    private readonly clock: Clock,
    private readonly answer: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ) {}

  /** @returns undefined where the answer says nothing of the ID. */
  ask(id: string): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.asked.push({ id, resolve, reject });
      void this.work();
    });
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    while (this.asked.length > 0) {
      await this.clock.sleep(GATHER_MS);
      const asked = this.asked.splice(0);
      try {
        const found = await this.answer([...new Set(asked.map(({ id }) => id))]);
        for (const { id, resolve } of asked) resolve(found.get(id));
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    this.working = false;
  }
}
