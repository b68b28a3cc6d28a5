import type { Records } from "./record-store";

/**
 * Whether the store has kept the records of what was created: a new runner without a Redis and a wiped folder have none, and what an
 * interrupted run left behind would go unnoticed.
 */
export interface CreationRecords {
  /** Whether a creation has begun with this store before. */
  kept(): Promise<boolean>;
  /** From now on they are. */
  keep(): Promise<void>;
}

const NAME = "kept";

/** Keeps the mark as a record. */
export const creationRecords = (records: Records): CreationRecords => ({
  kept: async () => (await records.read(NAME)) !== undefined,
  keep: () => records.write(NAME, true),
});
