import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

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
  appendLine(name: string, value: unknown): void;
  /** Puts these in the place of all that was added. What another process adds meanwhile is lost, unless a lock is held. */
  writeLines(name: string, values: readonly unknown[]): void;
  /** Whether it was this call that removed it: of two processes that remove the same name, one gets true. */
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
 * @example stateFileName("token", imsUrl, clientId, clientSecret, scopes) // "token-5f0c…"
 */
export function stateFileName(kind: string, ...parts: readonly string[]): string {
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
