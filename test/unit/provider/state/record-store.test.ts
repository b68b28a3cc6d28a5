import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskRecordStore } from "../../../../provider/state/disk-record-store";
import { createFallbackFolder } from "../../../../provider/state/fallback-folder";
import { createMemoryFolder } from "../../../../provider/state/memory-folder";
import {
  type Records,
  type RecordStore,
  StoreUnavailable,
  storeWithFallback,
} from "../../../../provider/state/record-store";
import { openStateFolder } from "../../../../provider/state/open-state-folder";
import type { StateFolder } from "../../../../provider/state/state-folder";
import { behavesAsRecordStore } from "./record-store-behaviour";
import { InstantClock } from "../http/virtual-clock";

const FEW = { name: "intent-1", lifetimeMs: 60_000 };
const MANY = { ...FEW, name: "claim-1", sharesFiles: true };

let home: string;
let clock: InstantClock;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cja-records-"));
  clock = new InstantClock(Date.now());
});
afterEach(() => rmSync(home, { recursive: true }));

const path = () => join(home, "pulumi-cja");
const warnings: string[] = [];
beforeEach(() => void warnings.splice(0));
const open = () =>
  diskRecordStore(
    openStateFolder({ XDG_STATE_HOME: home }, (line) => warnings.push(line), clock),
    clock,
  );

describe("on disk", () => {
  behavesAsRecordStore(() => ({ open, pass: (ms) => void (clock.time += ms) }));

  test("a record that somebody has damaged is none, and others stay", async () => {
    const few = open()(FEW);
    await few.write("a", 1);
    const [file = ""] = readdirSync(path());
    await few.write("b", 2);
    writeFileSync(join(path(), file), '{"name": "a", "un');
    expect(await few.read("a")).toBeUndefined();
    expect((await few.all()).map(({ name }) => name)).toEqual(["b"]);
  });

  test("of many, those that are over leave their files", async () => {
    const many = open()(MANY);
    for (let i = 0; i < 300; i += 1) {
      clock.time += 1_000;
      await many.write("a", i);
    }
    const [file = ""] = readdirSync(path());
    expect(readFileSync(join(path(), file), "utf8").split("\n").length).toBeLessThan(80);
    expect((await many.read("a"))?.value).toBe(299);
  });
});

describe("in the memory of a process", () => {
  let folder: StateFolder;
  beforeEach(() => void (folder = createMemoryFolder()));
  behavesAsRecordStore(() => ({ open: () => diskRecordStore(folder, clock), pass: (ms) => void (clock.time += ms) }));
});

