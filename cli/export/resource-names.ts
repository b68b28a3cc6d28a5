import { createHash } from "node:crypto";
import { sortedBy } from "../../definition/sorted";
import type { NamedResource } from "./kinds";

/** The names that a resource has in a program that is there already. */
export type KeptNames = Omit<NamedResource, "id">;

/** Which names are taken from the start. */
interface TakenNames {
  /** By the ID at Adobe. */
  readonly existingNames?: ReadonlyMap<string, KeptNames>;
  /** Files that are there and hold nothing of the export. */
  readonly files?: readonly string[];
}

/**
 * Names of resources by their IDs: the words of the name at Adobe and the end of the ID. Which others there are is no
 * matter: one that is made or deleted changes no name (docs/decisions/exported-names.md).
 */
export function resourceNames(
  segments: readonly { readonly id: string; readonly name: string }[],
  { existingNames = new Map<string, KeptNames>(), files = [] }: TakenNames = {},
): ReadonlyMap<string, KeptNames> {
  const names = new Map(existingNames);
  const inUse = [...existingNames.values()].flatMap(({ resource, identifier, file }) => [resource, identifier, file]);
  const taken = new Set([...files, ...inUse].map(comparisonKey));
  for (const { id, name } of sortedBy(segments, (segment) => segment.id)) {
    if (names.has(id)) continue;
    const resource = candidates(id, name).find((candidate) => !taken.has(comparisonKey(candidate)));
    if (resource === undefined) throw new Error(`there is no name left for ${id}`);
    taken.add(comparisonKey(resource));
    names.set(id, { resource, identifier: camelCase(resource), file: resource });
  }
  return names;
}

/** What must differ: a constant has no dashes, and some file systems know no capitals. */
const comparisonKey = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const digest = (id: string): string => createHash("sha256").update(id).digest("hex");

/** The end of an ID, which ends with 24 digits; of another text a digest. */
export const idEnding = (id: string): string => (/[0-9a-f]{24}$/i.exec(id)?.[0].toLowerCase() ?? digest(id)).slice(-6);

function candidates(id: string, name: string): string[] {
  const words = slug(name);
  const base = /^[a-z]/.test(words) ? words : words === "" ? "segment" : `segment-${words}`;
  const endings = [idEnding(id), ...[8, 12, 16].map((length) => digest(id).slice(0, length))];
  return endings.map((ending) => `${base}-${ending}`);
}

/** Letters that are no letter with a mark. */
const LETTER_REPLACEMENTS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  þ: "th",
};

/** Room for an ending that tells two apart. */
const MAX_LENGTH = 60;

/**
 * The words of a text in small ASCII letters and digits with dashes between: `Größe & Preis` → `grosse-preis`. Empty where the
 * text has none.
 */
export function slug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßæœøđðłþ]/g, (letter) => LETTER_REPLACEMENTS[letter] ?? "");
  const dashed = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return dashed.length <= MAX_LENGTH ? dashed : shortenSlug(dashed);
}

/** At the end of a word, if one ends in the second half. */
function shortenSlug(text: string): string {
  const cut = text.slice(0, MAX_LENGTH + 1);
  const end = cut.lastIndexOf("-");
  return end > MAX_LENGTH / 2 ? cut.slice(0, end) : cut.slice(0, MAX_LENGTH);
}

/** `mobile-visitors` → `mobileVisitors`. */
export const camelCase = (slugText: string): string =>
  slugText.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
