import { existsSync, statSync } from "node:fs";
import { readJson, TooDeepError } from "../definition/json";
import { NotFoundError } from "../provider/http/errors";
import { textOfFile } from "./read-text";
import { openCommandRuntime } from "./command-runtime";
import type { Surroundings, Terminal } from "./terminal";

/** A definition and where it comes from. */
export interface FoundDefinition {
  /** For messages: a file's name, `standard input`, a segment's ID. */
  readonly place: string;
  /** The segment's name, where there is a whole segment. */
  readonly name?: string;
  readonly definition: unknown;
}

/** `s300000022_6b02b5cb0000000000000001`, `sABC@AdobeOrg_6b02b5cb0000000000000001`. */
const SEGMENT_ID = /^s[\w@.-]*_[0-9a-f]{24}$/i;

/**
 * Reads a definition, or a whole segment with one in it: from standard input for `-`, from a file, or from the service by its
 * ID.
 *
 * @throws Error that says what is wrong with the place
 */
export async function definitionFrom(
  source: string,
  places: Surroundings & Pick<Terminal, "standardInput">,
): Promise<FoundDefinition> {
  if (source === "-") return within("standard input", parsed("standard input", await places.standardInput()));
  if (existsSync(source)) {
    if (statSync(source).isDirectory()) throw new Error(`${source} is a folder; name a file with a definition as JSON`);
    return within(source, parsed(source, textOfFile(source)));
  }
  if (SEGMENT_ID.test(source)) return segment(source, places);
  throw new Error(`there is no file ${source}, and it is no segment's ID such as s300000022_6b02b5cb0000000000000001`);
}

function parsed(place: string, text: string): unknown {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof TooDeepError) throw new Error(`${place} cannot be read: ${error.message}`, { cause: error });
    throw new Error(`${place} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Exports and the API have the definition in a field of a segment. */
function within(place: string, json: unknown): FoundDefinition {
  const whole = typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
  if (whole["func"] !== undefined || whole["definition"] === undefined) return { place, definition: json };
  const { name, definition } = whole;
  return { place, definition, ...(typeof name === "string" && { name }) };
}

async function segment(id: string, places: Surroundings): Promise<FoundDefinition> {
  const { segments } = await openCommandRuntime(places);
  const found = await segments.get(id);
  if (found?.definition === undefined) {
    const happened = "there is no such segment, or this account may not see it";
    throw new NotFoundError({ operation: `read segment ${id}`, method: "", path: "", happened });
  }
  return { place: id, definition: found.definition, ...(found.name !== undefined && { name: found.name }) };
}
