import { createHash } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../clock";
import type { RecordStore, StoredRecord } from "./record-store";
import type { StateFolder } from "./state-folder";

/** What lies on disk of a record. */
interface Kept {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** None once it is removed. */
  readonly value?: unknown;
}

const content: z.ZodType<Kept> = z.object({ name: z.string(), until: z.number(), value: z.unknown().optional() });

/** So many lines may pile up in a file before those that nobody needs any more are thrown out. */
const STALE_LINES = 64;

/** How the records of a kind lie in files. Changes are made while the lock of the name is held. */
interface Layout {
  lockOf(name: string): string;
  read(name: string): Kept | undefined;
  all(): Kept[];
  write(kept: Kept, now: number): void;
  remove(name: string, now: number): boolean;
}

/** Keeps records in the state folder: for the processes of this user on this machine. */
export function diskRecordStore(folder: StateFolder, clock: Clock): RecordStore {
  return (kind) => {
    const layout = kind.many === true ? lines(folder, kind.name) : files(folder, kind.name);
    const read = (name: string): Kept | undefined => {
      const kept = layout.read(name);
      return kept && kept.until > clock.now() ? kept : undefined;
    };
    const change = <T>(name: string, section: (before: Kept | undefined) => T): Promise<T> =>
      folder.lock(layout.lockOf(name), () => section(read(name)));

    const put = (name: string, value: unknown): StoredRecord => {
      const kept = { name, until: clock.now() + kind.keptMs, value };
      layout.write(kept, clock.now());
      return recordOf(kept);
    };
    const recordOf = (kept: Kept): StoredRecord => {
      const { name, value } = kept;
      const isSame = (other: Kept | undefined) => other !== undefined && textOf(other) === textOf(kept);
      return {
        name,
        value,
        replace: (next) => change(name, (before) => (isSame(before) ? put(name, next) : undefined)),
        remove: () => change(name, (before) => isSame(before) && layout.remove(name, clock.now())),
      };
    };
    return {
      read: async (name) => {
        const kept = read(name);
        return kept && recordOf(kept);
      },
      async all() {
        const isOver = (kept: Kept | undefined) => kept !== undefined && kept.until <= clock.now();
        const found = layout.all();
        for (const { name } of found.filter(isOver)) {
          // Somebody may have written it anew meanwhile.
          await folder.lock(layout.lockOf(name), () => isOver(layout.read(name)) && layout.remove(name, clock.now()));
        }
        return found.filter((kept) => !isOver(kept)).map(recordOf);
      },
      write: (name, value) => change(name, () => void put(name, value)),
      create: (name, value) => change(name, (before) => (before ? undefined : put(name, value))),
    };
  };
}

const textOf = ({ until, value }: Kept): string => JSON.stringify([until, value]);

/** Names may hold anything: an address, a slash. */
const hashOf = (name: string): string => createHash("sha256").update(name).digest("hex").slice(0, 32);

/** A file for each: it can be removed where nothing more can be written. */
function files(folder: StateFolder, kind: string): Layout {
  const fileOf = (name: string) => `${kind}-${hashOf(name)}`;
  const read = (file: string) => content.safeParse(folder.readJson(file)).data;
  return {
    lockOf: () => kind,
    read: (name) => read(fileOf(name)),
    all: () => folder.list(`${kind}-`).flatMap((file) => read(file) ?? []),
    write: (kept) => folder.writeJson(fileOf(kept.name), kept),
    remove: (name) => folder.remove(fileOf(name)),
  };
}

/** Lines in 256 files, of which the last one about a name counts: a file for each would be thousands, and one for all be read for each. */
function lines(folder: StateFolder, kind: string): Layout {
  const fileOf = (name: string) => `${kind}-${hashOf(name).slice(0, 2)}`;
  const read = (file: string) => folder.readLines(file).flatMap((line) => content.safeParse(line).data ?? []);
  const latest = (all: readonly Kept[]): Kept[] => [...new Map(all.map((kept) => [kept.name, kept])).values()];
  const isThere = ({ value }: Kept) => value !== undefined;

  function add(kept: Kept, now: number): void {
    const file = fileOf(kept.name);
    const all = [...read(file), kept];
    const live = latest(all).filter((one) => isThere(one) && one.until > now);
    if (all.length - live.length <= STALE_LINES) folder.addLine(file, kept);
    else folder.writeLines(file, live);
  }
  return {
    lockOf: fileOf,
    read: (name) => {
      const kept = read(fileOf(name)).findLast((one) => one.name === name);
      return kept && isThere(kept) ? kept : undefined;
    },
    all: () =>
      Array.from({ length: 256 }, (_, bucket) => `${kind}-${bucket.toString(16).padStart(2, "0")}`).flatMap((file) =>
        latest(read(file)).filter(isThere),
      ),
    write: add,
    remove: (name, now) => {
      add({ name, until: now }, now);
      return true;
    },
  };
}
