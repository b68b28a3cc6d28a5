import { withSegments } from "./entry-point";
import { existingSegment, type ExistingFile } from "./existing-file";
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

export interface WritePlan {
  readonly steps: readonly Step[];
  /** Where there are some, nothing may be written. */
  readonly conflicts: readonly Conflict[];
  /** Files with segments that the export does not write, and does not delete. */
  readonly left: readonly string[];
}

/**
 * What writing a program into a folder would do.
 *
 * @param listed the IDs of all segments that there are, also of those that a filter leaves out
 */
export function writePlan(
  wanted: readonly ProgramFile[],
  existing: readonly ExistingFile[],
  mode: Mode,
  listed: ReadonlySet<string>,
): WritePlan {
  const contents = new Map(existing.map(({ path, content }) => [path, content]));
  const decided = wanted.map((file) => decide(file, contents.get(file.path), wanted, mode));
  const written = new Map(wanted.flatMap(({ adoptId, path }) => (adoptId === undefined ? [] : [[adoptId, path]])));
  const paths = new Set(wanted.map(({ path }) => path));
  const others = existing.flatMap((file) => {
    const found = paths.has(file.path) ? undefined : existingSegment(file);
    return found ? [{ path: file.path, adoptId: found.adoptId, elsewhere: written.get(found.adoptId) }] : [];
  });
  const twice = others.flatMap(({ path, adoptId, elsewhere }) =>
    elsewhere === undefined || mode === "force"
      ? []
      : [{ path, reason: `has the segment ${adoptId}, which is ${elsewhere} in the export` }],
  );
  return {
    steps: decided.flatMap((step) => ("action" in step ? [step] : [])),
    conflicts: [...decided.flatMap((step) => ("reason" in step ? [step] : [])), ...twice],
    left: others
      .filter(({ adoptId, elsewhere }) => elsewhere !== undefined || !listed.has(adoptId))
      .map(({ path }) => path),
  };
}

function decide(
  { path, content, role, adoptId }: ProgramFile,
  there: string | undefined,
  wanted: readonly ProgramFile[],
  mode: Mode,
): Step | Conflict {
  if (there === undefined) return { path, content, action: "new" };
  // Git on Windows turns line ends.
  if (there.replaceAll("\r\n", "\n") === content) return { path, content: there, action: "unchanged" };
  // That file is the team's: the export has only read it.
  if (path === "environments.yaml") return { path, content: there, action: "keep" };
  if (mode === "force") return { path, content, action: "change" };
  if (mode === "refuse") return { path, reason: "is there, with another content" };
  if (role === "project") return { path, content: there, action: "keep" };
  if (role === "index") return merged(path, there, wanted);
  return existingSegment({ path, content: there })?.adoptId === adoptId
    ? { path, content, action: "change" }
    : { path, reason: "is there and is no exported file of this segment" };
}

function merged(path: string, there: string, wanted: readonly ProgramFile[]): Step | Conflict {
  const files = wanted.filter(({ adoptId }) => adoptId !== undefined).map((file) => file.path);
  const names = files.map((file) => file.replace(/^segments\/(.*)\.(ts|json)$/, "$1"));
  const content = withSegments(there, names, files.some((file) => file.endsWith(".json")) ? "json" : "modules");
  if (content === undefined) return { path, reason: "lists no files of segments that more could be added to" };
  return { path, content, action: content === there ? "unchanged" : "change" };
}
