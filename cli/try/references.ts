import { measure } from "../../definition";
import { isObject, readJson } from "../../definition/json";
import { readDefinition } from "../definition-source";
import { readTextFile } from "../read-text";
import type { Terminal } from "../terminal";

/** Definitions by the IDs of their segments. */
export type SegmentsById = ReadonlyMap<string, unknown>;

/**
 * Segments that others refer to: an object with a definition, or a whole segment, for each ID; or a list of whole segments.
 *
 * @throws Error where it is neither
 */
export function readSegmentsFile(file: string): SegmentsById {
  const json = readJson(readTextFile(file));
  const advice = `${file}: write {"s300000022_…": {"func": "segment", …}}, or a list of segments with "id" and "definition"`;
  if (Array.isArray(json))
    return new Map(
      json.map((one: unknown) => {
        if (!isObject(one) || typeof one["id"] !== "string" || one["definition"] === undefined) throw new Error(advice);
        return [one["id"], one["definition"]];
      }),
    );
  if (!isObject(json)) throw new Error(advice);
  return new Map(Object.entries(json).map(([id, one]) => [id, definitionIn(one)]));
}

const definitionIn = (one: unknown): unknown => (isObject(one) && one["func"] === undefined ? one["definition"] : one);

/** All segments that a definition refers to, and those refer to, as far as they are known. */
export function referredSegments(definition: unknown, known: SegmentsById): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [definition];
  for (let one = pending.pop(); one !== undefined; one = pending.pop())
    for (const id of measure(one).segments) {
      if (found.has(id)) continue;
      found.add(id);
      if (known.get(id) !== undefined) pending.push(known.get(id));
    }
  return found;
}

/** The known segments with those that a definition of the service refers to there. */
export async function withSegmentsOfService(
  definition: unknown,
  known: SegmentsById,
  terminal: Terminal,
): Promise<SegmentsById> {
  const all = new Map(known);
  for (;;) {
    const missing = [...referredSegments(definition, all)].filter((id) => !all.has(id));
    if (missing.length === 0) return all;
    for (const id of missing) {
      const read = await readDefinition(id, terminal);
      all.set(id, "definition" in read ? read.definition : undefined);
    }
  }
}

/** Saved date ranges by their IDs, from `ID=start/end`, one after the other; undefined for anything else. */
export function collectDateRange(
  text: string,
  before: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> | undefined {
  const [, id, range] = /^([^=]+)=([^/]+\/[^/]+)$/.exec(text) ?? [];
  return id === undefined || range === undefined ? undefined : new Map([...before, [id, range]]);
}
