import { existsSync, statSync } from "node:fs";
import { readJson, TooDeepError } from "../definition/json";
import { NotFoundError } from "../provider/http/errors";
import { readTextFile } from "./read-text";
import { openCommandRuntime } from "./command-runtime";
import type { CommandContext, Terminal } from "./terminal";

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
export async function readDefinition(
  source: string,
  context: CommandContext & Pick<Terminal, "standardInput">,
): Promise<FoundDefinition> {
  if (source === "-")
    return extractDefinition("standard input", parsed("standard input", await context.standardInput()));
  if (existsSync(source)) {
    if (statSync(source).isDirectory()) throw new Error(`${source} is a folder; name a file with a definition as JSON`);
    return extractDefinition(source, parsed(source, readTextFile(source)));
  }
  if (SEGMENT_ID.test(source)) return readSegment(source, context);
  throw new Error(
    `there is no file ${source}, and it is not a segment's ID such as s300000022_6b02b5cb0000000000000001`,
  );
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
function extractDefinition(place: string, json: unknown): FoundDefinition {
  const segmentFields = typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
  if (segmentFields["func"] !== undefined || segmentFields["definition"] === undefined)
    return { place, definition: json };
  const { name, definition } = segmentFields;
  return { place, definition, ...(typeof name === "string" && { name }) };
}

async function readSegment(id: string, context: CommandContext): Promise<FoundDefinition> {
  const { segments } = await openCommandRuntime(context);
  const found = await segments.get(id);
  if (found?.definition === undefined) {
    const reason = "there is no such segment, or this account may not see it";
    throw new NotFoundError({ operation: `read segment ${id}`, method: "", path: "", happened: reason });
  }
  return { place: id, definition: found.definition, ...(found.name !== undefined && { name: found.name }) };
}
