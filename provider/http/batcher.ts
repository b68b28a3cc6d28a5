import type { Clock } from "../clock";

/** How many IDs a request may filter by: they have about 50 characters, and servers take about 8,000 characters of address. */
export const MAX_IDS_PER_REQUEST = 100;

/** In parts of so many at most. */
export const chunk = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

/** How long the first request waits for others: the engine reads several resources at a time, but not in the same moment. */
const BATCH_WINDOW_MS = 50;

interface PendingLoad<T> {
  readonly id: string;
  readonly resolve: (found: T | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Collects the IDs that callers ask for within a short time, and loads them as one batch. Calls that come meanwhile form the next batch. */
export class Batcher<T> {
  private pending: PendingLoad<T>[] = [];
  private isRunning = false;

  constructor(
    clock: Clock,
    private readonly loadBatch: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
    private readonly waitForOthers: () => Promise<void> = () => clock.sleep(BATCH_WINDOW_MS),
  ) {}

  /** @returns undefined where the batch has no item for the ID. */
  load(id: string): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.pending.push({ id, resolve, reject });
      void this.run();
    });
  }

  private async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    while (this.pending.length > 0) {
      await this.waitForOthers();
      const batch = this.pending.splice(0);
      try {
        const found = await this.loadBatch([...new Set(batch.map(({ id }) => id))]);
        for (const { id, resolve } of batch) resolve(found.get(id));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isRunning = false;
  }
}

/** The form in which a batch answers its `Batcher`. */
export const indexById = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]));
