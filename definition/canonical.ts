import {
  isExactNumber,
  withoutSpelling,
  isList,
  isNumber,
  isObject,
  type Json,
  type JsonObject,
  compareNumbers,
} from "./json";
import { areKnown, hasOnly, ROOT_FIELDS, ROOT_FUNCS, ruleOf } from "./grammar/grammar";
import type { FieldRule, Fields } from "./grammar/place";
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
  if (!isDefinition(json)) return canonicalNode(json);
  const fields = canonicalFields(json, ROOT_FIELDS);
  const version = fields["version"] ?? [1, 0, 0];
  return sortKeys({ ...fields, func: "segment", version, container: outermost(fields["container"] ?? null) });
}

/** Whether it is a whole definition, and no node. */
export const isDefinition = (json: Json): json is JsonObject =>
  isObject(json) && ROOT_FUNCS.some((func) => func === json["func"]) && isObject(json["container"]);

/** The outermost container without the segments guide's spelling of it. Deeper ones the guide does not show. */
export function outermost(container: Json): Json {
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
      return canonicalCount(value);
    case "text":
    case "name":
    case "number":
    case "word":
    case "version":
      return value;
  }
}

/** A count that is written as text, as a number. */
export const canonicalCount = (count: Json): Json =>
  typeof count === "string" && /^(0|[1-9]\d{0,14})$/.test(count) ? Number(count) : count;

/** `and` and `or`: flat, in order, and gone where they hold a single entry. Only as far as every entry is known. */
function canonicalJunction(node: JsonObject): Json {
  const preds = node["preds"];
  if (!isList(preds) || !areKnown(preds, "predicate")) return node;
  const flat = preds.flatMap((pred) => innerPreds(pred, node["func"]) ?? [pred]);
  const [only] = flat;
  if (only !== undefined && flat.length === 1 && hasOnly(node, "preds")) return only;
  return { ...node, preds: flat.sort(order) };
}

/** What an entry holds if it is the same junction once more, with nothing said about it. */
function innerPreds(pred: Json, func: Json | undefined): readonly Json[] | undefined {
  if (!isObject(pred) || pred["func"] !== func || !hasOnly(pred, "preds")) return undefined;
  const preds = pred["preds"];
  return isList(preds) && preds.length > 0 && areKnown(preds, "predicate") ? preds : undefined;
}

function sortKeys(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * An order of JSON values, by which entries whose own order means nothing are sorted: 0 only for the same value with its
 * keys in the same order. It stops at the first difference, so that sorting does not write out whole subtrees.
 */
export function order(a: Json, b: Json): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (isList(a) && isList(b)) return orderOfLists(a, b);
  if (isObject(a) && isObject(b)) return orderOfObjects(a, b);
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  return a === b ? 0 : (a as string | number) < (b as string | number) ? -1 : 1;
}

function orderOfLists(a: readonly Json[], b: readonly Json[]): number {
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const difference = order(a[index] ?? null, b[index] ?? null);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function orderOfObjects(a: JsonObject, b: JsonObject): number {
  const keys = Object.keys(a);
  const others = Object.keys(b);
  for (const [index, key] of keys.entries()) {
    const other = others[index];
    if (other === undefined) return 1;
    if (key !== other) return key < other ? -1 : 1;
    const difference = order(a[key] ?? null, b[key] ?? null);
    if (difference !== 0) return difference;
  }
  return keys.length - others.length;
}

function rankOf(value: Json): number {
  if (isList(value)) return 5;
  if (isNumber(value)) return 2;
  return value === null ? 0 : ["boolean", "number", "string", "object"].indexOf(typeof value) + 1;
}
