import { GRAMMAR, hasOnly, ruleOf } from "../../grammar/grammar";
import { PLACES, type Place } from "../../grammar/place";
import { isObject, type Json, type JsonObject } from "../../json";
import { unknownFieldNotes, notesOf, inParentheses, type Style, type Words } from "../style";
import { json } from "../quote";
import { unknownText } from "./clause";

/** What a comparison looks at, in words. */
export function operand(found: Json | undefined, place: Place): Words {
  return known(found, place) ?? (() => unknownText(found));
}

function known(found: Json | undefined, place: Place): Words | undefined {
  const rule = isObject(found) ? ruleOf(found["func"]) : undefined;
  if (!isObject(found) || rule === undefined || !PLACES[place].kinds.includes(rule.is)) return undefined;
  if (rule.is === "attribute") return attribute(found, place !== "attribute");
  if (rule.is === "metric") return metric(found);
  return found["func"] === "total" ? total(found) : distinctCount(found);
}

/** A dimension in a comparison with numbers has other words than a metric's sum, which is the usual thing there. */
function attribute(node: JsonObject, isCounted: boolean): Words | undefined {
  const notes = [...allocation(node["allocation-model"]), ...notesOf(node, GRAMMAR.attr.fields)];
  const dimension = name(node["name"], "variables/", notes);
  if (dimension !== undefined) return (style) => `${isCounted ? "the value of " : ""}${dimension(style)}`;
  // The guide's `range` writes a metric like a dimension.
  const metric = name(node["name"], "metrics/", notes);
  return metric && ((style) => `the metric ${metric(style)}`);
}

function metric(node: JsonObject): Words | undefined {
  return name(node["name"], "metrics/", notesOf(node, GRAMMAR.event.fields));
}

function total(node: JsonObject): Words {
  const event = known(node["evt"], "metric");
  const notes = unknownFieldNotes(node, GRAMMAR.total.fields);
  if (event !== undefined && notes.length === 0) return event;
  const of = operand(node["evt"], "metric");
  return (style) => `the sum${inParentheses(notes)} of ${of(style)}`;
}

function distinctCount(node: JsonObject): Words {
  const of = operand(node["field"], "attribute");
  const notes = inParentheses(unknownFieldNotes(node, GRAMMAR["total-distinct"].fields));
  return (style) => `the number${notes} of different values of ${of(style)}`;
}

function name(id: Json | undefined, prefix: string, notes: readonly string[]): Words | undefined {
  if (typeof id !== "string" || !id.startsWith(prefix) || id === prefix) return undefined;
  return (style) => named(style, id, id.slice(prefix.length), notes);
}

/** An ID's name with the notes on it. */
export function named(style: Style, id: string, bare: string, notes: readonly string[]): string {
  const called = style.named(id, bare);
  return called.text + inParentheses(called.id === undefined ? notes : [called.id, ...notes]);
}

/** How values are attributed; the words of the data view's settings. */
function allocation(model: Json | undefined): string[] {
  if (model === undefined || model === null) return [];
  if (isObject(model) && hasOnly(model) && model["func"] === "allocation-instance") return ["counting instances"];
  if (isObject(model) && hasOnly(model, "context") && model["func"] === "allocation-dedupedInstance") {
    if (model["context"] === "visitors") return ["counting once per Person"];
    if (model["context"] === "sessions") return ["counting once per Session"];
  }
  return [`counting by ${json(model)}`];
}
