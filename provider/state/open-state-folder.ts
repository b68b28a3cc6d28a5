import { type Clock, systemClock } from "../clock";
import { errorMessage } from "../error-code";
import { createDiskFolder, UnusableFolderError } from "./disk-folder";
import { createFallbackFolder } from "./fallback-folder";
import { LockUnavailable } from "./file-lock";
import { createMemoryFolder } from "./memory-folder";
import { stateFolderPath, type StateFolder } from "./state-folder";

/**
 * Opens the folder of this user. Where it cannot be used, now or later, memory takes its place, and `warn` gets one text.
 *
 * @param clock for waiting for other processes
 * @example const folder = openStateFolder(process.env, (message) => console.error(message));
 */
export function openStateFolder(
  env: NodeJS.ProcessEnv,
  warn: (message: string) => void,
  clock: Clock = systemClock,
): StateFolder {
  let current: StateFolder;
  let disk: StateFolder | undefined;
  let path = "no home folder";

  function fallBack(error: unknown): StateFolder {
    const advice = error instanceof UnusableFolderError ? error.advice : "Make it writable for you";
    warn(
      `the state folder cannot be used (${path}: ${errorMessage(error)}): processes do not share tokens, rate limits and records of unfinished requests. ${advice}, or set XDG_STATE_HOME to another folder.`,
    );
    return (current = disk ? createFallbackFolder(disk) : createMemoryFolder());
  }

  try {
    current = disk = createDiskFolder((path = stateFolderPath(env)), clock);
  } catch (error) {
    current = fallBack(error);
  }

  /** From the first failure of the disk on, everything happens in memory, but what lies on disk is still ended there. */
  function withFallback<T>(action: (folder: StateFolder) => T): T {
    try {
      return action(current);
    } catch (error) {
      if (!current.shared || !isFromSystem(error)) throw error;
      return action(fallBack(error));
    }
  }

  return {
    get shared() {
      return current.shared;
    },
    readJson: (name) => withFallback((folder) => folder.readJson(name)),
    writeJson: (name, value) => withFallback((folder) => folder.writeJson(name, value)),
    readLines: (name) => withFallback((folder) => folder.readLines(name)),
    appendLine: (name, value) => withFallback((folder) => folder.appendLine(name, value)),
    writeLines: (name, values) => withFallback((folder) => folder.writeLines(name, values)),
    remove: (name) => withFallback((folder) => folder.remove(name)),
    list: (prefix) => withFallback((folder) => folder.list(prefix)),
    lock: (name, section) =>
      current.lock(name, section).catch((error: unknown) => {
        // Only the lock itself may fall back: what the section throws is its caller's.
        if (!(error instanceof LockUnavailable)) throw error;
        return (current.shared ? fallBack(error) : current).lock(name, section);
      }),
  };
}

function isFromSystem(error: unknown): boolean {
  return error instanceof UnusableFolderError || (typeof error === "object" && error !== null && "syscall" in error);
}
