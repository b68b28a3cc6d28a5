import { createHash } from "node:crypto";
import type { ExportedSegment, NamedSegment } from "./exported-segment";
import { isReserved } from "./reserved-names";
import { camelCase, slug } from "./slug";

/** The names that a segment has in a program that is there already. */
export type KeptNames = Pick<NamedSegment, "resource" | "identifier" | "file">;

/** Which names are taken from the start. */
export interface Taken {
  /** By the segment's ID. */
  readonly kept?: ReadonlyMap<string, KeptNames>;
  /** Files that are there and hold no segment of the export. */
  readonly files?: readonly string[];
}

/**
 * Names of all segments of a data view by their IDs. Of some that are alike the oldest one has the plain name, the others an
 * ending of their own ID: a segment that is made later changes no name. So the names of all have to be decided, also of those
 * that a filter leaves out.
 */
export function resourceNames(
  segments: readonly Pick<ExportedSegment, "id" | "name">[],
  { kept = new Map<string, KeptNames>(), files = [] }: Taken = {},
): ReadonlyMap<string, KeptNames> {
  const names = new Map(kept);
  const inUse = [...kept.values()].flatMap(({ resource, identifier, file }) => [resource, identifier, file]);
  const taken = new Set([...files, ...inUse].map(key));
  for (const { id, name } of [...segments].sort(byAge)) {
    if (names.has(id)) continue;
    const resource = candidates(id, name).find((words) => !taken.has(key(words)));
    if (resource === undefined) throw new Error(`there is no name left for the segment ${id}`);
    taken.add(key(resource));
    names.set(id, { resource, identifier: camelCase(resource), file: resource });
  }
  return names;
}

/** What must differ: a constant has no dashes, and some file systems know no capitals. */
const key = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** An ID ends with 24 digits that begin with the time of its making. */
const age = (id: string): string => /[0-9a-f]{24}$/i.exec(id)?.[0].toLowerCase() ?? id;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byAge = (a: { readonly id: string }, b: { readonly id: string }): number =>
  byText(age(a.id), age(b.id)) || byText(a.id, b.id);

function candidates(id: string, name: string): string[] {
  const words = slug(name);
  const base = isReserved(words) ? `segment-${words}`.replace(/-$/, "") : words;
  const tail = key(id).slice(-6);
  const digest = createHash("sha256").update(id).digest("hex");
  const endings = [...(tail === "" ? [] : [tail]), ...[8, 12, 16].map((length) => digest.slice(0, length))];
  return [base, ...endings.map((ending) => `${base}-${ending}`)].filter((candidate) => !isReserved(candidate));
}
