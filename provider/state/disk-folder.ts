import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Clock } from "../clock";
import { errorCode } from "../error-code";
import { withFileLock } from "./file-lock";
import { writeFileAtomically } from "./write-file-atomically";
import type { StateFolder } from "./state-folder";

/** The rights of a file that no other user reads. */
const OWNER_ONLY = 0o600;
const JSON_SUFFIX = ".json";
/** One value a line. */
const LINES_SUFFIX = ".jsonl";
/** Everything here is small: a larger file is damaged, and may be too large to read. */
const MAX_BYTES = 4 * 1024 * 1024;
const VALID_NAME = /^[a-z0-9][a-z0-9_-]*$/i;
/** What this package makes: `kind-hash`, `kind-hash-id`, and (until 0.1) `claim-5f` and `verdict-5f`; beside them locks and drafts. */
const OUR_FILE =
  /^(?:(?:[a-z]+-)+(?:[0-9a-f]{32}(?:-[\w-]+)?|(?<=^(?:claim|verdict)-)[0-9a-f]{2})\.(?:json|jsonl|lock)(?:\.[0-9a-f]{12}\.tmp)?|[0-9a-f]{12}\.tmp)$/;
/** Not on Windows: nothing there is opened through a link that needs no rights to be made. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
/** Nothing here is of use for longer: tokens live a day, intents a week. What a killed process left goes with it. */
const EXPIRY_MS = 30 * 86_400_000;

/** A state folder on disk. It and its methods throw where the folder cannot be used, and `lock` a LockUnavailable. */
export function createDiskFolder(path: string, clock: Clock): StateFolder {
  createFolder(path);
  removeExpired(path, clock.now());

  const fileOf = (name: string, suffix: string) => {
    if (!VALID_NAME.test(name)) throw new TypeError(`not a state name: ${name}`);
    return join(path, name + suffix);
  };

  return {
    shared: true,
    readJson: (name) => parseJson(read(fileOf(name, JSON_SUFFIX))),
    writeJson(name, value) {
      writeFileAtomically(fileOf(name, JSON_SUFFIX), JSON.stringify(value), OWNER_ONLY);
    },
    readLines: (name) =>
      read(fileOf(name, LINES_SUFFIX))
        .split("\n")
        .map(parseJson)
        .filter((value) => value !== undefined),
    appendLine(name, value) {
      // The line break comes first: half a line that a killed process left spoils only itself.
      appendTo(fileOf(name, LINES_SUFFIX), `\n${JSON.stringify(value)}`);
    },
    writeLines(name, values) {
      writeFileAtomically(
        fileOf(name, LINES_SUFFIX),
        values.map((value) => JSON.stringify(value)).join("\n"),
        OWNER_ONLY,
      );
    },
    remove(name) {
      const file = fileOf(name, JSON_SUFFIX);
      return (
        ignoringCodes(() => {
          unlinkSync(file);
          return true;
        }, "ENOENT") === true
      );
    },
    list: (prefix) =>
      readdirSync(path)
        .filter((file) => file.startsWith(prefix) && file.endsWith(JSON_SUFFIX))
        .map((file) => file.slice(0, -JSON_SUFFIX.length)),
    lock: async (name, section) => withFileLock(fileOf(name, ".lock"), clock, section),
  };
}

/** Empty where there is none, or something that is not ours: what somebody else put there tells nothing. */
function read(path: string): string {
  const file = ignoringCodes(() => openSync(path, constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK), "ENOENT", "ELOOP");
  if (file === undefined) return "";
  try {
    const stats = fstatSync(file);
    return stats.isFile() && isOwnedByThisUser(stats) && stats.size <= MAX_BYTES ? readFileSync(file, "utf8") : "";
  } finally {
    closeSync(file);
  }
}

function appendTo(path: string, text: string): void {
  const { O_WRONLY, O_APPEND, O_CREAT } = constants;
  const file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, OWNER_ONLY);
  try {
    if (!isOwnedByThisUser(fstatSync(file)))
      throw new UnusableFolderError(`${path} belongs to another user`, "Remove that file");
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

/** Where the system knows no users, everything is ours. */
const isOwnedByThisUser = ({ uid }: Stats): boolean => process.getuid === undefined || uid === process.getuid();

/** The folder, or what lies in it, is none that tokens can be entrusted to. */
export class UnusableFolderError extends Error {
  override readonly name = "FolderRefused";

  /** @param advice what to do, without a full stop. */
  constructor(
    reason: string,
    readonly advice: string,
  ) {
    super(reason);
  }
}

/**
 * Makes the folder, for this user alone, and finds out whether it can be written. One that was there keeps its rights: who can list it
 * sees hashes, and each file is readable by this user only.
 */
function createFolder(path: string): void {
  const existing = lstatSync(path, { throwIfNoEntry: false });
  if (!existing) mkdirSync(path, { recursive: true, mode: 0o700 });
  // Again, also where it was made: somebody may have been quicker, and a folder is made through a link without an error.
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) throw new UnusableFolderError("it is a link", "Put a folder of your own in its place");
  if (!stats.isDirectory()) throw new UnusableFolderError("it is a file", "Move the file away");
  // Tokens lie here: whoever owns the folder can exchange it.
  if (!isOwnedByThisUser(stats))
    throw new UnusableFolderError("it belongs to another user", "Give it to the user that runs this");
  const probe = join(path, `${randomBytes(6).toString("hex")}.tmp`);
  writeFileSync(probe, "", { flag: "wx", mode: OWNER_ONLY });
  unlinkSync(probe);
}

/** Which stack has which segment is of use for as long as the stacks are, and says itself when it is not. */
const NEVER_EXPIRED = /^holders-.*\.jsonl$/;

/** Removes what was written here and nobody has touched for a month; nothing else, whatever lies here. Another process may sweep, too. */
function removeExpired(path: string, now: number): void {
  for (const name of readdirSync(path)) {
    if (!OUR_FILE.test(name) || NEVER_EXPIRED.test(name)) continue;
    const file = join(path, name);
    try {
      const stats = lstatSync(file);
      // A link is not followed but removed by unlink: should one come in between, what it leads to stays.
      if (stats.isFile() && isOwnedByThisUser(stats) && now - stats.mtimeMs > EXPIRY_MS) unlinkSync(file);
    } catch {
      // What cannot be removed does no harm.
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A damaged file is as good as none: everything here can be found out again.
    return undefined;
  }
}

function ignoringCodes<T>(action: () => T, ...codes: readonly string[]): T | undefined {
  try {
    return action();
  } catch (error) {
    if (codes.includes(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}
