import { at, type Json } from "../json";
import type { Answer } from "../place";
import { recorded } from "../recorded";
import { schemaFit } from "../schema-fit";

const document = recorded("cja.openapi");

/** The document's parts, for its outline and its lists of values. */
export const cjaOpenApi: Json = document;

/** The expansions that an operation allows, in the document's order. */
export function expansionsOf(method: string, path: string): readonly string[] {
  const parameters = at(document, `paths.${path}.${method}.parameters`) as readonly Json[];
  const expansion = parameters.find((parameter) => at(parameter, "name") === "expansion");
  return at(expansion, "schema.items.enum") as readonly string[];
}

/**
 * Where an answer departs from the schema of its operation: undeclared keys, other types.
 *
 * @param path as in the document, `/segments/{id}`
 */
export function misfit(method: string, path: string, answer: Pick<Answer, "status" | "body">): string[] {
  const schema = at(document, `paths.${path}.${method}.responses.${answer.status}.schema`);
  return schemaFit(schema, answer.body ?? null, document);
}

/** Where one segment (an element of the list, too: its schema is only `object`) departs from GET /segments/{id}. */
export function segmentMisfit(segment: Json | undefined): string[] {
  return misfit("get", "/segments/{id}", { status: 200, body: segment });
}
