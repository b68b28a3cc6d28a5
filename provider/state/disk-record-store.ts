import { createHash } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../clock";
import type { RecordStore, StoredRecord } from "./record-store";
import type { StateFolder } from "./state-folder";

/** What lies on disk of a record. */
interface DiskRecord {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** None once it is removed. */
  readonly value?: unknown;
}

const content: z.ZodType<DiskRecord> = z.object({ name: z.string(), until: z.number(), value: z.unknown().optional() });

/** So many lines may pile up in a file before those that nobody needs any more are thrown out. */
const MAX_STALE_LINES = 64;

/** How the records of a kind lie in files. Changes are made while the lock of the name is held. */
interface Layout {
  lockOf(name: string): string;
  read(name: string): DiskRecord | undefined;
  all(): DiskRecord[];
  write(stored: DiskRecord, now: number): void;
  remove(name: string, now: number): boolean;
}

/** Keeps records in the state folder: for the processes of this user on this machine. */
export function diskRecordStore(folder: StateFolder, clock: Clock): RecordStore {
  return (kind) => {
    const layout = kind.sharesFiles === true ? lineLayout(folder, kind.name) : fileLayout(folder, kind.name);
    const read = (name: string): DiskRecord | undefined => {
      const stored = layout.read(name);
      return stored && stored.until > clock.now() ? stored : undefined;
    };
    const withLock = <T>(name: string, section: (before: DiskRecord | undefined) => T): Promise<T> =>
      folder.lock(layout.lockOf(name), () => section(read(name)));

    const writeRecord = (name: string, value: unknown): StoredRecord => {
      const stored = { name, until: clock.now() + kind.lifetimeMs, value };
      layout.write(stored, clock.now());
      return toStoredRecord(stored);
    };
    const toStoredRecord = (stored: DiskRecord): StoredRecord => {
      const { name, value } = stored;
      const isSame = (other: DiskRecord | undefined) =>
        other !== undefined && fingerprint(other) === fingerprint(stored);
      return {
        name,
        value,
        replace: (next) => withLock(name, (before) => (isSame(before) ? writeRecord(name, next) : undefined)),
        remove: () => withLock(name, (before) => isSame(before) && layout.remove(name, clock.now())),
      };
    };
    return {
      read: async (name) => {
        const stored = read(name);
        return stored && toStoredRecord(stored);
      },
      async all() {
        const isExpired = (stored: DiskRecord | undefined) => stored !== undefined && stored.until <= clock.now();
        const found = layout.all();
        for (const { name } of found.filter(isExpired)) {
          // Somebody may have written it anew meanwhile.
          await folder.lock(
            layout.lockOf(name),
            () => isExpired(layout.read(name)) && layout.remove(name, clock.now()),
          );
        }
        return found.filter((stored) => !isExpired(stored)).map(toStoredRecord);
      },
      write: (name, value) => withLock(name, () => void writeRecord(name, value)),
      create: (name, value) => withLock(name, (before) => (before ? undefined : writeRecord(name, value))),
    };
  };
}

const fingerprint = ({ until, value }: DiskRecord): string => JSON.stringify([until, value]);

/** Names may hold anything: an address, a slash. */
const hashOf = (name: string): string => createHash("sha256").update(name).digest("hex").slice(0, 32);

/** A file for each: it can be removed where nothing more can be written. */
function fileLayout(folder: StateFolder, kind: string): Layout {
  const fileOf = (name: string) => `${kind}-${hashOf(name)}`;
  const read = (file: string) => content.safeParse(folder.readJson(file)).data;
  return {
    lockOf: () => kind,
    read: (name) => read(fileOf(name)),
    all: () => folder.list(`${kind}-`).flatMap((file) => read(file) ?? []),
    write: (stored) => folder.writeJson(fileOf(stored.name), stored),
    remove: (name) => folder.remove(fileOf(name)),
  };
}

/** Lines in 256 files, of which the last one about a name counts: a file for each would be thousands, and one for all be read for each. */
function lineLayout(folder: StateFolder, kind: string): Layout {
  const fileOf = (name: string) => `${kind}-${hashOf(name).slice(0, 2)}`;
  const read = (file: string) => folder.readLines(file).flatMap((line) => content.safeParse(line).data ?? []);
  const latestByName = (all: readonly DiskRecord[]): DiskRecord[] => [
    ...new Map(all.map((stored) => [stored.name, stored])).values(),
  ];
  const hasValue = ({ value }: DiskRecord) => value !== undefined;

  function append(stored: DiskRecord, now: number): void {
    const file = fileOf(stored.name);
    const all = [...read(file), stored];
    const current = latestByName(all).filter((one) => hasValue(one) && one.until > now);
    if (all.length - current.length <= MAX_STALE_LINES) folder.appendLine(file, stored);
    else folder.writeLines(file, current);
  }
  return {
    lockOf: fileOf,
    read: (name) => {
      const stored = read(fileOf(name)).findLast((one) => one.name === name);
      return stored && hasValue(stored) ? stored : undefined;
    },
    all: () =>
      Array.from({ length: 256 }, (_, bucket) => `${kind}-${bucket.toString(16).padStart(2, "0")}`).flatMap((file) =>
        latestByName(read(file)).filter(hasValue),
      ),
    write: append,
    remove: (name, now) => {
      append({ name, until: now }, now);
      return true;
    },
  };
}
