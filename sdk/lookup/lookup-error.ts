import * as pulumi from "@pulumi/pulumi";
import { withoutNullish } from "../../definition/json/value";
import { sanitizeOutput } from "../../definition/sentences/sanitize-output";
import { isOutputOrPromise } from "../output-args";

/**
 * The error of a lookup, whose text is all that there is to say.
 *
 * The host prints the message of a `RunError`, but the stack of what fails when the program has been read to its end. And the
 * SDK writes the name of every property that wanted the value before the message of the one error that all of them get: with
 * a hundred segments in a data view that is not found, a hundred names. So this one stays as it is.
 */
export function lookupError(words: string): pulumi.RunError {
  const safeText = sanitizeOutput(words);
  const error = new pulumi.RunError(safeText);
  const fixedProperty = { get: () => safeText, set: () => undefined, configurable: true, enumerable: false };
  return Object.defineProperties(error, {
    message: fixedProperty,
    stack: fixedProperty,
    [ORIGINAL_TEXT]: { value: words },
  });
}

const ORIGINAL_TEXT = Symbol("words");

/** The text as it was given: in it, a value stands as it is. */
export const originalTextOf = (error: pulumi.RunError & { readonly [ORIGINAL_TEXT]?: string }): string =>
  error[ORIGINAL_TEXT] ?? error.message;

const MAX_ARGUMENTS_LENGTH = 200;

/**
 * How an error names the call that it is about: `cja.getSegment({"name":"Mobile"})`.
 *
 * @param args whatever the program gave.
 */
export function callLabel(name: string, args: unknown): string {
  const argumentsText = formatArguments(args);
  return `cja.${name}(${argumentsText.length > MAX_ARGUMENTS_LENGTH ? `${argumentsText.slice(0, MAX_ARGUMENTS_LENGTH - 1)}…` : argumentsText})`;
}

function formatArguments(args: unknown): string {
  if (args === undefined) return "";
  if (isOutputOrPromise(args) || typeof args !== "object" || args === null) return "…";
  const entries = Object.entries(withoutNullish(args));
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${formatValue(value)}`).join(",")}}`;
}

function formatValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatValue).join(",")}]`;
  // JSON has no NaN, and the error is about it.
  if (typeof value === "number") return String(value);
  return typeof value === "string" || typeof value === "boolean" ? JSON.stringify(value) : "…";
}

/**
 * Takes what the program keeps secret out of a text: the arguments of a lookup stand in its errors.
 *
 * @param args known values.
 */
export function redactValues(text: string, args: object): string {
  const texts = Object.values(args)
    .flat()
    .filter((value): value is string => typeof value === "string" && value !== "");
  const spellings = texts.flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]);
  return spellings
    .sort((a, b) => b.length - a.length)
    .reduce((result, form) => result.replaceAll(form, "[secret]"), text);
}
