import * as pulumi from "@pulumi/pulumi";
import { withoutNullish } from "../../definition/json/value";
import { inert } from "../../definition/sentences/sanitize-output";
import { isLater } from "../output-args";

/**
 * The error of a lookup, whose text is all that there is to say.
 *
 * The host prints the message of a `RunError`, but the stack of what fails when the program has been read to its end. And the
 * SDK writes the name of every property that wanted the value before the message of the one error that all of them get: with
 * a hundred segments in a data view that is not found, a hundred names. So this one stays as it is.
 */
export function lookupError(words: string): pulumi.RunError {
  const text = inert(words);
  const error = new pulumi.RunError(text);
  const fixed = { get: () => text, set: () => undefined, configurable: true, enumerable: false };
  return Object.defineProperties(error, { message: fixed, stack: fixed, [WORDS]: { value: words } });
}

const WORDS = Symbol("words");

/** The text as it was given: in it, a value stands as it is. */
export const wordsOf = (error: pulumi.RunError & { readonly [WORDS]?: string }): string =>
  error[WORDS] ?? error.message;

const LONGEST = 200;

/**
 * How an error names the call that it is about: `cja.getSegment({"name":"Mobile"})`.
 *
 * @param args whatever the program gave.
 */
export function labelOf(name: string, args: unknown): string {
  const shown = shownArguments(args);
  return `cja.${name}(${shown.length > LONGEST ? `${shown.slice(0, LONGEST - 1)}…` : shown})`;
}

function shownArguments(args: unknown): string {
  if (args === undefined) return "";
  if (isLater(args) || typeof args !== "object" || args === null) return "…";
  const entries = Object.entries(withoutNullish(args));
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${shownValue(value)}`).join(",")}}`;
}

function shownValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shownValue).join(",")}]`;
  // JSON has no NaN, and the error is about it.
  if (typeof value === "number") return String(value);
  return typeof value === "string" || typeof value === "boolean" ? JSON.stringify(value) : "…";
}

/**
 * Takes what the program keeps secret out of a text: the arguments of a lookup stand in its errors.
 *
 * @param args known values.
 */
export function withoutValues(text: string, args: object): string {
  const texts = Object.values(args)
    .flat()
    .filter((value): value is string => typeof value === "string" && value !== "");
  const forms = texts.flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]);
  return forms.sort((a, b) => b.length - a.length).reduce((told, form) => told.replaceAll(form, "[secret]"), text);
}