// The disk is full, or cannot be written, for a moment or for good.
describe("on a disk that fails", () => {
  /** A folder on disk that can be read and removed from, but not be written to any more. */
  function failing(disk: StateFolder, fails: { write: boolean; remove: boolean }): StateFolder {
    const error = () => Object.assign(new Error("ENOSPC: no space left on device"), { syscall: "write" });
    const writing = (action: () => void) => {
      if (fails.write) throw error();
      action();
    };
    return {
      ...disk,
      writeJson: (name, value) => writing(() => disk.writeJson(name, value)),
      appendLine: (name, value) => writing(() => disk.appendLine(name, value)),
      writeLines: (name, values) => writing(() => disk.writeLines(name, values)),
      remove: (name) => {
        if (fails.remove) throw error();
        return disk.remove(name);
      },
    };
  }
  const disk = () => openStateFolder({ XDG_STATE_HOME: home }, (line) => warnings.push(line), clock);
  const onDisk = async () => (await diskRecordStore(disk(), clock)(FEW).all()).map(({ name }) => name);

  test.each([
    ["as it was", (record: Awaited<ReturnType<Records["create"]>>) => record],
    ["after it was noted in memory", (record: Awaited<ReturnType<Records["create"]>>) => record?.replace("noted")],
  ])("what began there is ended there, %s", async (_, change) => {
    await diskRecordStore(disk(), clock)(FEW).write("a", "begun");
    const fails = { write: true, remove: false };
    const records = diskRecordStore(createFallbackFolder(failing(disk(), fails)), clock)(FEW);
    const record = await change(await records.read("a"));
    expect(await onDisk()).toEqual(["a"]);
    expect(await record?.remove()).toBe(true);
    expect([await onDisk(), await records.all()]).toEqual([[], []]);
  });

  test("what could not be removed goes with the next chance, and is not seen until then", async () => {
    await diskRecordStore(disk(), clock)(FEW).write("a", "begun");
    const fails = { write: true, remove: true };
    const records = diskRecordStore(createFallbackFolder(failing(disk(), fails)), clock)(FEW);
    await (await records.read("a"))?.remove();
    expect([await records.read("a"), await records.all(), await onDisk()]).toEqual([undefined, [], ["a"]]);
    fails.remove = false;
    await records.write("b", 1);
    expect([await onDisk(), (await records.all()).map(({ name }) => name)]).toEqual([[], ["b"]]);
  });

  test("many records that were there are read on, and what is written stays with this process", async () => {
    await diskRecordStore(disk(), clock)(MANY).write("a", "theirs");
    const records = diskRecordStore(createFallbackFolder(failing(disk(), { write: true, remove: true })), clock)(MANY);
    expect(await records.create("a", "mine")).toBeUndefined();
    expect(await records.create("b", "mine")).toBeDefined();
    for (let i = 0; i < 200; i += 1) await records.write("a", i);
    await (await records.read("a"))?.remove();
    expect([await records.read("a"), (await records.read("b"))?.value]).toEqual([undefined, "mine"]);
  });

  test("the folder itself falls back so, with one warning", async () => {
    const folder = disk();
    const records = diskRecordStore(folder, clock)(FEW);
    const record = await records.create("a", "begun");
    const [file = ""] = readdirSync(path());
    // Nobody can write a file whose place is taken by a folder, root included.
    mkdirSync(join(path(), `${FEW.name}.lock`));
    chmodSync(path(), 0o700);
    expect(await record?.remove()).toBe(true);
    expect([folder.shared, readdirSync(path()).includes(file), warnings.length]).toEqual([false, false, 1]);
  });
});

describe("with a fallback", () => {
  let away: boolean;
  let first: RecordStore;
  let records: Records;
  let second: Records;
  beforeEach(() => {
    away = false;
    first = diskRecordStore(createMemoryFolder(), clock);
    const folder = createMemoryFolder();
    second = diskRecordStore(folder, clock)(FEW);
    const leaving: RecordStore = (kind) => {
      const there = first(kind);
      const unlessAway = <T>(action: () => Promise<T>) =>
        away ? Promise.reject(new StoreUnavailable("away")) : action();
      return {
        read: (name) => unlessAway(() => there.read(name)),
        all: () => unlessAway(() => there.all()),
        write: (name, value) => unlessAway(() => there.write(name, value)),
        create: (name, value) => unlessAway(() => there.create(name, value)),
      };
    };
    records = storeWithFallback(leaving, diskRecordStore(folder, clock))(FEW);
  });

  const namesIn = async (place: Records) => (await place.all()).map(({ name }) => name);

  test("the store is used while it is there", async () => {
    await records.write("a", 1);
    await records.create("b", 2);
    expect([(await namesIn(first(FEW))).sort(), await namesIn(second)]).toEqual([["a", "b"], []]);
  });

  test("what began in the fallback goes on there, and is found beside what is in the store", async () => {
    await records.write("a", 1);
    away = true;
    await records.create("b", 2);
    expect([await namesIn(records), await records.read("a")]).toEqual([["b"], undefined]);
    away = false;
    expect((await namesIn(records)).sort()).toEqual(["a", "b"]);
    expect(await records.create("b", 3)).toBeUndefined();
    const noted = await (await records.read("b"))?.replace("noted");
    expect([await namesIn(first(FEW)), (await second.read("b"))?.value]).toEqual([["a"], "noted"]);
    expect([await noted?.remove(), await namesIn(second)]).toEqual([true, []]);
  });

  test("what is written anew is the store's alone", async () => {
    away = true;
    await records.write("a", 1);
    away = false;
    await records.write("a", 2);
    expect([(await records.read("a"))?.value, await namesIn(second)]).toEqual([2, []]);
  });

  test("any other failure is not hidden", async () => {
    const broken = () => Promise.reject(new Error("a mistake"));
    const store = storeWithFallback(() => ({ ...first(FEW), read: broken }), first)(FEW);
    await expect(store.read("a")).rejects.toThrow("a mistake");
  });
});
