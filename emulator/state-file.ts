import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readJson, writeJson } from "../json";
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

  /** Reads the file into the store. No file yet is fine; one that is something else throws. */
  load(): void {
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
    // A link stays one, and a file that is there keeps its rights.
    const target = existsSync(this.path) ? realpathSync(this.path) : this.path;
    const beside = `${target}.${randomBytes(6).toString("hex")}.tmp`;
    // Nothing that is there is written to, be it a link that somebody put there.
    writeFileSync(beside, content, { flag: "wx", mode: existsSync(target) ? statSync(target).mode & 0o777 : 0o666 });
    try {
      renameSync(beside, target);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  }
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
