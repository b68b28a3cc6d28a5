import { isExactNumber, withoutSpelling } from "./json";
import type { FieldRule, Fields, Place } from "./grammar/field";
import { ROOT_FIELDS, ROOT_FUNCS, ruleOf } from "./grammar/grammar";
import { isList, isNumber, isObject } from "./json/value";
import type { Json, JsonObject } from "./json/value";
import { PLACES } from "./grammar/place";
import { order } from "./order";
import { toJson } from "./to-json";

/**
 * The definition in the one form that all spellings of its meaning share. Two definitions mean the same exactly if their
 * canonical forms are the same JSON.
 *
 * The same meaning, and therefore one form: any order of keys; an optional field that is absent or null, and a
 * description that is absent, null or empty; an absent version and `[1, 0, 0]`; the segments guide's `segment-def` and
 * outermost `segment` and the other documents' `segment` and `container`; a restriction's count as number or as text; any
 * spelling of a number (`1e20`, `100000000000000000000`), also of one that JavaScript cannot hold;
 * any order of what `and`, `or`, a logic group and a list of values hold; an `and` in an `and` (and `or` in `or`), and
 * one with a single entry.
 *
 * Not the same: another description (an edit of a container's name is seen in the UI); `without` around a comparison and
 * its `not-…` form, which differ where a dimension has several values; something said twice; `hits` inside `visits` or
 * `visitors` and plain `hits`, although Analytics was seen to turn one into the other when it saves: all data of a
 * session in which something happened is more than the one event; the UI's words for a context, which the service may
 * not take.
 * Unknown functions are compared as they stand, but for the order of their keys.
 *
 * @throws TypeError when it is not JSON, RangeError beyond 1,000 levels or 500,000 values; never for what `parse` accepts.
 */
export function canonical(definition: unknown): Json {
  const json = toJson(definition, (number) => (isExactNumber(number) ? withoutSpelling(number) : number));
  if (!isObject(json)) return json;
  const container = json["container"];
  if (!isRootFunc(json["func"]) || !isObject(container)) return canonicalNode(json);
  const fields = canonicalFields(json, ROOT_FIELDS);
  const version = fields["version"] ?? [1, 0, 0];
  return sortKeys({ ...fields, func: "segment", version, container: outermost(fields["container"] ?? container) });
}

/** The segments guide's spelling of the outermost container. Deeper ones it does not show. */
function outermost(container: Json): Json {
  return isObject(container) && container["func"] === "segment" && "pred" in container
    ? { ...container, func: "container" }
    : container;
}

/** Its keys are in order already, see `toJson`. */
function canonicalNode(node: Json): Json {
  if (!isObject(node)) return node;
  const rule = ruleOf(node["func"]);
  if (rule === undefined) return node;
  const same = canonicalFields(node, rule.fields);
  return rule.associative ? canonicalJunction(same) : same;
}

function canonicalFields(node: JsonObject, fields: Fields): JsonObject {
  const entries = Object.entries(node).flatMap(([key, value]) => {
    const rule = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (rule === undefined) return [[key, value] as const];
    const isAbsent = rule.optional && (value === null || (rule.is === "text" && value === ""));
    return isAbsent ? [] : [[key, canonicalValue(value, rule)] as const];
  });
  return Object.fromEntries(entries);
}

function canonicalValue(value: Json, rule: FieldRule): Json {
  switch (rule.is) {
    case "node":
      return canonicalNode(value);
    case "nodes": {
      if (!isList(value)) return value;
      const nodes = value.map(canonicalNode);
      return rule.unordered && areKnown(nodes, rule.place) ? nodes.sort(order) : nodes;
    }
    case "texts":
    case "numbers": {
      const fits = rule.is === "texts" ? (entry: Json) => typeof entry === "string" : isNumber;
      return isList(value) && value.every((entry) => fits(entry)) ? value.toSorted(order) : value;
    }
    case "count":
      return typeof value === "string" && /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
    case "text":
    case "name":
    case "number":
    case "word":
    case "version":
      return value;
  }
}

/** `and` and `or`: flat, in order, and gone where they hold a single entry. Only as far as every entry is known. */
function canonicalJunction(node: JsonObject): Json {
  const preds = node["preds"];
  if (!isList(preds) || !areKnown(preds, "predicate")) return node;
  const flat = preds.flatMap((pred) => innerPreds(pred, node["func"]) ?? [pred]);
  const [only] = flat;
  if (only !== undefined && flat.length === 1 && isPlainJunction(node)) return only;
  return { ...node, preds: flat.sort(order) };
}

/** What an entry holds if it is the same junction once more, with nothing said about it. */
function innerPreds(pred: Json, func: Json | undefined): readonly Json[] | undefined {
  if (!isObject(pred) || pred["func"] !== func || !isPlainJunction(pred)) return undefined;
  const preds = pred["preds"];
  return isList(preds) && preds.length > 0 && areKnown(preds, "predicate") ? preds : undefined;
}

function isPlainJunction(node: JsonObject): boolean {
  return Object.keys(node).every((key) => key === "func" || key === "preds");
}

/** Whether the grammar vouches for every node here: of others it is not known whether their order has a meaning. */
function areKnown(nodes: readonly Json[], place: Place): boolean {
  return nodes.every((node) => {
    const rule = isObject(node) ? ruleOf(node["func"]) : undefined;
    return rule !== undefined && PLACES[place].kinds.includes(rule.is);
  });
}

function sortKeys(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isRootFunc(func: Json | undefined): boolean {
  return (ROOT_FUNCS as readonly unknown[]).includes(func);
}
