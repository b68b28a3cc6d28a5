import { GRAMMAR } from "../../grammar/grammar";
import type { Leaf } from "../../grammar/leaf";
import { isNumber, isObject, type Json, type JsonObject, isList } from "../../json";
import { notesOf, inParentheses, type Words } from "../style";
import { json } from "../quote";
import { unknown, unknownText, type Clause, type Path } from "./clause";
import { named, operand } from "./operand";
import type { Fields } from "../../grammar/place";

/** A condition without conditions inside. */
export function leaf(node: JsonObject, func: Leaf["func"], path: Path): Clause {
  return (isSpecial(func) ? SPECIAL[func](node, path) : comparison(node, func, path)) ?? unknown(node, path);
}

type SpecialFunc = Exclude<Leaf["func"], ComparisonFunc>;

/** What is not told as subject, verb and values. Undefined where a value is not of the language. */
const SPECIAL: Readonly<Record<SpecialFunc, (node: JsonObject, path: Path) => Clause | undefined>> = {
  range,
  "datetime-within": (node, path) => applying(node, "datetime-within", path, dateRange(node["interval-value"])),
  "segment-ref": (node, path) => applying(node, "segment-ref", path, segment(node)),
};

function isSpecial(func: Leaf["func"]): func is SpecialFunc {
  return Object.hasOwn(SPECIAL, func);
}

/** The guide's form. Whether the bounds belong to the range is not documented, so that the words leave it open. */
function range(node: JsonObject, path: Path): Clause | undefined {
  const { low = null, high = null } = node;
  if (!isBound(low) || !isBound(high)) return undefined;
  const bounds = [low === null ? "" : ` from ${json(low)}`, high === null ? "" : ` to ${json(high)}`].join("");
  const extent = bounds === "" ? "a range without bounds" : `the range${bounds}${high === null ? " up" : ""}`;
  const subject = operand(node["val"], "ranged");
  const notes = inParentheses(notesOf(node, GRAMMAR.range.fields));
  const words: Words = (style) => `${subject(style)} lies in ${extent}${notes}`;
  return { is: "condition", path, words, inner: [], topic: { func: "range", subject, values: () => extent } };
}

const isBound = (bound: Json): boolean => bound === null || isNumber(bound);

function applying(
  node: JsonObject,
  func: "datetime-within" | "segment-ref",
  path: Path,
  subject: Words | undefined,
): Clause | undefined {
  if (subject === undefined) return undefined;
  const notes = inParentheses(notesOf(node, GRAMMAR[func].fields));
  const words: Words = (style) => `${subject(style)} applies${notes}`;
  return { is: "condition", path, words, inner: [], topic: { func, subject, values: () => "" } };
}

function dateRange(interval: Json | undefined): Words {
  const id = isObject(interval) && interval["func"] === "datetime-interval-ref" ? interval["id"] : undefined;
  if (!isObject(interval) || typeof id !== "string") return () => `the date range ${unknownText(interval)}`;
  const notes = notesOf(interval, GRAMMAR["datetime-interval-ref"].fields);
  return (style) => `the date range ${named(style, id, id, notes)}`;
}

/** Two fields are known for the ID, and both may be there. */
function segment({ id = null, segmentId = null }: JsonObject): Words | undefined {
  if (![id, segmentId].every((text) => text === null || typeof text === "string")) return undefined;
  return (style) => {
    const name = typeof id === "string" ? `the segment ${named(style, id, id, [])}` : "an unnamed segment";
    return typeof segmentId === "string" ? `${name} with segmentId ${named(style, segmentId, segmentId, [])}` : name;
  };
}

/** `Page is one of "Cart", "Checkout"`; undefined when its values are not of the language. */
function comparison(node: JsonObject, func: ComparisonFunc, path: Path): Clause | undefined {
  const { fields } = GRAMMAR[func];
  const values = valuesOf(node, fields);
  if (values === undefined) return undefined;
  const subject = subjectOf(node, fields);
  const notes = inParentheses(notesOf(node, fields));
  const words: Words = (style) =>
    [subject(style), VERBS[func], values(style)].filter((text) => text !== "").join(" ") + notes;
  const { list } = node;
  const topic = { func, subject, values, ...(isList(list) ? { list } : {}) };
  return { is: "condition", path, words, inner: [], topic };
}

function subjectOf(node: JsonObject, fields: Fields): Words {
  const key = Object.hasOwn(fields, "evt") ? "evt" : "val";
  const rule = fields[key];
  return operand(node[key], rule?.is === "node" ? rule.place : "attribute");
}

/** The values in words; empty where a comparison needs none. */
function valuesOf(node: JsonObject, fields: Fields): Words | undefined {
  for (const [key, rule] of Object.entries(fields)) {
    if (key === "description") continue;
    if (rule.is === "text") return oneValue(node[key], "string");
    if (rule.is === "number") return oneValue(node[key], "number");
    if (rule.is === "texts") return severalValues(node[key], "string");
    if (rule.is === "numbers") return severalValues(node[key], "number");
  }
  return () => "";
}

type ValueType = "string" | "number";

const isOf = (type: ValueType, value: Json | undefined): value is Json =>
  type === "number" ? isNumber(value) : typeof value === type;

function oneValue(value: Json | undefined, type: ValueType): Words | undefined {
  return isOf(type, value) ? () => json(value) : undefined;
}

function severalValues(values: Json | undefined, type: ValueType): Words | undefined {
  if (!isList(values) || values.length === 0 || !values.every((value) => isOf(type, value))) return undefined;
  return (style) => style.list(values);
}

/** A comparison that reads as subject, verb and values. */
type ComparisonFunc = Exclude<Leaf["func"], "range" | "datetime-within" | "segment-ref">;

/** What a comparison says between its subject and its values. No two say the same. */
const VERBS: Readonly<Record<ComparisonFunc, string>> = {
  streq: "is",
  "not-streq": "is not",
  strlt: "comes before",
  strgt: "comes after",
  strle: "is or comes before",
  strge: "is or comes after",
  contains: "contains",
  "not-contains": "does not contain",
  "starts-with": "starts with",
  "not-starts-with": "does not start with",
  "ends-with": "ends with",
  "not-ends-with": "does not end with",
  "streq-in": "is one of",
  "not-streq-in": "is none of",
  "contains-any-of": "contains any of",
  "contains-all-of": "contains all of",
  "not-contains-any-of": "does not contain any of",
  "not-contains-all-of": "does not contain all of",
  matches: "matches the pattern",
  "not-matches": "does not match the pattern",
  "matches-regex": "matches the regular expression",
  eq: "equals",
  "not-eq": "does not equal",
  gt: "is greater than",
  lt: "is less than",
  ge: "is at least",
  le: "is at most",
  "eq-any-of": "equals any of",
  "not-eq-any-of": "does not equal any of",
  // The other spelling of the same, in the words of `streq-in`.
  "eq-in": "is one of",
  "not-eq-in": "is none of",
  exists: "exists",
  "not-exists": "does not exist",
  "event-exists": "occurs",
  "not-event-exists": "does not occur",
};
