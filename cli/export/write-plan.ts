import { linesOf, withSegments, readsFolder } from "./entry-point";
import type { ExistingFile } from "./source-module";
import type { ExistingProgram } from "./existing-program";
import { mergeOf, NO_MERGE, type Merge } from "./merge";
import type { ProgramFile } from "./program";

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
  readonly left: readonly LeftFile[];
  /** What the program has now, and would not have any more. */
  readonly leaving: readonly string[];
  /** What a merge leaves as it is, since the program says it in a way of its own. */
  readonly own: readonly string[];
}

/**
 * What writing a program into a folder would do.
 *
 * @param program what is in the folder
 * @param listed the IDs of all segments that there are, also of those that a filter leaves out
 * @param beside the names of all that is in the folder `segments`
 */
export function writePlan(
  wanted: readonly ProgramFile[],
  program: ExistingProgram,
  mode: Mode,
  listed: ReadonlySet<string>,
  beside: readonly string[] = program.files.map(({ path }) => path.replace(/^segments\/|\/.*$/g, "")),
): WritePlan {
  const merge = mode === "merge" ? mergeOf(wanted, program) : NO_MERGE;
  const isThere = ({ segments: [one] = [] }: ProgramFile) => one !== undefined && merge.ids.has(one.segment.id);
  const rest = wanted.filter((file) => !isThere(file));
  const decided = rest.map((file) =>
    mode === "merge" && file.role === "index"
      ? merged(file, wanted, merge, program, beside)
      : decide(file, program.content(file.path), mode),
  );
  const updated = [...merge.contents].filter(([path]) => !rest.some((file) => file.path === path));
  const steps = [
    ...updated.map(([path, content]) => changeOf(path, content, program)),
    ...decided.flatMap((step) => ("action" in step ? [step] : [])),
  ];
  const others = othersOf(wanted, rest, program, merge);
  const twice = others.flatMap(({ path, elsewhere, reason }) =>
    elsewhere === undefined || mode === "force" ? [] : [{ path, reason }],
  );
  const index = steps.find(({ path }) => path === "index.ts");
  const lines = (index && others.length > 0 && program.read(index)) || undefined;
  return {
    steps,
    conflicts: [...decided.flatMap((step) => ("reason" in step ? [step] : [])), ...twice],
    left: others
      .filter(({ id, elsewhere }) => elsewhere !== undefined || !listed.has(id))
      .map(({ path }) => {
        const line = lines && linesOf(lines).find(({ file }) => path.replace(/\.\w+$/, "") === file);
        return { path, line: line && `line ${line.number} of index.ts: ${line.text}` };
      }),
    leaving: mode === "force" ? leaving(wanted, program) : [],
    own: merge.own,
  };
}

/** The segments of the program in files that are not written. */
function othersOf(
  wanted: readonly ProgramFile[],
  rest: readonly ProgramFile[],
  program: ExistingProgram,
  merge: Merge,
) {
  const places = new Map(
    wanted.flatMap(({ path, segments = [] }) => segments.map(({ segment }) => [segment.id, path] as const)),
  );
  const paths = new Set(rest.map(({ path }) => path));
  return program.segments.flatMap((found) => {
    const { path, adoptId: id } = found;
    const first = id === undefined ? undefined : program.known.get(id);
    if (id === undefined || first === undefined) return [];
    if (!merge.ids.has(id)) {
      const elsewhere = places.get(id);
      const reason = `has the segment ${id}, which is ${elsewhere} in the export`;
      return paths.has(path) ? [] : [{ path, id, elsewhere, reason }];
    }
    const reason = `has the segment ${id} on line ${found.line}, and ${first.path} has it, too: remove one of the two`;
    return first === found ? [] : [{ path, id, elsewhere: first.path, reason }];
  });
}

function decide({ path, content, role }: ProgramFile, there: string | undefined, mode: Mode): Step | Conflict {
  if (there === undefined) return { path, content, action: "new" };
  // Git on Windows turns line ends.
  if (there.replaceAll("\r\n", "\n") === content) return { path, content: there, action: "unchanged" };
  if (mode === "force") return { path, content, action: "change" };
  // That file is the team's, and was looked at before: it has the names.
  if (path === "environments.yaml") return { path, content: there, action: "keep" };
  if (mode === "refuse") return { path, reason: "exists, with other content" };
  if (role === "project") return { path, content: there, action: "keep" };
  return { path, reason: "exists, and is not the exported file of this segment" };
}

const changeOf = (path: string, content: string, program: ExistingProgram): Step => ({
  path,
  content,
  action: content === program.content(path) ? "unchanged" : "change",
});

function merged(
  { path, content: whole }: ProgramFile,
  wanted: readonly ProgramFile[],
  merge: Merge,
  program: ExistingProgram,
  beside: readonly string[],
): Step | Conflict {
  const there = merge.contents.get(path) ?? program.content(path);
  if (there === undefined) return { path, content: whole, action: "new" };
  const index = program.read({ path, content: there });
  const files = wanted.filter(({ role }) => role === "segment");
  const format = files.some((file) => file.path.endsWith(".json")) ? "json" : "modules";
  // What a module of the program loads already needs no line.
  const missing = files.flatMap(({ segments = [] }) =>
    segments.filter(({ segment, file }) => {
      const own = program.known.get(segment.id)?.path.replace(/\.\w+$/, "") ?? `segments/${file}`;
      return own === `segments/${file}` && !program.loaded.has(own);
    }),
  );
  const present = new Set([
    ...files.flatMap(({ segments = [] }) => segments.map(({ file }) => file)),
    ...beside.map((name) => name.replace(/\.\w+$/, "")),
  ]);
  // What has a dot or a folder in its name was written by somebody else.
  const isGone = (file: string) => {
    const name = /^segments\/([^./]+)$/.exec(file)?.[1];
    return name !== undefined && !present.has(name);
  };
  const content = index && withSegments(index, missing, format, isGone);
  return content === undefined
    ? { path, reason: "has no list of segment files that the export could add to" }
    : changeOf(path, content, program);
}

/** What the program of a folder has now, and would not have with another `index.ts`: files with the IDs of their segments. */
function leaving(wanted: readonly ProgramFile[], program: ExistingProgram): string[] {
  const index = program.module("index.ts");
  const written = wanted.find(({ role }) => role === "index");
  const next = written && program.read(written);
  if (!index || !next) return [];
  const staying = new Set(wanted.flatMap(({ segments = [] }) => segments.map(({ segment }) => segment.id)));
  const json = program.files.flatMap(({ path }) => /^(segments\/[^/]+)\.json$/.exec(path)?.[1] ?? []);
  const filesOf = (of: typeof index) => [...linesOf(of).map(({ file }) => file), ...(readsFolder(of) ? json : [])];
  const named = new Set(filesOf(next));
  return filesOf(index).flatMap((file) =>
    program.files
      .filter(({ path }) => path.replace(/\.\w+$/, "") === file)
      .flatMap(({ path }) => {
        const ids = program.segments.flatMap((one) => (one.path === path ? (one.adoptId ?? []) : []));
        // Somebody's own module: it has no segment that could be found elsewhere.
        if (ids.length === 0) return named.has(file) ? [] : [path];
        const isRead = path.endsWith(".json") && readsFolder(next);
        return isRead ? [] : ids.filter((id) => !staying.has(id)).map((id) => `${path} (${id})`);
      }),
  );
}
