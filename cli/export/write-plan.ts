import { findFileLines, updateIndex, readsWholeFolder } from "./entry-point";
import type { ExistingFile } from "./source-module";
import type { ExistingProgram } from "./existing-program";
import { mergeIntoProgram, NO_MERGE, type Merge } from "./merge";
import { EXPORTED } from "./kinds";
import type { ProgramFile } from "./program";
import { isYamlProgram } from "./yaml-program";

/** What to do where a file is there already: nothing at all, overwrite it, or bring its segments up to date. */
export type Mode = "refuse" | "force" | "merge";

/** `keep`: another content is there, and stays. */
export interface Step extends ExistingFile {
  readonly action: "new" | "change" | "unchanged" | "keep";
}

/** Why a file cannot be written. */
interface Conflict {
  readonly path: string;
  readonly reason: string;
}

/** A file with a segment that the export does not write, and does not delete. */
interface LeftFile {
  readonly path: string;
  /** Where `index.ts` names it, if it does: `line 2 of index.ts`. */
  readonly line: string | undefined;
}

export interface WritePlan {
  readonly steps: readonly Step[];
  /** Where there are some, nothing may be written. */
  readonly conflicts: readonly Conflict[];
  readonly leftFiles: readonly LeftFile[];
  /** What the program has now, and would not have any more. */
  readonly removedSegments: readonly string[];
  /** What a merge leaves as it is, since the program says it in a way of its own. */
  readonly programOwned: readonly string[];
}

/**
 * What writing a program into a folder would do.
 *
 * @param program what is in the folder
 * @param listed the IDs of all segments that there are, also of those that a filter leaves out
 * @param folderNames the names of all that is in the folder `segments`
 */
export function writePlan(
  exportedFiles: readonly ProgramFile[],
  program: ExistingProgram,
  mode: Mode,
  listed: ReadonlySet<string>,
  folderNames: readonly string[] = program.files.map(({ path }) => path.replace(/^segments\/|\/.*$/g, "")),
): WritePlan {
  const merge = mode === "merge" ? mergeIntoProgram(exportedFiles, program) : NO_MERGE;
  const isMerged = ({ resources: [one] = [] }: ProgramFile) => one !== undefined && merge.ids.has(one.id);
  const remainingFiles = exportedFiles.filter((file) => !isMerged(file));
  const decided = remainingFiles.map((file) =>
    mode === "merge" && file.role === "index"
      ? merged(file, exportedFiles, merge, program, folderNames)
      : decideStep(file, program.content(file.path), mode),
  );
  const updated = [...merge.contents].filter(([path]) => !remainingFiles.some((file) => file.path === path));
  const steps = [
    ...updated.map(([path, content]) => toChangeStep(path, content, program)),
    ...decided.flatMap((step) => ("action" in step ? [step] : [])),
  ];
  const others = findOtherFiles(exportedFiles, remainingFiles, program, merge);
  const twice = others.flatMap(({ path, elsewhere, reason }) =>
    elsewhere === undefined || mode === "force" ? [] : [{ path, reason }],
  );
  const index = steps.find(({ path }) => path === "index.ts");
  const lines = (index && others.length > 0 && program.read(index)) || undefined;
  return {
    steps,
    conflicts: [...decided.flatMap((step) => ("reason" in step ? [step] : [])), ...twice],
    leftFiles: others
      .filter(({ id, elsewhere }) => elsewhere !== undefined || !listed.has(id))
      .map(({ path }) => {
        const line = lines && findFileLines(lines).find(({ file }) => path.replace(/\.\w+$/, "") === file);
        return { path, line: line && `line ${line.number} of index.ts: ${line.text}` };
      }),
    removedSegments: mode === "force" ? findRemovedSegments(exportedFiles, program) : [],
    programOwned: merge.programOwned,
  };
}

/** The segments of the program in files that are not written. */
function findOtherFiles(
  exportedFiles: readonly ProgramFile[],
  remainingFiles: readonly ProgramFile[],
  program: ExistingProgram,
  merge: Merge,
) {
  const places = new Map(
    exportedFiles.flatMap(({ path, resources = [] }) => resources.map(({ id }) => [id, path] as const)),
  );
  const paths = new Set(remainingFiles.map(({ path }) => path));
  const { one } = EXPORTED[program.kind];
  return program.segments.flatMap((found) => {
    const { path, adoptId: id } = found;
    const first = id === undefined ? undefined : program.known.get(id);
    if (id === undefined || first === undefined) return [];
    if (!merge.ids.has(id)) {
      const elsewhere = places.get(id);
      const reason = `has the ${one} ${id}, which is ${elsewhere} in the export`;
      return paths.has(path) ? [] : [{ path, id, elsewhere, reason }];
    }
    const reason = `has the ${one} ${id} on line ${found.line}, and ${first.path} has it, too: remove one of the two`;
    return first === found ? [] : [{ path, id, elsewhere: first.path, reason }];
  });
}

