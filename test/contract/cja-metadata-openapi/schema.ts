import { at, isArray, type Json } from "../json";
import type { Answer } from "../place";
import { recorded } from "../recorded";
import { schemaFit } from "../schema-fit";

/** The document's paths for tags, shares, and the list of data views. */
export const metadataOpenApi: Json = recorded("cja-metadata.openapi");

/** Where an answer departs from the schema of its operation: undeclared keys, other types. */
export function misfit(method: string, path: string, answer: Pick<Answer, "status" | "body">): string[] {
  const schema = at(metadataOpenApi, `paths.${path}.${method}.responses.${answer.status}.schema`);
  return schemaFit(schema, answer.body ?? null, metadataOpenApi);
}

/** The values that the document allows for a parameter. */
export function valuesOf(method: string, path: string, name: string): readonly string[] {
  const parameters = at(metadataOpenApi, `paths.${path}.${method}.parameters`);
  const found = (isArray(parameters) ? parameters : []).find((parameter) => at(parameter, "name") === name);
  const values = at(found, "schema.items.enum") ?? at(found, "schema.enum");
  if (!isArray(values)) throw new Error(`no values of ${name}`);
  return values.map(String);
}
