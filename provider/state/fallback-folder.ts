import { createMemoryFolder } from "./memory-folder";
import type { StateFolder } from "./state-folder";

/**
 * A state folder of this process alone, in the place of one on disk that failed: what it writes stays in memory, and what lies on
 * disk is still read and removed as far as that goes. A record that began on disk must not stay there when its matter is
 * settled: the next run would take it for unfinished work.
 */
export function createFallbackFolder(disk: StateFolder): StateFolder {
  const memory = createMemoryFolder();
  /** What could not be removed from the disk yet. */
  const unwanted = new Set<string>();
  /** Whose lines in memory are all that counts. */
  const rewritten = new Set<string>();

  function attempt<T>(action: () => T, otherwise: T): T {
    try {
      return action();
    } catch {
      // It has failed before, and that was said.
      return otherwise;
    }
  }

  function removeFromDisk(name: string): boolean {
    unwanted.add(name);
    return attempt(() => {
      const removed = disk.remove(name);
      unwanted.delete(name);
      return removed;
    }, false);
  }

  return {
    ...memory,
    readJson: (name) =>
      memory.readJson(name) ?? (unwanted.has(name) ? undefined : attempt(() => disk.readJson(name), undefined)),
    writeJson(name, value) {
      for (const other of [...unwanted]) removeFromDisk(other);
      memory.writeJson(name, value);
    },
    readLines: (name) => [
      ...(rewritten.has(name) ? [] : attempt(() => disk.readLines(name), [])),
      ...memory.readLines(name),
    ],
    writeLines(name, values) {
      rewritten.add(name);
      memory.writeLines(name, values);
    },
    remove(name) {
      const inMemory = memory.remove(name);
      for (const other of [...unwanted]) removeFromDisk(other);
      return removeFromDisk(name) || inMemory;
    },
    list: (prefix) => {
      const onDisk = attempt(() => disk.list(prefix), []).filter((name) => !unwanted.has(name));
      return [...new Set([...onDisk, ...memory.list(prefix)])];
    },
  };
}
