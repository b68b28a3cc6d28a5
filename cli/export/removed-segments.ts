import { linesOf, readsFolder } from "./entry-point";
import type { ExistingProgram } from "./existing-program";
import type { ProgramFile } from "./program";

/** What the program of a folder has now, and would not have with another `index.ts`: files with the IDs of their segments. */
export function leaving(wanted: readonly ProgramFile[], program: ExistingProgram): string[] {
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
