import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { EXPORTED, EXPORTED_KINDS, type ExportedKind } from "./kinds";
import type { ExistingFile } from "./source-module";
import { ExistingProgram, type ResourceIds } from "./existing-program";
import type { Step } from "./write-plan";
import { YAML_PROGRAM } from "./yaml-program";
import { targetOfTemporaryFile, writeOutputFile } from "../output-file";
import { loadTypeScript } from "./load-typescript";

/**
 * The files in a folder that have to do with an export: those that it would write, and all that may have segments.
 *
 * @throws Error where the folder is none, or where one of them could not be written or is outside of it
 */
export function readExistingFiles(folder: string, exportedPaths: readonly string[]): ExistingFile[] {
  if (!existsSync(folder)) return [];
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is a file; --out takes a folder`);
  for (const { many } of Object.values(EXPORTED)) {
    rejectOutsideLink(folder, many);
    const inner = join(folder, many);
    if (
      exportedPaths.some((path) => path.startsWith(`${many}/`)) &&
      existsSync(inner) &&
      !statSync(inner).isDirectory()
    )
      throw new Error(`${inner} is a file, and the export needs a folder there; move it away, or give another --out`);
  }
  const resourceFiles = EXPORTED_KINDS.flatMap((kind) => listSourceFiles(folder, kind)).filter((path) =>
    /(\.json|\.[cm]?[jt]sx?)$/.test(path),
  );
  for (const path of [...exportedPaths, ...resourceFiles]) rejectOutsideLink(folder, path);
  return [...new Set([...exportedPaths, ...resourceFiles.filter((path) => statSync(join(folder, path)).isFile())])]
    .filter((path) => existsSync(join(folder, path)))
    .sort()
    .map((path) => ({ path, content: readText(join(folder, path)) }));
}

/** The files of an export beside its resources, and the one file of all of them. */
const ENTRY_FILES = [
  ...["Pulumi.yaml", YAML_PROGRAM, "package.json", "tsconfig.json", "environments.yaml"],
  ...["env.ts", "segments.ts", "audiences.ts", "index.ts"],
];

/** How a module is found that another one loads, as Node and TypeScript do it. */
const ENDINGS = [".ts", ".tsx", ".mts", ".cts", "/index.ts", ".js", ".mjs", ".cjs", "/index.js", ".json", ""];

/**
 * The program in a folder: its entry point, what lies in `segments` and `audiences`, and all modules in the folder that those load.
 *
 * @throws Error as `readExistingFiles`
 */
export function readExistingProgram(folder: string, stack?: ResourceIds, kind?: ExportedKind): ExistingProgram {
  const isFile = (path: string) => statSync(join(folder, path), { throwIfNoEntry: false })?.isFile() === true;
  const files = readExistingFiles(folder, ENTRY_FILES.filter(isFile));
  for (;;) {
    const program = new ExistingProgram(files, loadTypeScript, stack, kind);
    const readPaths = new Set(files.map(({ path }) => path));
    const more = [...program.loaded].flatMap((file) => {
      const path = ENDINGS.map((ending) => `${file}${ending}`).find(isFile);
      return path === undefined || readPaths.has(path) || !isInside(folder, path) ? [] : [path];
    });
    if (more.length === 0) return program;
    files.push(...[...new Set(more)].map((path) => ({ path, content: readText(join(folder, path)) })));
  }
}

/** Below the folder of a kind. */
function listSourceFiles(folder: string, kind: ExportedKind): string[] {
  const { many } = EXPORTED[kind];
  if (listResourceFolder(folder, kind).length === 0) return [];
  return readdirSync(join(folder, many), { recursive: true, encoding: "utf8" })
    .map((path) => `${many}/${path.split(sep).join("/")}`)
    .filter((path) => !/(^|\/)(\.|node_modules\/)|\.d\.[cm]?ts$/.test(path));
}

/** The names of all that is in the folder of a kind. */
export function listResourceFolder(folder: string, kind: ExportedKind): string[] {
  const inner = join(folder, EXPORTED[kind].many);
  return existsSync(inner) && statSync(inner).isDirectory() ? readdirSync(inner) : [];
}

/** What a link leads to is not the program's: neither is it read, nor is anything put there. */
function rejectOutsideLink(folder: string, path: string): void {
  const link = join(folder, path);
  if (!lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  if (!existsSync(link) || !isInside(folder, path))
    throw new Error(
      `${link} is a link that leads out of ${folder}, and the export writes nothing there; replace it with a file or folder, or give another --out`,
    );
}

function isInside(folder: string, path: string): boolean {
  const to = relative(realpathSync(folder), realpathSync(join(folder, path)));
  return to !== ".." && !to.startsWith(`..${sep}`) && !isAbsolute(to);
}

function readText(path: string): string {
  if (statSync(path).isFile()) return readFileSync(path, "utf8");
  throw new Error(`${path} is not a file, and the export would write one there; move it away, or give another --out`);
}

/** Writes what is new or changed, each file in one step, in the given order. */
export function writeFiles(folder: string, steps: readonly Step[]): void {
  const changedFiles = steps.filter(({ action }) => action === "new" || action === "change");
  removeTemporaryFiles(changedFiles.map(({ path }) => join(folder, path)));
  for (const { path, content } of changedFiles) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeOutputFile(file, content);
  }
}

/** Removes what a killed run has left of these files. */
function removeTemporaryFiles(files: readonly string[]): void {
  const targets = new Set(files);
  for (const place of new Set(files.map((file) => dirname(file)))) {
    for (const name of existsSync(place) ? readdirSync(place) : []) {
      const file = targetOfTemporaryFile(name);
      const temporaryFile = join(place, name);
      if (file !== undefined && targets.has(join(place, file)) && lstatSync(temporaryFile).isFile())
        rmSync(temporaryFile);
    }
  }
}
