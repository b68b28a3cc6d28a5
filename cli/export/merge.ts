import type { ExistingProgram } from "./existing-program";
import { segmentsMadeIn, type FoundSegment } from "./found-segment";
import type { ProgramFile } from "./program";
import { edited } from "./text-edits";
import { importEdits, computeUpdate, type Update } from "./updated-module";
import { isDeepStrictEqual } from "node:util";
import { equal } from "../../definition";
import { readJson } from "../../definition/json";
import { CLEARED_FIELDS, isSameValue, segmentField } from "../../model/segment-field-lists";
import { jsonText } from "./segment-source";

/** What a merge makes of the files that have segments of the export already. */
export interface Merge {
  readonly ids: ReadonlySet<string>;
  /** What the files have afterwards, by their paths. */
  readonly contents: ReadonlyMap<string, string>;
  /** What stays although it may differ, since the program says it in a way of its own. */
  readonly programOwned: readonly string[];
}

export const NO_MERGE: Merge = { ids: new Set(), contents: new Map(), programOwned: [] };

interface Pair {
  readonly found: FoundSegment;
  readonly file: ProgramFile;
}

const isJson = (path: string): boolean => path.endsWith(".json");

/** Brings the segments of a program up to date where they stand. */
export function mergeIntoProgram(exportedFiles: readonly ProgramFile[], program: ExistingProgram): Merge {
  const pairs = exportedFiles.flatMap((file): Pair[] => {
    const [one] = file.resources ?? [];
    const found = one && program.known.get(one.id);
    return found && isJson(found.path) === isJson(file.path) ? [{ found, file }] : [];
  });
  const contents = new Map<string, string>();
  const programOwned: string[] = [];
  for (const path of new Set(pairs.map(({ found }) => found.path))) {
    const { content, kept } = updateFile(
      path,
      pairs.filter(({ found }) => found.path === path),
      program,
    );
    contents.set(path, content);
    programOwned.push(...kept);
  }
  return { ids: new Set(pairs.map(({ found }) => found.adoptId ?? "")), contents, programOwned };
}

function updateFile(path: string, pairs: readonly Pair[], program: ExistingProgram) {
  const content = program.content(path) ?? "";
  const module = program.module(path);
  const programOwned: string[] = [];
  const [first] = pairs;
  // Git on Windows turns line ends.
  if (!first || content.replaceAll("\r\n", "\n") === first.file.content) return { content, kept: programOwned };
  if (!module) return { content: updatedJson(content, first.file.content) ?? content, kept: programOwned };
  const updates = pairs.flatMap(({ found, file }): Update[] => {
    const exportedModule = program.read(file);
    const [exportedSegment] = exportedModule ? segmentsMadeIn(exportedModule) : [];
    if (!exportedModule || !exportedSegment) return [];
    const update = computeUpdate({ module, found, exportedModule, exportedSegment });
    if (update.programOwned.length > 0)
      programOwned.push(`${path}, line ${found.line}: ${update.programOwned.join(", ")}`);
    return [update];
  });
  const edits = updates.flatMap((one) => one.edits);
  const imports = updates.flatMap((one) => one.imports);
  return { content: edited(content, [...importEdits(module, imports, edits), ...edits]), kept: programOwned };
}

/**
 * A file of JSON with the fields of an export, and all others that it has. Undefined where it says them already, in whatever
 * order and layout.
 *
 * @param exported as the export writes it
 */
function updatedJson(existing: string, exported: string): string | undefined {
  const fieldsOf = (text: string) => readJson(text) as Readonly<Record<string, unknown>>;
  const [before, next] = [fieldsOf(existing), fieldsOf(exported)];
  // To say what leaving it out means is to say nothing.
  const cleared = CLEARED_FIELDS.filter((name) => !isSameValue(name, before[name], undefined));
  const absent = Object.fromEntries(cleared.map((name) => [name, segmentField(name).absent]));
  const merged: typeof before = { ...before, ...absent, ...next };
  const isSame = Object.entries(merged).every(([key, value]) =>
    key === "definition" ? equal(before[key], value) : isDeepStrictEqual(before[key], value),
  );
  return isSame ? undefined : jsonText(merged);
}
