import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readJson, writeJson } from "../definition/json";
import { isJsonObject } from "./json";
import type { KeptContent, Store } from "./store";

const format = "pulumi-cja-emulator 1";

/** Keeps the content between runs. Written beside and renamed, so that a killed process leaves a whole file. */
export class StateFile {
  private timer: NodeJS.Timeout | undefined;

  /** @param delayMs how long changes are gathered before they are written; a crash loses no more than that */
  constructor(
    private readonly path: string,
    private readonly store: Store,
    private readonly delayMs = 500,
  ) {}

  /** Reads the file into the store. No file yet is fine; one that is something else, or could not be written, throws. */
  load(): void {
    rejectUnwritableFolder(this.path);
    let text: string;
    try {
      text = readFileSync(this.path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      throw error;
    }
    this.store.restore(contentOf(text, this.path));
  }

  saveSoon(): void {
    this.timer ??= setTimeout(() => this.save(), this.delayMs).unref();
  }

  save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const content = writeJson({ format, content: this.store.content() });
    // A file that is there keeps its rights.
    const file = target(this.path);
    const temporaryFile = `${file}.${randomBytes(6).toString("hex")}.tmp`;
    // Nothing that is there is written to, be it a link that somebody put there.
    writeFileSync(temporaryFile, content, { flag: "wx", mode: existsSync(file) ? statSync(file).mode & 0o777 : 0o666 });
    try {
      renameSync(temporaryFile, file);
    } catch (error) {
      rmSync(temporaryFile, { force: true });
      throw error;
    }
  }
}

/** Where a link leads, so that it stays one. */
const target = (path: string): string => (existsSync(path) ? realpathSync(path) : path);

/** Says so before anything is done that would be lost. */
function rejectUnwritableFolder(path: string): void {
  const folder = dirname(target(path));
  const found = statSync(folder, { throwIfNoEntry: false });
  const problem = (what: string) => new Error(`the state file ${path} cannot be written: ${what}`);
  if (!found) throw problem(`there is no folder ${folder}. Make it, or name a file in another one`);
  if (!found.isDirectory()) throw problem(`${folder} is no folder. Name a file in one`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw problem("it is a folder. Name a file in it");
}

function contentOf(text: string, path: string): KeptContent {
  let file: unknown;
  try {
    file = readJson(text);
  } catch (cause) {
    throw new Error(`${path} is not a state file of the emulator: it is not JSON`, { cause });
  }
  if (isJsonObject(file) && file["format"] === format) return file["content"] as KeptContent;
  throw new Error(`${path} is not a state file of the emulator`);
}
