import type { Fields } from "../../grammar/field";
import { GRAMMAR } from "../../grammar/grammar";
import { isList, isNumber } from "../../json/value";
import type { Json, JsonObject } from "../../json/value";
import { notesOf, parenthesis } from "../notes";
import type { Path } from "../path";
import { json } from "../quote";
import type { Words } from "../style";
import type { Clause } from "./clause";
import { operand } from "./operand";
import { VERBS } from "./verbs";
import type { ComparisonFunc } from "./verbs";

/** `Page is one of "Cart", "Checkout"`; undefined when its values are not of the language. */
export function comparison(node: JsonObject, func: ComparisonFunc, path: Path): Clause | undefined {
  const { fields } = GRAMMAR[func];
  const values = valuesOf(node, fields);
  if (values === undefined) return undefined;
  const subject = subjectOf(node, fields);
  const notes = parenthesis(notesOf(node, fields));
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
