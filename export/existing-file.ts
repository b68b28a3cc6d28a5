import type { KeptNames } from "./resource-names";

/** A file in the folder of an export. */
export interface ExistingFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** The segment that a file is of, and its names there; undefined where it is no file of one segment. */
export interface ExistingSegment {
  readonly adoptId: string;
  readonly names: KeptNames;
}

const TEXT = '"(?:[^"\\\\]|\\\\.)*"';
const ADOPT_ID = new RegExp(`^\\s*adoptId: (?:adopted\\()?(${TEXT})\\)?,?$`, "gm");
const NAME = new RegExp(`^\\s*name: (${TEXT}),?$`, "m");
const SEGMENT = new RegExp(`^export const ([A-Za-z_$][\\w$]*) = new cja\\.Segment\\(\\s*(${TEXT})`, "gm");

/** What a file says that an export has written, also where it was edited since. */
export function existingSegment({ path, content }: ExistingFile): ExistingSegment | undefined {
  const file = /^segments\/([^/]+)\.(?:ts|json)$/.exec(path)?.[1];
  if (file === undefined) return undefined;
  if (path.endsWith(".json")) return fromJson(file, content);
  const [id, ...otherIds] = content.replaceAll("\r\n", "\n").matchAll(ADOPT_ID);
  const [made, ...others] = content.matchAll(SEGMENT);
  const [, identifier, resource] = made ?? [];
  if (id?.[1] === undefined || identifier === undefined || resource === undefined) return undefined;
  if (otherIds.length > 0 || others.length > 0) return undefined;
  const [adoptId, name] = [textOf(id[1]), textOf(resource)];
  return adoptId === undefined || name === undefined
    ? undefined
    : { adoptId, names: { resource: name, identifier, file } };
}

/** A segment of a file that does not say which one it is. */
export interface UnidentifiedSegment {
  /** In the UI, as far as it can be read. */
  readonly name: string | undefined;
  readonly names: KeptNames;
}

/** The segment of a file without `adoptId`; undefined where there is none, or several. */
export function unidentifiedSegment({ path, content }: ExistingFile): UnidentifiedSegment | undefined {
  const file = /^segments\/([^/]+)\.(?:ts|json)$/.exec(path)?.[1];
  if (file === undefined || /\badoptId\b/.test(content)) return undefined;
  if (path.endsWith(".json")) {
    const json = parsed(content);
    if (typeof json !== "object" || json === null || !("definition" in json)) return undefined;
    const name = "name" in json && typeof json.name === "string" ? json.name : undefined;
    return { name, names: { resource: file, identifier: file, file } };
  }
  const [made, ...others] = content.matchAll(SEGMENT);
  const [, identifier, literal = ""] = made ?? [];
  const resource = textOf(literal);
  if (identifier === undefined || resource === undefined || others.length > 0) return undefined;
  const [, name = ""] = NAME.exec(content) ?? [];
  return { name: textOf(name), names: { resource, identifier, file } };
}

/** The IDs of all segments that a file of the program takes over; `segments.ts` has several. */
export function adoptIdsOf({ path, content }: ExistingFile): string[] {
  if (path.endsWith(".json")) {
    const found = fromJson(path, content);
    return found ? [found.adoptId] : [];
  }
  return [...content.replaceAll("\r\n", "\n").matchAll(ADOPT_ID)].flatMap(([, literal = ""]) => textOf(literal) ?? []);
}

/** A resource has the name of its file there. */
function fromJson(file: string, content: string): ExistingSegment | undefined {
  const json = parsed(content);
  const adoptId = typeof json === "object" && json !== null && "adoptId" in json ? json.adoptId : undefined;
  return typeof adoptId === "string" ? { adoptId, names: { resource: file, identifier: file, file } } : undefined;
}

function textOf(literal: string): string | undefined {
  const text = parsed(literal);
  return typeof text === "string" ? text : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It was written by somebody else, who may write what they like.
    return undefined;
  }
}
