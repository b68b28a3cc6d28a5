import { linesOf } from "./entry-point";
import { adoptIdsOf, type ExistingFile } from "./existing-file";
import type { ProgramFile } from "./program";

/** What the program of a folder has now, and would not have with another `index.ts`: files with the IDs of their segments. */
export function leaving(wanted: readonly ProgramFile[], existing: readonly ExistingFile[]): string[] {
  const index = existing.find(({ path }) => path === "index.ts");
  const next = wanted.find(({ role }) => role === "index");
  if (!index || !next) return [];
  const staying = new Set(wanted.flatMap(adoptIdsOf));
  const named = new Set(linesOf(next.content).map(({ file }) => file));
  return linesOf(index.content).flatMap(({ file }) =>
    existing
      .filter(({ path }) => path === `${file}.ts` || path === `${file}.json`)
      .flatMap((there) => {
        const ids = adoptIdsOf(there);
        // Somebody's own module: it has no segment that could be found elsewhere.
        if (ids.length === 0) return named.has(file) ? [] : [there.path];
        return ids.filter((id) => !staying.has(id)).map((id) => `${there.path} (${id})`);
      }),
  );
}
