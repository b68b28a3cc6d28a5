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
  /** Of a whole segment, too. */
  readonly dataViewId?: string;
  readonly definition: unknown;
}

/** An audience's expression and where it comes from. */
export interface FoundExpression {
  readonly place: string;
  /** The audience's name, where there is a whole audience. */
  readonly name?: string;
  /** The XDM schema of a whole audience. */
  readonly schemaName?: string;
  /** A text of the query language, or JSON in the form of pql/json. */
  readonly expression: unknown;
}

/** `s300000022_6b02b5cb0000000000000001`, `sABC@AdobeOrg_6b02b5cb0000000000000001`. */
const SEGMENT_ID = /^s[\w@.-]*_[0-9a-f]{24}$/i;

/**
 * Reads a definition or an expression, or a whole segment or audience with one in it: from standard input for `-`, from a file, or, of a
 * segment, from the service by its ID.
 *
 * @throws Error that says what is wrong with the place
 */
export async function readDefinition(
  source: string,
  context: CommandContext & Pick<Terminal, "standardInput">,
): Promise<FoundDefinition | FoundExpression> {
  if (source === "-") {
    const text = await context.standardInput();
    const [place, isJson] = ["standard input", /^\s*(?:[[{"]|$)/.test(text)];
    return isJson ? extract(place, parsed(place, text)) : { place, expression: text };
  }
  if (existsSync(source)) {
    if (statSync(source).isDirectory())
      throw new Error(`${source} is a folder; name a file with a definition as JSON, or an expression (.pql)`);
    const text = readTextFile(source);
    return source.endsWith(".pql") ? { place: source, expression: text } : extract(source, parsed(source, text));
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
    const hint = /^\s*[[{"]/.test(text)
      ? ""
      : "; the expression of an audience has to be in a file with the ending .pql";
    throw new Error(`${place} is not JSON: ${error instanceof Error ? error.message : String(error)}${hint}`, {
      cause: error,
    });
  }
}

/** Exports and the APIs have the definition in a field of a segment, and the expression in one of an audience. */
function extract(place: string, json: unknown): FoundDefinition | FoundExpression {
  const fields = typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
  const { func, nodeType, name, definition, expression, schema, schemaName } = fields;
  const named = typeof name === "string" ? { name } : {};
  if (nodeType !== undefined) return { place, expression: json };
  if (func === undefined && definition !== undefined) {
    // As the program, the guide and the OpenAPI document call it.
    const dataViewId = [fields["dataViewId"], fields["rsid"], fields["dataId"]].find((id) => typeof id === "string");
    return { place, definition, ...named, ...(dataViewId !== undefined && { dataViewId }) };
  }
  if (func === undefined && expression !== undefined) {
    const { name: schemaOf = schemaName } = (schema ?? {}) as { readonly name?: unknown };
    const made = typeof schemaOf === "string" ? { schemaName: schemaOf } : {};
    return { place, expression: withoutFormat(place, expression), ...named, ...made };
  }
  return { place, definition: json };
}

/** `{"type": "PQL", "format": "pql/json", "value": "…"}`, as the API answers it. */
function withoutFormat(place: string, expression: unknown): unknown {
  const { format, value } = (typeof expression === "object" && expression !== null ? expression : {}) as Readonly<
    Record<string, unknown>
  >;
  if (typeof value !== "string") return expression;
  return format === "pql/json" ? parsed(place, value) : value;
}

async function readSegment(id: string, context: CommandContext): Promise<FoundDefinition> {
  const { segments } = await openCommandRuntime(context);
  const found = await segments.get(id);
  if (found?.definition === undefined) {
    const reason = "there is no such segment, or this account may not see it";
    throw new NotFoundError({ operation: `read segment ${id}`, method: "", path: "", happened: reason });
  }
  const { definition, name, dataViewId } = found;
  return {
    place: id,
    definition,
    ...(name !== undefined && { name }),
    ...(dataViewId !== undefined && { dataViewId }),
  };
}
