import { isExactNumber, shown, type ExactNumber } from "./json";
import { quote, shorten } from "./mistake";

/** What a value is in JSON, or what it is instead. */
export type Shape =
  | { readonly is: "object"; readonly value: object; readonly keys: readonly string[] }
  | { readonly is: "list"; readonly value: object; readonly length: number }
  | { readonly is: "text"; readonly value: string }
  | { readonly is: "number"; readonly value: number | ExactNumber }
  | { readonly is: "boolean"; readonly value: boolean }
  | { readonly is: "null"; readonly value: null }
  | { readonly is: "foreign"; readonly name: string };

/** Tells what a value is. It never throws, whatever code has put into the definition. */
export function shapeOf(value: unknown): Shape {
  switch (typeof value) {
    case "string":
      return { is: "text", value };
    case "number":
      return Number.isFinite(value) ? { is: "number", value } : { is: "foreign", name: String(value) };
    case "boolean":
      return { is: "boolean", value };
    case "object":
      return value === null ? { is: "null", value } : shapeOfObject(value);
    case "undefined":
      return { is: "foreign", name: "undefined" };
    case "bigint":
    case "function":
    case "symbol":
      return { is: "foreign", name: `a ${typeof value}` };
  }
}

function shapeOfObject(value: object): Shape {
  try {
    if (isExactNumber(value)) return { is: "number", value };
    if (Array.isArray(value)) return { is: "list", value, length: value.length };
    const prototype: unknown = Object.getPrototypeOf(value);
    // Objects of another realm have another Object.prototype; a prototype without one of its own is plain in each.
    const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
    if (!isPlain) return { is: "foreign", name: `an object of the class ${className(prototype)}` };
    if (Object.getOwnPropertySymbols(value).length > 0)
      return { is: "foreign", name: "an object with a symbol as key" };
    return { is: "object", value, keys: Object.keys(value).filter((key) => hasValue(value, key)) };
  } catch (cause) {
    // A proxy may refuse every question, a revoked one does.
    return { is: "foreign", name: `an object that cannot be read (${reason(cause)})` };
  }
}

/** A key without a value is none: JSON leaves it out, and so does the engine. */
function hasValue(value: object, key: string): boolean {
  const reading = read(value, key);
  return "failure" in reading || reading.value !== undefined;
}

function className(prototype: unknown): string {
  const constructor: unknown = Reflect.get(prototype as object, "constructor");
  return typeof constructor === "function" && constructor.name !== "" ? shorten(constructor.name) : "without a name";
}

function reason(cause: unknown): string {
  return cause instanceof Error ? shorten(cause.message) : "no reason given";
}

/** The value at a key, or what reading it threw. */
type Reading = { readonly value: unknown } | { readonly failure: string };

/** Reads one key. Getters and proxies may throw, and then the reason is the answer. */
export function read(container: object, key: PropertyKey): Reading {
  try {
    return { value: Reflect.get(container, key) as unknown };
  } catch (cause) {
    return { failure: reason(cause) };
  }
}

/** A number as its author would write it: JavaScript writes minus zero without its sign. */
const numberText = (number: number | ExactNumber): string => (Object.is(number, -0) ? "-0" : shown(String(number)));

/** Says what was found, for messages: `the text "500"`. */
export function describeShape(shape: Shape): string {
  switch (shape.is) {
    case "text":
      return `the string ${quote(shape.value)}`;
    case "number":
      return `the number ${numberText(shape.value)}`;
    case "boolean":
      return String(shape.value);
    case "null":
      return "null";
    case "list":
      return shape.length === 0 ? "an empty list" : "a list";
    case "object":
      return "an object";
    case "foreign":
      return shape.name;
  }
}
