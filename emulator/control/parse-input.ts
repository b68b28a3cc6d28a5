import { z } from "zod";
import { ServiceRefusal } from "../errors";

/**
 * What a method of control was given, if it can be used.
 *
 * @throws ServiceRefusal (400) that says of each mistake where it is, what was found and what is expected.
 * @example parseInput(faultSchema, { times: 0 }) // throws "times: found the number 0, expected at least 1"
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input, { error: describeIssue });
  if (result.success) return result.data;
  const mistakes = result.error.issues.map(({ path, message }) => {
    const place = placeOf(path);
    return place === "" ? message : `${place}: ${message}`;
  });
  throw new ServiceRefusal(400, "bad_request", mistakes.join("; "));
}

function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return place.replace(/^\./, "");
}

/** Where a schema has a text of its own for a mistake, that stands instead. */
function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  const found = show(issue.input);
  switch (issue.code) {
    case "invalid_type":
      return `found ${found}, expected ${nouns[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `found ${found}, expected ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "too_small":
      return `found ${found}, expected ${issue.inclusive === false ? "more than" : "at least"} ${countText(issue.minimum, issue.origin)}`;
    case "too_big":
      return `found ${found}, expected at most ${countText(issue.maximum, issue.origin)}`;
    case "unrecognized_keys":
      return `there is no ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}${fieldsOf(issue.inst)}`;
    case "custom":
    case "invalid_element":
    case "invalid_format":
    case "invalid_key":
    case "invalid_union":
    case "not_multiple_of":
      return undefined;
  }
}

const nouns: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  nonoptional: "a value",
};

/** `1`, `1 character`, `2 entries`. */
function countText(count: number | bigint, origin: string): string {
  const [one, more] = { string: ["character", "characters"], array: ["entry", "entries"] }[origin] ?? [];
  return one === undefined ? String(count) : `${count} ${Number(count) === 1 ? one : more}`;
}

function fieldsOf(schema: unknown): string {
  return schema instanceof z.ZodObject ? `; the fields are ${Object.keys(schema.shape).join(", ")}` : "";
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return `the string ${JSON.stringify(value.slice(0, 60))}`;
  if (typeof value === "number") return `the number ${value}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "boolean" ? String(value) : "an object";
}

/** The fields that have a value: in a partial change `undefined` means "not given". */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const definedEntries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(definedEntries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** For a segment or a job that control is asked to change and that is not there. */
export const throwUnknownId = (what: string, id: string): ServiceRefusal =>
  new ServiceRefusal(404, "resource_not_found", `The emulator has no ${what} ${id}`);
