import { isObject } from "../definition/json/value";

export type JsonObject = Record<string, unknown>;

/** One that may be written to. */
export const isJsonObject = (value: unknown): value is JsonObject => isObject(value);

/** A copy of JSON that shares nothing with it; numbers that JavaScript cannot hold stay what they are. */
export function copyOf<T>(json: T): T {
  if (Array.isArray(json)) return json.map(copyOf) as T;
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, copyOf(value)])) as T;
}
