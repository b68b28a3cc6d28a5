import { isDefinition, outermost } from "../../canonical";
import { areKnown, GRAMMAR, hasOnly, ROOT_FIELDS, ruleOf } from "../../grammar/grammar";
import { isList, isObject, type Json, type JsonObject } from "../../json";
import { unknownFieldNotes, levelOf, pluralOf, notesOf, inParentheses, type Words } from "../style";
import { json } from "../quote";
import { below, unknown, type Clause, type Path, type ClauseParser } from "./clause";
import type { Leaf } from "../../grammar/leaf";
import type { Junction, LogicGroup, Negation, Sequence } from "../../grammar/definition";
import { MAX_DEPTH } from "../../limits";
import { leaf } from "./leaf";
import { group, sequence } from "./sequence";

/** Puts a whole definition into clauses. JSON that is no definition becomes a clause that says so. */
export function clauseOf(root: Json): Clause {
  if (!isDefinition(root)) {
    return { is: "definition", path: undefined, words: () => "Not a definition:", inner: [condition(root, undefined)] };
  }
  const remarks = [...versionOf(root["version"]), ...unknownFieldNotes(root, ROOT_FIELDS)];
  const text = remarks.length === 0 ? "" : `With ${remarks.join(", ")}:`;
  const inner = condition(outermost(root["container"] ?? null), below(undefined, "container"));
  return { is: "definition", path: undefined, words: () => text, inner: [inner] };
}

/** Every definition that was ever seen has the same version, which is not worth a word. */
function versionOf(version: Json | undefined): string[] {
  if (version === undefined || version === null || json(version) === "[1,0,0]") return [];
  const parts = isList(version) ? version.map(json) : [];
  const isTriple = parts.length === 3 && parts.every((part) => /^\d+$/.test(part));
  return [`version ${isTriple ? parts.join(".") : json(version)}`];
}

/** Puts a condition into clauses, and everything inside it. What the language does not know is quoted. */
function condition(json: Json | undefined, path: Path, depth = 1): Clause {
  return flatCondition(flatOf(json, path), depth);
}

function flatCondition(flat: Flat, depth: number): Clause {
  const { json, path } = flat;
  const rule = isObject(json) ? ruleOf(json["func"]) : undefined;
  // `parse` takes nothing so deep; what does come is quoted, since nobody reads lines that are further in than this.
  if (!isObject(json) || rule === undefined || depth > MAX_DEPTH) return unknown(json, path);
  const { func } = json;
  const parseInner: ClauseParser = (inner, at) => condition(inner, at, depth + 1);
  switch (rule.is) {
    case "container":
      return container(json, path, parseInner);
    case "boolean":
      return func === "and" || func === "or"
        ? junction(json, func, flat, (entry) => flatCondition(entry, depth + 1))
        : negation(json, func as Negation["func"], path, parseInner);
    case "leaf":
      return leaf(json, func as Leaf["func"], path);
    case "sequence":
      return sequence(json, func as Sequence["func"], path, parseInner);
    case "logic group":
      return group(json, func as LogicGroup["func"], path, parseInner);
    // What is no condition does not belong here.
    case "modifier":
    case "attribute":
    case "metric":
    case "total":
    case "allocation model":
    case "interval":
      return unknown(json, path);
  }
}

/** `Sessions where …`. The guide's word `segment` may stand deeper than the guide shows it. */
function container(node: JsonObject, path: Path, parseInner: ClauseParser): Clause {
  const level = levelOf(node["context"]);
  const notes = [
    ...(level?.notes ?? []),
    ...(node["func"] === "segment" ? ['as a "segment"'] : []),
    ...notesOf(node, GRAMMAR.container.fields),
  ];
  const none = node["context"] === undefined ? "no context" : `context ${json(node["context"])}`;
  const inner = parseInner(node["pred"], below(path, "pred"));
  const link = inner.is === "container" ? "with" : "where";
  const words: Words = ({ levels, connected }) =>
    `${level ? pluralOf(level, levels) : none}${inParentheses(notes)} ${connected ? link : "where"}`;
  return { is: "container", path, words, inner: [inner] };
}

/** `without` is what the UI writes; `not` has other words, since it may not mean the same. */
function negation(node: JsonObject, func: Negation["func"], path: Path, parseInner: ClauseParser): Clause {
  const inner = parseInner(node["pred"], below(path, "pred"));
  const notes = inParentheses(unknownFieldNotes(node, GRAMMAR[func].fields));
  const without = inner.is === "container" && notes === "" ? "there are no" : `it is not true${notes} that`;
  const text = func === "not" ? `not${notes}:` : without;
  return { is: "negation", path, words: () => text, inner: [inner] };
}

/** `all of` and `any of`, with a list. */
function junction(
  node: JsonObject,
  func: Junction["func"],
  { path, entries }: Flat,
  parseInner: (flat: Flat) => Clause,
): Clause {
  const { preds } = node;
  if (!isList(preds) || preds.length === 0) return unknown(node, path);
  const text = (func === "and" ? "all of" : "any of") + inParentheses(unknownFieldNotes(node, GRAMMAR[func].fields));
  const held = entries ?? preds.map((pred, index) => flatOf(pred, below(path, "preds", index)));
  const clause = { is: "junction", path, words: () => text, inner: held.map(parseInner) } as const;
  if (entries === undefined) return { ...clause, ordered: true };
  return hasOnly(node, "preds") ? { ...clause, bare: true } : clause;
}

/** A node without the junctions around it and in it that say nothing, as `canonical` leaves them out. */
interface Flat {
  readonly json: Json | undefined;
  readonly path: Path;
  /** For an `and` or an `or` of known conditions: what it holds, with the same junctions inside it made flat. */
  readonly entries?: readonly Flat[];
}

/** Makes `and` in `and` flat (and `or` in `or`), and leaves out those with a single entry. The order stays as written. */
function flatOf(json: Json | undefined, path: Path): Flat {
  if (!isJunction(json) || !isList(json["preds"]) || !areKnown(json["preds"], "predicate")) return { json, path };
  const entries = json["preds"].flatMap((pred, index) => {
    const inner = flatOf(pred, below(path, "preds", index));
    const same = isJunction(inner.json) && inner.json["func"] === json["func"] && hasOnly(inner.json, "preds");
    return same && inner.entries !== undefined && inner.entries.length > 0 ? inner.entries : [inner];
  });
  const [only] = entries;
  return only !== undefined && entries.length === 1 && hasOnly(json, "preds") ? only : { json, path, entries };
}

function isJunction(json: Json | undefined): json is JsonObject {
  return isObject(json) && (json["func"] === "and" || json["func"] === "or");
}
