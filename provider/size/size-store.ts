import { z } from "zod";
import type { Records } from "../state/record-store";
import type { Clock } from "../clock";

/** Reports are paid for, and numbers of yesterday's events hardly change before tomorrow. */
export const SIZE_LIFETIME_MS = 24 * 60 * 60_000;

const count = z.number().nonnegative();
const schema = z.object({
  at: z.number(),
  size: z.object({ persons: count, sessions: count.optional(), events: count.optional() }),
  allPersons: count.optional(),
  precision: z.string().optional(),
});

/** What was counted once. */
export type KnownSize = Omit<z.infer<typeof schema>, "at">;

/** Sizes that were counted within a day, by this or another process. */
export class SizeStore {
  constructor(
    private readonly records: Records,
    private readonly clock: Clock,
  ) {}

  /** @param key a hash: the record of it is no place for a secret. */
  async load(key: string): Promise<KnownSize | undefined> {
    const { data } = schema.safeParse((await this.records.read(key))?.value);
    if (!data || data.at < this.clock.now() - SIZE_LIFETIME_MS) return undefined;
    const { at: _, ...known } = data;
    return known;
  }

  async save(key: string, known: KnownSize): Promise<void> {
    await this.records.write(key, { at: this.clock.now(), ...known });
  }
}
