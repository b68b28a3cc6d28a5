/** What is kept of one thing, as it was when it was read. */
export interface StoredRecord {
  readonly name: string;
  /** Parse it: it is input. */
  readonly value: unknown;
  /**
   * Puts a value in its place, where the record is still as it was read, and lets it be kept anew.
   *
   * @returns what is kept now; undefined if somebody else has changed or removed it: of two that replace the same, one does.
   */
  replace(value: unknown): Promise<StoredRecord | undefined>;
  /** Removes it where it is still as it was read. @returns whether it was this call that removed it. */
  remove(): Promise<boolean>;
}

/** The records of one kind, by the name of what they are about: any text. */
export interface Records {
  /** @returns undefined where there is none, or none that is of use any more. */
  read(name: string): Promise<StoredRecord | undefined>;
  /** All that are there, in no order. */
  all(): Promise<readonly StoredRecord[]>;
  /** Writes it, whatever was there before. */
  write(name: string, value: unknown): Promise<void>;
  /** @returns undefined where there is one already: of two that create the same, one does. */
  create(name: string, value: unknown): Promise<StoredRecord | undefined>;
}

/** What records have in common. */
export interface RecordKind {
  /** The kind, and what its records depend on: `stateFileName("intent", cjaUrl, orgId)`. */
  readonly name: string;
  /** How long a record is of use after it was last written, in milliseconds. On disk 30 days at most, but for `holders`: the folder is swept. */
  readonly lifetimeMs: number;
  /** Whether there are thousands of them, each of little worth. They share files then; else each has one of its own. */
  readonly sharesFiles?: boolean;
}

/**
 * Where processes keep what they tell each other: on the disk of a machine, or in a Redis for the runners on all machines.
 * What is written is whole or not there; how a record ends where its store is lost meanwhile is the store's to solve.
 *
 * @example
 * const owners = store({ name: stateFileName("owner", orgId), lifetimeMs: 30 * 86_400_000, sharesFiles: true });
 * const first = await owners.create(segmentId, { stack }); // undefined: somebody else has it
 */
export type RecordStore = (kind: RecordKind) => Records;

/** The store cannot be reached at the moment. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreAway";
}

/**
 * Keeps records in one store, and in a fallback while the first is unavailable. A record is ended where it began: records of either store are
 * found, changed and removed there.
 */
export function storeWithFallback(store: RecordStore, fallback: RecordStore): RecordStore {
  return (kind) => recordsWithFallback(store(kind), fallback(kind));
}

function recordsWithFallback(first: Records, second: Records): Records {
  const unlessUnavailable = async <T>(attempt: () => Promise<T>, otherwise: () => T | Promise<T>): Promise<T> => {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return otherwise();
    }
  };
  return {
    read: async (name) =>
      (await unlessUnavailable(
        () => first.read(name),
        () => undefined,
      )) ?? second.read(name),
    async all() {
      const found = await unlessUnavailable(
        () => first.all(),
        () => [],
      );
      const names = new Set(found.map(({ name }) => name));
      return [...found, ...(await second.all()).filter(({ name }) => !names.has(name))];
    },
    write: (name, value) =>
      unlessUnavailable(
        async () => {
          await first.write(name, value);
          // What was written while the store was away is older.
          await (await second.read(name))?.remove();
        },
        () => second.write(name, value),
      ),
    async create(name, value) {
      if (await second.read(name)) return undefined;
      return unlessUnavailable(
        () => first.create(name, value),
        () => second.create(name, value),
      );
    },
  };
}
