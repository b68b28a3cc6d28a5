import { at, isArray, isObject, typeOf, type Json, type JsonObject } from "./json";

/**
 * Where a body departs from an OpenAPI schema. Stricter than the specification asks: a key that the schema does not
 * declare is reported too, since an emulator that invents fields teaches its users to read them.
 *
 * - `+ path`: undeclared; `- path`: required and missing; `! path: integer, not string`: another type;
 * - `? path: X`: a value outside the enum.
 *
 * @param schema a schema, or a `$ref` into the document
 * @param value the body
 * @param document the OpenAPI document, for `$ref`
 */
export function schemaFit(schema: Json | undefined, value: Json, document: Json): string[] {
  return misfits(resolve(schema, document), value, document, "");
}

function resolve(schema: Json | undefined, document: Json): JsonObject {
  const ref = at(schema, "$ref");
  const found = typeof ref === "string" ? at(document, ref.replace("#/", "").replaceAll("/", ".")) : schema;
  if (!isObject(found)) throw new Error(`no schema: ${JSON.stringify(schema)}`);
  return found;
}

/** The documents write `{type: object, properties: {}}` for Java's Object, which is any value (`"func": "segment"`). */
function isAnything(schema: JsonObject): boolean {
  const properties = schema["properties"];
  return isObject(properties) && Object.keys(properties).length === 0 && schema["additionalProperties"] === undefined;
}

function misfits(schema: JsonObject, value: Json, document: Json, path: string): string[] {
  const type = schema["type"];
  if (isAnything(schema)) return [];
  if (typeof type === "string" && !hasType(value, type)) return [`! ${path}: ${type}, not ${typeOf(value)}`];
  const allowed = schema["enum"];
  if (isArray(allowed) && !allowed.includes(value)) return [`? ${path}: ${JSON.stringify(value)}`];
  if (isArray(value)) {
    const item = resolve(schema["items"], document);
    return [...new Set(value.flatMap((each) => misfits(item, each, document, `${path}[]`)))];
  }
  if (isObject(value)) return misfitsOfObject(schema, value, document, path);
  return [];
}

function misfitsOfObject(schema: JsonObject, value: JsonObject, document: Json, path: string): string[] {
  const name = (key: string) => (path === "" ? key : `${path}.${key}`);
  const declared = schema["properties"];
  const others = schema["additionalProperties"];
  // A bare `type: object` says nothing of its content (`properties` and `results` of the jobs).
  if (declared === undefined && others === undefined) return [];
  const required = isArray(schema["required"]) ? schema["required"].map(String) : [];
  const missing = required.filter((key) => !Object.hasOwn(value, key)).map((key) => `- ${name(key)}`);
  const found = Object.entries(value).flatMap(([key, each]) => {
    const own = isObject(declared) && Object.hasOwn(declared, key) ? declared[key] : others;
    return own === undefined ? [`+ ${name(key)}`] : misfits(resolve(own, document), each, document, name(key));
  });
  return [...missing, ...found];
}

function hasType(value: Json, type: string): boolean {
  return type === "integer" ? Number.isInteger(value) : typeOf(value) === type;
}
