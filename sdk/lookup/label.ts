import { isLater } from "../later";

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
  const entries = Object.entries(args).filter(([, value]) => value !== undefined && value !== null);
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
