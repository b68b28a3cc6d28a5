import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { ExistingFile } from "../../export/existing-file";
import type { Step } from "../../export/write-plan";
import { draftOf, writeWhole } from "../whole-file";

/**
 * The files in a folder that have to do with an export: those that it would write, and all that may have segments.
 *
 * @throws Error where the folder is none, or where one of them could not be written or is outside of it
 */
export function existingFiles(folder: string, wanted: readonly string[]): ExistingFile[] {
  if (!existsSync(folder)) return [];
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is a file; --out takes a folder`);
  refuseOutside(folder, "segments");
  const beside = namesBeside(folder)
    .filter((name) => /\.(ts|json)$/.test(name))
    .map((name) => `segments/${name}`);
  const inTheWay = join(folder, "segments");
  if (wanted.some((path) => path.startsWith("segments/")) && existsSync(inTheWay) && !statSync(inTheWay).isDirectory())
    throw new Error(`${inTheWay} is a file, and the export needs a folder there; move it away, or give another --out`);
  for (const path of [...wanted, ...beside]) refuseOutside(folder, path);
  return [...new Set([...wanted, ...beside.filter((path) => statSync(join(folder, path)).isFile())])]
    .filter((path) => existsSync(join(folder, path)))
    .sort()
    .map((path) => ({ path, content: textOf(join(folder, path)) }));
}

/** The names of all that is in the folder `segments`. */
export function namesBeside(folder: string): string[] {
  const segments = join(folder, "segments");
  return existsSync(segments) && statSync(segments).isDirectory() ? readdirSync(segments) : [];
}

/** What a link leads to is not the program's: neither is it read, nor is anything put there. */
function refuseOutside(folder: string, path: string): void {
  const link = join(folder, path);
  if (!lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const to = existsSync(link) ? relative(realpathSync(folder), realpathSync(link)) : undefined;
  if (to === undefined || to === ".." || to.startsWith(`..${sep}`) || isAbsolute(to))
    throw new Error(
      `${link} is a link that leads out of ${folder}, and the export writes nothing there; replace it by a file or folder, or give another --out`,
    );
}

function textOf(path: string): string {
  if (statSync(path).isFile()) return readFileSync(path, "utf8");
  throw new Error(`${path} is no file, and the export would write one there; move it away, or give another --out`);
}

/** Writes what is new or changed, each file in one step, in the given order. */
export function writeFiles(folder: string, steps: readonly Step[]): void {
  const written = steps.filter(({ action }) => action === "new" || action === "change");
  removeDrafts(written.map(({ path }) => join(folder, path)));
  for (const { path, content } of written) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeWhole(file, content);
  }
}

/** Removes what a killed run has left of these files. */
function removeDrafts(files: readonly string[]): void {
  const wanted = new Set(files);
  for (const place of new Set(files.map((file) => dirname(file)))) {
    for (const name of existsSync(place) ? readdirSync(place) : []) {
      const file = draftOf(name);
      const draft = join(place, name);
      if (file !== undefined && wanted.has(join(place, file)) && lstatSync(draft).isFile()) rmSync(draft);
    }
  }
}
