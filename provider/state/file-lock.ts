import { randomBytes } from "node:crypto";
import { closeSync, fstatSync, linkSync, lstatSync, openSync, renameSync, rmSync, type BigIntStats } from "node:fs";
import type { Clock } from "../clock";
import { errorCode, errorMessage } from "../error-code";

/** A lock is held for a few milliseconds: one that stays this long was left by a process that was killed in between. */
const STALE_MS = 2_000;
/** Who has not got it by then never will: something is wrong with the folder. */
const TIMEOUT_MS = 15_000;
const POLL_MS = 5;

/** The lock cannot be had. Told apart from what the section throws, which is its caller's. */
export class LockUnavailable extends Error {
  override readonly name = "LockUnavailable";
}

/**
 * Runs a synchronous section while no other process holds the lock, a file that only one can create. One that the same
 * holder keeps for more than two seconds is taken away from it. If nobody holds it, the section has run when this returns.
 *
 * @throws LockUnavailable if the file cannot be made, or the lock is not had in 15 s
 */
export async function withFileLock<T>(path: string, clock: Clock, section: () => T): Promise<T> {
  const startedAt = clock.now();
  let seen = { holder: undefined as string | undefined, since: startedAt };
  for (;;) {
    const ownIdentity = rethrowAsUnavailable(() => createLock(path));
    if (ownIdentity !== undefined) {
      try {
        return section();
      } finally {
        release(path, ownIdentity);
      }
    }
    const now = clock.now();
    // The holder is recognised by its file, not by its age: clocks of a network drive and of this host differ.
    const holder = rethrowAsUnavailable(() => holderOf(path));
    if (seen.holder !== holder) seen = { holder, since: now };
    else if (holder !== undefined && now - seen.since >= STALE_MS) rethrowAsUnavailable(() => breakLock(path, holder));
    if (now - startedAt >= TIMEOUT_MS) throw new LockUnavailable(`another process keeps the lock ${path}`);
    await clock.sleep(POLL_MS);
  }
}

function rethrowAsUnavailable<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new LockUnavailable(errorMessage(error), { cause: error });
  }
}

/** Who holds it: a new lock is a new file with a new time. */
function identity(stats: BigIntStats): string {
  return `${stats.ino}:${stats.mtimeNs}`;
}

function createLock(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, "wx", 0o600);
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
  try {
    return identity(fstatSync(file, { bigint: true }));
  } finally {
    closeSync(file);
  }
}

/** Windows says EPERM while a removed file is still open somewhere. */
function isTaken(error: unknown): boolean {
  const code = errorCode(error);
  return code === "EEXIST" || (code === "EPERM" && process.platform === "win32");
}

function holderOf(path: string): string | undefined {
  // Of a link itself: where it leads nothing may be.
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && identity(stats);
}

function release(path: string, ownIdentity: string): void {
  try {
    // Who was stopped for longer than the stale time has lost the lock, and must not remove its successor's.
    if (holderOf(path) === ownIdentity) rmSync(path, { force: true });
  } catch {
    // The section has run, which is what counts: a lock that cannot be removed is taken away by the next one.
  }
}

/** Removes exactly the lock that was watched. If another one got in between, it is put back. */
function breakLock(path: string, holder: string): void {
  const movedTo = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    renameSync(path, movedTo);
  } catch (error) {
    // Somebody else took it away, or it was given back.
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  try {
    if (holderOf(movedTo) !== holder) linkSync(movedTo, path);
  } catch (error) {
    if (!isTaken(error)) throw error;
  } finally {
    rmSync(movedTo, { force: true });
  }
}
