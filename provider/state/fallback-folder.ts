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
  const pendingRemovals = new Set<string>();
  /** Whose lines in memory are all that counts. */
  const rewrittenNames = new Set<string>();

  function tryOnDisk<T>(action: () => T, otherwise: T): T {
    try {
      return action();
    } catch {
      // It has failed before, and that was said.
      return otherwise;
    }
  }

  function removeFromDisk(name: string): boolean {
    pendingRemovals.add(name);
    return tryOnDisk(() => {
      const wasRemoved = disk.remove(name);
      pendingRemovals.delete(name);
      return wasRemoved;
    }, false);
  }

  return {
    ...memory,
    readJson: (name) =>
      memory.readJson(name) ??
      (pendingRemovals.has(name) ? undefined : tryOnDisk(() => disk.readJson(name), undefined)),
    writeJson(name, value) {
      for (const other of [...pendingRemovals]) removeFromDisk(other);
      memory.writeJson(name, value);
    },
    readLines: (name) => [
      ...(rewrittenNames.has(name) ? [] : tryOnDisk(() => disk.readLines(name), [])),
      ...memory.readLines(name),
    ],
    writeLines(name, values) {
      rewrittenNames.add(name);
      memory.writeLines(name, values);
    },
    remove(name) {
      const wasInMemory = memory.remove(name);
      for (const other of [...pendingRemovals]) removeFromDisk(other);
      return removeFromDisk(name) || wasInMemory;
    },
    list: (prefix) => {
      const onDisk = tryOnDisk(() => disk.list(prefix), []).filter((name) => !pendingRemovals.has(name));
      return [...new Set([...onDisk, ...memory.list(prefix)])];
    },
  };
}
