import { at, isArray, isObject, type Json } from "./json";

/**
 * What an OpenAPI document states, one line each: every parameter, every allowed value, every answer of an operation.
 *
 * @returns lines such as `GET /segments > parameter name`, `GET /segments > expansion=owner`, `GET /segments > 403`
 */
export function openApiOutline(document: Json): string[] {
  return entries(at(document, "paths")).flatMap(([path, operations]) =>
    entries(operations).flatMap(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const parameters = at(operation, "parameters");
      return [
        ...(isArray(parameters) ? parameters : []).flatMap((parameter) => parameterLines(name, parameter)),
        ...entries(at(operation, "responses")).map(([status]) => `${name} > ${status}`),
      ];
    }),
  );
}

function parameterLines(operation: string, parameter: Json): string[] {
  // Headers that every operation shares; the gateway's statements cover them once for all.
  const name = at(parameter, "name");
  if (typeof name !== "string") return [];
  const values = at(parameter, "schema.items.enum") ?? at(parameter, "schema.enum");
  return [
    `${operation} > parameter ${name}`,
    ...(isArray(values)
      ? values.map((value) => `${operation} > ${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
      : []),
  ];
}

/** The key and value pairs of an object; none of anything else. */
function entries(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}
