import { numberIn } from "./compare";
import { isObject } from "../json";
import { quote } from "../mistake";
import { nearestWord } from "../parse/nearest-word";
import { describeShape, shapeOf } from "../shape";
import { eventTime } from "./event-time";
import type { SampleEvent, Value } from "./sample-event";

/** What is wrong with a line or a row: each with the way out. */
export interface Mistaken {
  readonly mistakes: readonly string[];
}

export type ReadEvent = SampleEvent | Mistaken;

export const isMistaken = <T extends object>(read: T | Mistaken): read is Mistaken => "mistakes" in read;

const FIELDS = ["person", "session", "time", "values", "persisted"] as const;
export const COMPONENT = /^(?:variables|metrics)\/./s;
const TIME_ADVICE = 'write ISO 8601 such as "2026-03-01T09:30:00Z", or milliseconds since 1970';

/** Reads one line of JSON lines: `{"person": "p1", "session": "s1", "time": "2026-03-01T09:30:00Z", "values": {"variables/page": "Home"}}`. */
export function readJsonEvent(line: string): ReadEvent {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    const several = line.trimStart().startsWith("[") ? "; write each event on a line of its own, without a list" : "";
    return { mistakes: [`is not JSON: ${error instanceof Error ? error.message : String(error)}${several}`] };
  }
  if (!isObject(json)) {
    const found = describeShape(shapeOf(json));
    const several = Array.isArray(json) ? "; write each event on a line of its own, without a list" : "";
    return {
      mistakes: [`found ${found}, write an event: {"person": …, "session": …, "time": …, "values": {…}}${several}`],
    };
  }
  const mistakes: string[] = [];
  for (const key in json) if (!(FIELDS as readonly string[]).includes(key)) mistakes.push(unknownField(key, json));
  checkId(json["person"], "person", mistakes);
  checkId(json["session"], "session", mistakes);
  checkTime(json["time"], mistakes);
  if (json["values"] === undefined) mistakes.push('"values" is missing, add it: {"variables/page": "Home"}, or {}');
  else checkValues(json["values"], "values", mistakes);
  if (json["persisted"] !== undefined) checkValues(json["persisted"], "persisted", mistakes);
  return mistakes.length > 0 ? { mistakes } : (json as unknown as SampleEvent);
}

function unknownField(key: string, json: Readonly<Record<string, unknown>>): string {
  if (COMPONENT.test(key)) return `${quote(key)} belongs into "values"`;
  const missing = FIELDS.filter((field) => json[field] === undefined);
  const meant = nearestWord(key, missing);
  return `there is no field ${quote(key)}${meant === undefined ? ", remove it" : `, did you mean "${meant}"?`}`;
}

const WHO = { person: "who did it", session: "the session in which it happened" } as const;

export function checkId(value: unknown, field: keyof typeof WHO, mistakes: string[]): void {
  if (typeof value === "string" && value !== "") return;
  if (value === undefined || value === null || value === "")
    mistakes.push(`"${field}" is missing, add ${WHO[field]}, as a string`);
  else mistakes.push(`"${field}": found ${describeShape(shapeOf(value))}, write a string`);
}

export function checkTime(value: unknown, mistakes: string[]): void {
  if (value === undefined || value === null || value === "") mistakes.push(`"time" is missing, ${TIME_ADVICE}`);
  // Days of early 1970 as milliseconds, and of our time as seconds.
  else if (typeof value === "number" && value >= 1e8 && value < 1e10)
    mistakes.push(`"time": found the number ${value}, which looks like seconds, ${TIME_ADVICE}`);
  else if ((typeof value !== "string" && typeof value !== "number") || eventTime(value) === undefined)
    mistakes.push(`"time": found ${describeShape(shapeOf(value))}, ${TIME_ADVICE}`);
}

function checkValues(values: unknown, field: string, mistakes: string[]): void {
  if (!isObject(values)) {
    mistakes.push(`"${field}": found ${describeShape(shapeOf(values))}, write an object: {"variables/page": "Home"}`);
    return;
  }
  for (const name in values) {
    if (!COMPONENT.test(name)) mistakes.push(`"${field}": ${wrongComponent(name)}`);
    else checkValue(values[name], name, mistakes);
  }
}

export function wrongComponent(name: string): string {
  const [prefix = "", rest = ""] = name.split("/", 2);
  const meant = nearestWord(prefix, ["variables", "metrics"]);
  if (meant !== undefined && rest !== "") return `found ${quote(name)}, did you mean ${quote(`${meant}/${rest}`)}?`;
  return `found ${quote(name)}, write the ID of a dimension such as "variables/page" or of a metric such as "metrics/orders"`;
}

function checkValue(value: unknown, name: string, mistakes: string[]): void {
  if (value === null) return;
  const isMetric = name.startsWith("metrics/");
  if (Array.isArray(value)) {
    const wrong = value.findIndex((entry) => !isValue(entry, isMetric));
    if (wrong !== -1) mistakes.push(wrongValue(value[wrong], name, isMetric));
  } else if (!isValue(value, isMetric)) mistakes.push(wrongValue(value, name, isMetric));
}

function isValue(value: unknown, isMetric: boolean): value is Value {
  if (typeof value === "string") return !isMetric || isNumeric(value);
  if (typeof value === "number") return !Number.isInteger(value) || Number.isSafeInteger(value);
  return typeof value === "boolean";
}

export const isNumeric = (text: string): boolean => numberIn(text) !== undefined;

export function wrongValue(value: unknown, name: string, isMetric: boolean): string {
  const found = `${quote(name)}: found ${describeShape(shapeOf(value))}`;
  if (typeof value === "number") return `${found}, which JavaScript rounds; write it as a string`;
  return `${found}, write ${isMetric ? "a number" : "a string, a number, true or false"}, or a list of them`;
}
