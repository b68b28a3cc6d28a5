import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { type Clock, systemClock } from "../clock";
import { createDiskFolder, FolderRefused } from "./disk-folder";
import { errorMessage } from "../error-code";
import { LockUnavailable } from "./file-lock";
import { createFallbackFolder } from "./fallback-folder";
import { createMemoryFolder } from "./memory-folder";

/**
 * Where the processes of one host keep what they share: tokens, the last minute's sends, verdicts, intents. One small
 * JSON file a name, readable by this user only.
 */
export interface StateFolder {
  /** Whether other processes see it. False where nothing can be written and memory takes its place. */
  readonly shared: boolean;
  /** What was written under the name; `undefined` if nothing was, or if the file is damaged. Parse it: it is input. */
  readJson(name: string): unknown;
  /** Writes whole or not at all: readers see the old value or the new one. */
  writeJson(name: string, value: unknown): void;
  /** All that was added under the name, in order; what is damaged is left out. Parse it: it is input. */
  readLines(name: string): unknown[];
  /** Adds one value at the end, at a twentieth of what writing all of them costs. Two processes may add at a time. */
  addLine(name: string, value: unknown): void;
  /** Puts these in the place of all that was added. What another process adds meanwhile is lost, unless a lock is held. */
  writeLines(name: string, values: readonly unknown[]): void;
  /** Whether it was this call that removed it: of two processes that remove the same name, one is told true. */
  remove(name: string): boolean;
  /** The names that begin with the prefix. */
  list(prefix: string): string[];
  /**
   * Runs `section` while no other process runs one under the same name. It is synchronous, so that a lock is held for
   * moments only, and one that stays is known to be a killed process's.
   *
   * @example const mine = await folder.lock("sends-…", () => { … });
   */
  lock<T>(name: string, section: () => T): Promise<T>;
}

/**
 * A file name that tells nothing: the kind, and a hash of what the content depends on.
 *
 * @example stateName("token", imsUrl, clientId, clientSecret, scopes) // "token-5f0c…"
 */
export function stateName(kind: string, ...parts: readonly string[]): string {
  return `${kind}-${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32)}`;
}

/**
 * `$XDG_STATE_HOME/pulumi-cja`, by default `~/.local/state/pulumi-cja`; on Windows `%LOCALAPPDATA%\pulumi-cja`. A relative
 * XDG_STATE_HOME is ignored, as the XDG specification wants it.
 *
 * @throws if the user has no home folder
 */
export function stateFolderPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  const { XDG_STATE_HOME: state, LOCALAPPDATA: local, HOME: home, USERPROFILE: profile } = env;
  if (platform === "win32") return join(local || join(profile || homedir(), "AppData", "Local"), "pulumi-cja");
  return join(
    state !== undefined && isAbsolute(state) ? state : join(home || homedir(), ".local", "state"),
    "pulumi-cja",
  );
}

/**
 * Opens the folder of this user. Where it cannot be used, now or later, memory takes its place and `warn` is told once.
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
    const advice = error instanceof FolderRefused ? error.advice : "See that you can write there";
    warn(
      `the state folder cannot be used (${path}: ${errorMessage(error)}): tokens, limits and unfinished work are not shared between processes. ${advice}, or set XDG_STATE_HOME to another one.`,
    );
    return (current = disk ? createFallbackFolder(disk) : createMemoryFolder());
  }

  try {
    current = disk = createDiskFolder((path = stateFolderPath(env)), clock);
  } catch (error) {
    current = fallBack(error);
  }

  /** From the first failure of the disk on, everything happens in memory, but what lies on disk is still ended there. */
  function attempt<T>(action: (folder: StateFolder) => T): T {
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
    readJson: (name) => attempt((folder) => folder.readJson(name)),
    writeJson: (name, value) => attempt((folder) => folder.writeJson(name, value)),
    readLines: (name) => attempt((folder) => folder.readLines(name)),
    addLine: (name, value) => attempt((folder) => folder.addLine(name, value)),
    writeLines: (name, values) => attempt((folder) => folder.writeLines(name, values)),
    remove: (name) => attempt((folder) => folder.remove(name)),
    list: (prefix) => attempt((folder) => folder.list(prefix)),
    lock: (name, section) =>
      current.lock(name, section).catch((error: unknown) => {
        // Only the lock itself may fall back: what the section throws is its caller's.
        if (!(error instanceof LockUnavailable)) throw error;
        return (current.shared ? fallBack(error) : current).lock(name, section);
      }),
  };
}

function isFromSystem(error: unknown): boolean {
  return error instanceof FolderRefused || (typeof error === "object" && error !== null && "syscall" in error);
}
