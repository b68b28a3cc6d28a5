import { GRAMMAR } from "../../grammar/grammar";
import type { Leaf } from "../../grammar/leaf";
import { isNumber, isObject } from "../../json/value";
import type { Json, JsonObject } from "../../json/value";
import { notesOf, parenthesis } from "../notes";
import type { Path } from "../path";
import { json } from "../quote";
import type { Words } from "../style";
import { unknown, unknownText } from "./clause";
import type { Clause } from "./clause";
import { comparison } from "./comparison";
import type { ComparisonFunc } from "./verbs";
import { named, operand } from "./operand";

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
  const notes = parenthesis(notesOf(node, GRAMMAR.range.fields));
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
  const notes = parenthesis(notesOf(node, GRAMMAR[func].fields));
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
