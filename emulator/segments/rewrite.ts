import { isJsonObject, type JsonObject } from "../json";

/**
 * The rewriting that Analytics was seen to do on POST (definition-grammar.md, trap 11): a visits or visitors container
 * that holds exactly one unnamed hits container comes back in the scope of hits.
 */
export function rewritten(definition: unknown): unknown {
  if (!isJsonObject(definition) || !isJsonObject(definition["container"])) return definition;
  return { ...definition, container: narrowed(definition["container"]) };
}

function narrowed(container: JsonObject): JsonObject {
  const inner = container["pred"];
  const wide = container["context"] === "visits" || container["context"] === "visitors";
  if (!wide || !isJsonObject(inner)) return container;
  const unnamedHits = inner["func"] === "container" && inner["context"] === "hits" && !inner["description"];
  return unnamedHits ? { ...container, context: "hits", pred: inner["pred"] } : container;
}
