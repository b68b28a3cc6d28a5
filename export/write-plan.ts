import { linesOf, withSegments } from "./entry-point";
import type { ExistingFile } from "./existing-file";
import { knownSegment, type ResourceIds } from "./known-files";
import { leaving } from "./leaving";
import type { ProgramFile } from "./program";

/** What to do where a file is there already: nothing at all, overwrite it, or bring segments up to date by their `adoptId`. */
export type Mode = "refuse" | "force" | "merge";

/** `keep`: another content is there, and stays. */
export interface Step extends ExistingFile {
  readonly action: "new" | "change" | "unchanged" | "keep";
}

/** Why a file cannot be written. */
export interface Conflict {
  readonly path: string;
  readonly reason: string;
}

/** A file with a segment that the export does not write, and does not delete. */
export interface LeftFile {
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
}

/**
 * What writing a program into a folder would do.
 *
 * @param beside the names of all that is in the folder `segments`
 * @param listed the IDs of all segments that there are, also of those that a filter leaves out
 * @param ids of the segments of stacks, by their resources: files may be of them
 */
export function writePlan(
  wanted: readonly ProgramFile[],
  existing: readonly ExistingFile[],
  mode: Mode,
  listed: ReadonlySet<string>,
  beside: readonly string[] = existing.map(({ path }) => path.replace(/^segments\//, "")),
  ids: ResourceIds = new Map(),
): WritePlan {
  const contents = new Map(existing.map(({ path, content }) => [path, content]));
  const decided = wanted.map((file) => decide(file, contents.get(file.path), wanted, mode, beside, ids));
  const written = new Map(wanted.flatMap(({ adoptId, path }) => (adoptId === undefined ? [] : [[adoptId, path]])));
  const paths = new Set(wanted.map(({ path }) => path));
  const others = existing.flatMap((file) => {
    const found = paths.has(file.path) ? undefined : knownSegment(file, ids);
    return found ? [{ path: file.path, adoptId: found.adoptId, elsewhere: written.get(found.adoptId) }] : [];
  });
  const twice = others.flatMap(({ path, adoptId, elsewhere }) =>
    elsewhere === undefined || mode === "force"
      ? []
      : [{ path, reason: `has the segment ${adoptId}, which is ${elsewhere} in the export` }],
  );
  const steps = decided.flatMap((step) => ("action" in step ? [step] : []));
  const lines = linesOf(steps.find(({ path }) => path === "index.ts")?.content ?? "");
  return {
    steps,
    conflicts: [...decided.flatMap((step) => ("reason" in step ? [step] : [])), ...twice],
    left: others
      .filter(({ adoptId, elsewhere }) => elsewhere !== undefined || !listed.has(adoptId))
      .map(({ path }) => {
        const line = lines.find(({ file }) => path === `${file}.ts` || path === `${file}.json`);
        return { path, line: line && `line ${line.number} of index.ts: ${line.text.trim()}` };
      }),
    leaving: mode === "force" ? leaving(wanted, existing) : [],
  };
}

function decide(
  { path, content, role, adoptId }: ProgramFile,
  there: string | undefined,
  wanted: readonly ProgramFile[],
  mode: Mode,
  beside: readonly string[],
  ids: ResourceIds,
): Step | Conflict {
  if (there === undefined) return { path, content, action: "new" };
  // Git on Windows turns line ends.
  if (there.replaceAll("\r\n", "\n") === content) return { path, content: there, action: "unchanged" };
  if (mode === "force") return { path, content, action: "change" };
  // That file is the team's, and was looked at before: it has the names.
  if (path === "environments.yaml") return { path, content: there, action: "keep" };
  if (mode === "refuse") return { path, reason: "is there, with another content" };
  if (role === "project") return { path, content: there, action: "keep" };
  if (role === "index") return merged(path, there, wanted, beside);
  return knownSegment({ path, content: there }, ids)?.adoptId === adoptId
    ? { path, content, action: "change" }
    : { path, reason: "is there and is no exported file of this segment" };
}

function merged(
  path: string,
  there: string,
  wanted: readonly ProgramFile[],
  beside: readonly string[],
): Step | Conflict {
  const files = wanted.filter(({ adoptId }) => adoptId !== undefined).map((file) => file.path);
  const names = files.map((file) => file.replace(/^segments\/(.*)\.(ts|json)$/, "$1"));
  const format = files.some((file) => file.endsWith(".json")) ? "json" : "modules";
  const present = new Set([...names, ...beside.map((name) => name.replace(/\.\w+$/, ""))]);
  // What has a dot or a folder in its name was written by somebody else.
  const isGone = (file: string) => {
    const name = /^segments\/([^./]+)$/.exec(file)?.[1];
    return name !== undefined && !present.has(name);
  };
  const content = withSegments(there, names, format, isGone);
  if (content === undefined) return { path, reason: "lists no files of segments that more could be added to" };
  return { path, content, action: content === there ? "unchanged" : "change" };
}
