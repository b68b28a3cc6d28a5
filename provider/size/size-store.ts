import { z } from "zod";
import type { Records } from "../state/record-store";

/** Reports are paid for, and numbers of yesterday's events hardly change before tomorrow. */
export const SIZE_LIFETIME_MS = 24 * 60 * 60_000;

const count = z.number().nonnegative();
const schema = z.object({
  size: z.object({ persons: count, sessions: count.optional(), events: count.optional() }),
  allPersons: count.optional(),
  precision: z.string().optional(),
});

/** What was counted once. */
export type KnownSize = z.infer<typeof schema>;

/** Sizes that were counted within `SIZE_LIFETIME_MS`, by this or another process: the records end after that. */
export class SizeStore {
  constructor(private readonly records: Records) {}

  /** @param key a hash: the record of it is no place for a secret. */
  async load(key: string): Promise<KnownSize | undefined> {
    return schema.safeParse((await this.records.read(key))?.value).data;
  }

  async save(key: string, known: KnownSize): Promise<void> {
    await this.records.write(key, known);
  }
}
