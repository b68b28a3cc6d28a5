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
import { putWhole } from "./write-file-atomically";
import type { StateFolder } from "./state-folder";

/** The rights of a file that no other user reads. */
const OURS_ALONE = 0o600;
const SUFFIX = ".json";
/** One value a line. */
const LINES = ".jsonl";
/** Everything here is small: a larger file is damaged, and may be too large to read. */
const MAX_BYTES = 4 * 1024 * 1024;
const NAME = /^[a-z0-9][a-z0-9_-]*$/i;
/** What this package makes: `kind-hash`, `kind-hash-id`, and (until 0.1) `claim-5f` and `verdict-5f`; beside them locks and drafts. */
const OUR_FILE =
  /^(?:(?:[a-z]+-)+(?:[0-9a-f]{32}(?:-[\w-]+)?|(?<=^(?:claim|verdict)-)[0-9a-f]{2})\.(?:json|jsonl|lock)(?:\.[0-9a-f]{12}\.tmp)?|[0-9a-f]{12}\.tmp)$/;
/** Not on Windows: nothing there is opened through a link that needs no rights to be made. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
/** Nothing here is of use for longer: tokens live a day, intents a week. What a killed process left goes with it. */
const KEPT_MS = 30 * 86_400_000;

/** A state folder on disk. It and its methods throw where the folder cannot be used, and `lock` a LockUnavailable. */
export function createDiskFolder(path: string, clock: Clock): StateFolder {
  prepare(path);
  sweep(path, clock.now());

  const fileOf = (name: string, suffix: string) => {
    if (!NAME.test(name)) throw new TypeError(`not a state name: ${name}`);
    return join(path, name + suffix);
  };

  return {
    shared: true,
    readJson: (name) => parsed(read(fileOf(name, SUFFIX))),
    writeJson(name, value) {
      putWhole(fileOf(name, SUFFIX), JSON.stringify(value), OURS_ALONE);
    },
    readLines: (name) =>
      read(fileOf(name, LINES))
        .split("\n")
        .map(parsed)
        .filter((value) => value !== undefined),
    addLine(name, value) {
      // The line break comes first: half a line that a killed process left spoils only itself.
      addTo(fileOf(name, LINES), `\n${JSON.stringify(value)}`);
    },
    writeLines(name, values) {
      putWhole(fileOf(name, LINES), values.map((value) => JSON.stringify(value)).join("\n"), OURS_ALONE);
    },
    remove(name) {
      const file = fileOf(name, SUFFIX);
      return (
        ifThere(() => {
          unlinkSync(file);
          return true;
        }, "ENOENT") === true
      );
    },
    list: (prefix) =>
      readdirSync(path)
        .filter((file) => file.startsWith(prefix) && file.endsWith(SUFFIX))
        .map((file) => file.slice(0, -SUFFIX.length)),
    lock: async (name, section) => withFileLock(fileOf(name, ".lock"), clock, section),
  };
}

/** Empty where there is none, or something that is not ours: what somebody else put there tells nothing. */
function read(path: string): string {
  const file = ifThere(() => openSync(path, constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK), "ENOENT", "ELOOP");
  if (file === undefined) return "";
  try {
    const stats = fstatSync(file);
    return stats.isFile() && isOwn(stats) && stats.size <= MAX_BYTES ? readFileSync(file, "utf8") : "";
  } finally {
    closeSync(file);
  }
}

function addTo(path: string, text: string): void {
  const { O_WRONLY, O_APPEND, O_CREAT } = constants;
  const file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, OURS_ALONE);
  try {
    if (!isOwn(fstatSync(file))) throw new FolderRefused(`${path} belongs to another user`, "Remove that file");
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

/** Where the system knows no users, everything is ours. */
const isOwn = ({ uid }: Stats): boolean => process.getuid === undefined || uid === process.getuid();

/** The folder, or what lies in it, is none that tokens can be entrusted to. */
export class FolderRefused extends Error {
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
function prepare(path: string): void {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (!there) mkdirSync(path, { recursive: true, mode: 0o700 });
  // Again, also where it was made: somebody may have been quicker, and a folder is made through a link without an error.
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) throw new FolderRefused("it is a link", "Put a folder of your own in its place");
  if (!stats.isDirectory()) throw new FolderRefused("it is a file", "Move the file away");
  // Tokens lie here: whoever owns the folder can exchange it.
  if (!isOwn(stats)) throw new FolderRefused("it belongs to another user", "Give it to the user that runs this");
  const probe = join(path, `${randomBytes(6).toString("hex")}.tmp`);
  writeFileSync(probe, "", { flag: "wx", mode: OURS_ALONE });
  unlinkSync(probe);
}

/** Which stack has which segment is of use for as long as the stacks are, and says itself when it is not. */
const KEPT_LONGER = /^holders-.*\.jsonl$/;

/** Removes what was written here and nobody has touched for a month; nothing else, whatever lies here. Another process may sweep, too. */
function sweep(path: string, now: number): void {
  for (const name of readdirSync(path)) {
    if (!OUR_FILE.test(name) || KEPT_LONGER.test(name)) continue;
    const file = join(path, name);
    try {
      const stats = lstatSync(file);
      // A link is not followed but removed by unlink: should one come in between, what it leads to stays.
      if (stats.isFile() && isOwn(stats) && now - stats.mtimeMs > KEPT_MS) unlinkSync(file);
    } catch {
      // What cannot be removed does no harm.
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A damaged file is as good as none: everything here can be found out again.
    return undefined;
  }
}

function ifThere<T>(action: () => T, ...absent: readonly string[]): T | undefined {
  try {
    return action();
  } catch (error) {
    if (absent.includes(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}
