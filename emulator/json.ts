import { isExactNumber } from "../definition/json";

export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExactNumber(value);
}

/** A copy of JSON that shares nothing with it; numbers that JavaScript cannot hold stay what they are. */
export function copyOf<T>(json: T): T {
  if (Array.isArray(json)) return json.map(copyOf) as T;
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, copyOf(value)])) as T;
}
