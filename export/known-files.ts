import { quoted } from "../definition/sentences/quote";
import { existingSegment, unidentifiedSegment, type ExistingFile, type ExistingSegment } from "./existing-file";
import type { ExportedSegment } from "./exported-segment";
import { slug } from "./slug";

/** The IDs of a stack's segments by the names that the program gives its resources. */
export type ResourceIds = ReadonlyMap<string, string>;

/**
 * The segment that a file is of: by its `adoptId`, else by the stack that its resource is in.
 *
 * @param ids of stacks, where some are given
 */
export function knownSegment(file: ExistingFile, ids: ResourceIds): ExistingSegment | undefined {
  const found = existingSegment(file);
  if (found) return found;
  const there = unidentifiedSegment(file);
  const adoptId = there && ids.get(there.names.resource);
  return there && adoptId !== undefined ? { adoptId, names: there.names } : undefined;
}

/**
 * Why segments must not be added to a program that may have them already, in files that do not say of which segment they are: the
 * program would have them twice.
 */
export function mayBeThere(
  segments: readonly ExportedSegment[],
  files: readonly ExistingFile[],
  ids: ResourceIds,
): { readonly path: string; readonly reason: string }[] {
  const known = new Set(files.flatMap((file) => knownSegment(file, ids)?.adoptId ?? []));
  const others = segments.filter(({ id }) => !known.has(id));
  return files.flatMap((file) => {
    const there = knownSegment(file, ids) ? undefined : unidentifiedSegment(file);
    const alike = there && others.find((one) => one.name === there.name || slug(one.name) === there.names.resource);
    if (!alike) return [];
    const id = quoted(alike.id);
    return [
      {
        path: file.path,
        reason:
          `has no adoptId, and may be the segment ${alike.id} ${quoted(alike.name)}: put adoptId: ${id} back into it, ` +
          "or give --stack NAME, so that the export looks which segments the stack has",
      },
    ];
  });
}
