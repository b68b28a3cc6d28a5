import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Clock } from "./clock";
import { errorCode } from "./error-code";
import { withFileLock } from "./file-lock";
import type { StateFolder } from "./state-folder";

const SUFFIX = ".json";
/** One value a line. */
const LINES = ".jsonl";
/** Everything here is small: a larger file is damaged, and may be too large to read. */
const MAX_BYTES = 4 * 1024 * 1024;
const NAME = /^[a-z0-9][a-z0-9_-]*$/i;
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
      const file = fileOf(name, SUFFIX);
      writeWhole(file, JSON.stringify(value));
    },
    readLines: (name) =>
      read(fileOf(name, LINES))
        .split("\n")
        .map(parsed)
        .filter((value) => value !== undefined),
    addLine(name, value) {
      // The line break comes first: half a line that a killed process left spoils only itself.
      appendFileSync(fileOf(name, LINES), `\n${JSON.stringify(value)}`, { mode: 0o600 });
    },
    writeLines(name, values) {
      writeWhole(fileOf(name, LINES), values.map((value) => JSON.stringify(value)).join("\n"));
    },
    remove(name) {
      const file = fileOf(name, SUFFIX);
      return (
        ifThere(() => {
          unlinkSync(file);
          return true;
        }) === true
      );
    },
    list: (prefix) =>
      readdirSync(path)
        .filter((file) => file.startsWith(prefix) && file.endsWith(SUFFIX))
        .map((file) => file.slice(0, -SUFFIX.length)),
    lock: async (name, section) => withFileLock(fileOf(name, ".lock"), clock, section),
  };
}

/** Empty where there is none. */
function read(file: string): string {
  return ifThere(() => (statSync(file).size > MAX_BYTES ? "" : readFileSync(file, "utf8"))) ?? "";
}

/** Makes the folder ours alone, and finds out whether it can be written. */
function prepare(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(path);
  // Tokens lie here: a folder that somebody else made can be read by him.
  if (process.getuid !== undefined && uid !== process.getuid()) throw new Error("it belongs to another user");
  if ((mode & 0o077) !== 0 && process.platform !== "win32") chmodSync(path, 0o700);
  const probe = join(path, `${randomBytes(6).toString("hex")}.tmp`);
  writeFileSync(probe, "", { flag: "wx", mode: 0o600 });
  unlinkSync(probe);
}

/** Which stack has which segment is of use for as long as the stacks are, and says itself when it is not. */
const KEPT_LONGER = /^holders-/;

/** Removes what nobody has touched for a month. Another process may sweep at the same time. */
function sweep(path: string, now: number): void {
  for (const file of readdirSync(path).filter((name) => !KEPT_LONGER.test(name))) {
    const touched = ifThere(() => statSync(join(path, file)).mtimeMs);
    if (touched !== undefined && now - touched > KEPT_MS) rmSync(join(path, file), { force: true, recursive: true });
  }
}

function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: "wx", mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
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

function ifThere<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
