import { isJsonObject, type JsonObject } from "./json";
import { badPlatformBody } from "./platform";
import type { Parameters } from "./request";

/** A whole number of the query, or a 400; undefined when it is not given. */
export function countOf(parameters: Parameters, name: string, minimum: number, maximum: number): number | undefined {
  const text = parameters.text(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
    throw badPlatformBody(`${name} must be a whole number from ${minimum} to ${maximum}`);
  }
  return value;
}

/** `[attributeName]:[desc|asc]` */
export function orderBy(sort: string): (a: JsonObject, b: JsonObject) => number {
  const [attribute = "", direction = "asc"] = sort.split(":");
  if (attribute === "" || !["asc", "desc"].includes(direction)) {
    throw badPlatformBody("sort must have the form attributeName:desc or attributeName:asc");
  }
  const sign = direction === "desc" ? -1 : 1;
  return (a, b) => sign * compare(a[attribute], b[attribute]) || compare(a["id"], b["id"]);
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `path==value`, or `array~key==value` within an array. */
export function hasProperty(entity: JsonObject, filter: string): boolean {
  const [, path, value] = /^(.+?)==(.*)$/s.exec(filter) ?? [];
  if (path === undefined) throw badPlatformBody("property must have the form path==value or array~key==value");
  const [arrayPath, key] = path.split("~", 2);
  const at = valueAt(entity, arrayPath ?? "");
  if (key === undefined) return isScalar(at) && String(at) === value;
  return Array.isArray(at) && at.some((item) => isJsonObject(item) && String(valueAt(item, key)) === value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function valueAt(object: JsonObject, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (isJsonObject(value) ? value[key] : undefined), object);
}
