import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ExistingFile } from "../../export/existing-file";
import type { Step } from "../../export/write-plan";

/** Beside the files, so that moving them into place is one step. What a killed run leaves there is gone with the next one. */
const HALF_WRITTEN = ".pulumi-cja-export";

/**
 * The files in a folder that have to do with an export: those that it would write, and all that may have segments.
 *
 * @throws Error where the folder is none
 */
export function existingFiles(folder: string, wanted: readonly string[]): ExistingFile[] {
  if (!existsSync(folder)) return [];
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is a file; --out takes a folder`);
  const segments = join(folder, "segments");
  const beside =
    existsSync(segments) && statSync(segments).isDirectory()
      ? readdirSync(segments, { withFileTypes: true })
          .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name))
          .map(({ name }) => `segments/${name}`)
      : [];
  return [...new Set([...wanted, ...beside])]
    .filter((path) => existsSync(join(folder, path)))
    .sort()
    .map((path) => ({ path, content: textOf(join(folder, path)) }));
}

function textOf(path: string): string {
  if (statSync(path).isFile()) return readFileSync(path, "utf8");
  throw new Error(`${path} is no file, and the export would write one there; move it away, or give another --out`);
}

/** Writes what is new or changed, each file in one step, in the given order. */
export function writeFiles(folder: string, steps: readonly Step[]): void {
  const half = join(folder, HALF_WRITTEN);
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  try {
    for (const { path, content, action } of steps) {
      if (action !== "new" && action !== "change") continue;
      const to = join(folder, path);
      const from = join(half, "file");
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(from, content);
      renameSync(from, to);
    }
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}
