import { at } from "../json";
import type { Answer } from "../place";
import { recorded } from "../recorded";
import { schemaFit } from "../schema-fit";

/** The document's parts on segment jobs and on segment definitions. */
export const aepOpenApi = recorded("aep.openapi");

/**
 * Where an answer departs from the schema of its operation: undeclared keys, other types, missing required ones.
 *
 * @param path as in the document, `/segment/jobs/{SEGMENT_JOB_ID}`
 */
export function misfit(method: string, path: string, answer: Pick<Answer, "status" | "body">): string[] {
  const schema = at(aepOpenApi, `paths.${path}.${method}.responses.${answer.status}.schema`);
  return schemaFit(schema, answer.body ?? null, aepOpenApi);
}