function decideStep(
  { path, content, role }: ProgramFile,
  existingContent: string | undefined,
  mode: Mode,
): Step | Conflict {
  if (existingContent === undefined) return { path, content, action: "new" };
  // Git on Windows turns line ends.
  if (existingContent.replaceAll("\r\n", "\n") === content)
    return { path, content: existingContent, action: "unchanged" };
  if (mode === "force") return { path, content, action: "change" };
  // That file is the team's, and was looked at before: it has the names.
  if (path === "environments.yaml") return { path, content: existingContent, action: "keep" };
  if (mode === "refuse") return { path, reason: "exists, with other content" };
  if (role === "project") return { path, content: existingContent, action: "keep" };
  return { path, reason: "exists, and is not the exported file of it" };
}

const toChangeStep = (path: string, content: string, program: ExistingProgram): Step => ({
  path,
  content,
  action: content === program.content(path) ? "unchanged" : "change",
});

function merged(
  { path, content: whole }: ProgramFile,
  exportedFiles: readonly ProgramFile[],
  merge: Merge,
  program: ExistingProgram,
  folderNames: readonly string[],
): Step | Conflict {
  const existingContent = merge.contents.get(path) ?? program.content(path);
  if (existingContent === undefined) return { path, content: whole, action: "new" };
  const index = program.read({ path, content: existingContent });
  const files = exportedFiles.filter(({ role }) => role === "resource");
  const format = files.some((file) => file.path.endsWith(".json")) ? "json" : "modules";
  // What a module of the program loads already needs no line.
  const missing = files.flatMap(({ resources = [] }) =>
    resources.filter(({ id, file }) => {
      const existingPath = program.known.get(id)?.path.replace(/\.\w+$/, "") ?? `segments/${file}`;
      return existingPath === `segments/${file}` && !program.loaded.has(existingPath);
    }),
  );
  const present = new Set([
    ...files.flatMap(({ resources = [] }) => resources.map(({ file }) => file)),
    ...folderNames.map((name) => name.replace(/\.\w+$/, "")),
  ]);
  // What has a dot or a folder in its name was written by somebody else.
  const isGone = (file: string) => {
    const name = /^segments\/([^./]+)$/.exec(file)?.[1];
    return name !== undefined && !present.has(name);
  };
  const content = index && updateIndex(index, missing, format, isGone);
  return content === undefined
    ? { path, reason: "has no list of segment files that the export could add to" }
    : toChangeStep(path, content, program);
}

/** What the program of a folder has now, and would not have with another `index.ts`: files with the IDs of their segments. */
function findRemovedSegments(exportedFiles: readonly ProgramFile[], program: ExistingProgram): string[] {
  const staying = new Set(exportedFiles.flatMap(({ resources = [] }) => resources.map(({ id }) => id)));
  // Whatever is written, it takes the place of a program in YAML.
  const inYaml = program.segments.flatMap(({ path, adoptId }) =>
    isYamlProgram(path) && adoptId !== undefined && !staying.has(adoptId) ? [`${path} (${adoptId})`] : [],
  );
  const index = program.module("index.ts");
  const indexFile = exportedFiles.find(({ role }) => role === "index");
  const next = indexFile && program.read(indexFile);
  if (!index || !next) return inYaml;
  const json = program.files.flatMap(({ path }) => /^(segments\/[^/]+)\.json$/.exec(path)?.[1] ?? []);
  const filesOf = (of: typeof index) => [
    ...findFileLines(of).map(({ file }) => file),
    ...(readsWholeFolder(of) ? json : []),
  ];
  const named = new Set(filesOf(next));
  const inModules = filesOf(index).flatMap((file) =>
    program.files
      .filter(({ path }) => path.replace(/\.\w+$/, "") === file)
      .flatMap(({ path }) => {
        const ids = program.segments.flatMap((one) => (one.path === path ? (one.adoptId ?? []) : []));
        // Somebody's own module: it has no segment that could be found elsewhere.
        if (ids.length === 0) return named.has(file) ? [] : [path];
        const isRead = path.endsWith(".json") && readsWholeFolder(next);
        return isRead ? [] : ids.filter((id) => !staying.has(id)).map((id) => `${path} (${id})`);
      }),
  );
  return [...inYaml, ...inModules];
}
