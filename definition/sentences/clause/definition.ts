import { ROOT_FIELDS, ROOT_FUNCS } from "../../grammar/grammar";
import { isList, isObject } from "../../json/value";
import type { Json, JsonObject } from "../../json/value";
import { extrasOf } from "../notes";
import { below } from "../path";
import { json } from "../quote";
import type { Clause } from "./clause";
import { condition } from "./condition";

/** Puts a whole definition into clauses. What is none is said to be none, and told as far as it can be. */
export function definition(root: Json): Clause {
  if (!isObject(root) || !isRoot(root)) {
    return { is: "definition", path: undefined, words: () => "Not a definition:", inner: [condition(root, undefined)] };
  }
  const remarks = [...versionOf(root["version"]), ...extrasOf(root, ROOT_FIELDS)];
  const text = remarks.length === 0 ? "" : `With ${remarks.join(", ")}:`;
  const inner = condition(outermost(root["container"]), below(undefined, "container"));
  return { is: "definition", path: undefined, words: () => text, inner: [inner] };
}

function isRoot(json: JsonObject): boolean {
  return ROOT_FUNCS.some((func) => func === json["func"]) && isObject(json["container"]);
}

/** The guide's word for the outermost container means the same as the other documents'. */
function outermost(found: Json | undefined): Json | undefined {
  const isGuides = isObject(found) && found["func"] === "segment" && "pred" in found;
  return isGuides ? { ...found, func: "container" } : found;
}

/** Every definition that was ever seen has the same version, which is not worth a word. */
function versionOf(version: Json | undefined): string[] {
  if (version === undefined || version === null || json(version) === "[1,0,0]") return [];
  const parts = isList(version) ? version.map(json) : [];
  const isTriple = parts.length === 3 && parts.every((part) => /^\d+$/.test(part));
  return [`version ${isTriple ? parts.join(".") : json(version)}`];
}
