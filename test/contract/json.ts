/** Any JSON value, as a body sent to or answered by the emulator. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** True for `{…}`, false for arrays, null and scalars. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for `[…]`; `Array.isArray` alone does not narrow a readonly array. */
export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The name of a JSON type as documents write it. */
export type JsonType = "null" | "boolean" | "number" | "string" | "array" | "object";

/** What kind of JSON a value is. */
export function typeOf(value: Json): JsonType {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" ? type : "object";
}

/**
 * The value at a dotted path, or undefined when some step is missing.
 *
 * @example at({ children: [{ id: "a" }] }, "children.0.id") // "a"
 */
export function at(value: Json | undefined, path: string): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path.split(".")) {
    if (isArray(here)) here = here[Number(step)];
    else if (isObject(here)) here = here[step];
    else return undefined;
  }
  return here;
}

/**
 * One field of every object of an array.
 *
 * @throws Error when the value is no array: a test that plucks from an error body should say so.
 */
export function pluck(value: Json | undefined, path: string): (Json | undefined)[] {
  if (!isArray(value)) throw new Error(`no array to take ${path} from: ${JSON.stringify(value)}`);
  return value.map((item) => at(item, path));
}

/**
 * The text at a dotted path.
 *
 * @throws Error when there is none, so that a broken setup is not taken for a finding.
 */
export function textAt(value: Json | undefined, path: string): string {
  const text = at(value, path);
  if (typeof text !== "string") throw new Error(`no text at ${path} in ${JSON.stringify(value)}`);
  return text;
}
