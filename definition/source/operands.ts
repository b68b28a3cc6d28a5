import { isObject, type Json, type JsonObject } from "../json";
import { call, type Expression, literal } from "./expression";
import { hasOnly, isAbsent, isLabelled, labelOf } from "./fields";

/** `dimension("page")`; undefined where the builder has no word for it. */
export function dimensionOf(node: Json | undefined): Expression | undefined {
  if (!isObject(node) || node["func"] !== "attr" || !hasOnly(node, "name", "description", "allocation-model")) return;
  const name = bare(node, "variables/");
  const attribution = attributionOf(node["allocation-model"]);
  if (name === undefined || attribution === undefined || !isLabelled(node)) return undefined;
  return call("dimension", literal(name), labelOf(node, attribution));
}

/** `metric("orders")`. */
export function metricOf(node: Json | undefined, func = "event"): Expression | undefined {
  if (!isObject(node) || node["func"] !== func || !hasOnly(node, "name", "description") || !isLabelled(node)) return;
  const name = bare(node, "metrics/");
  return name === undefined ? undefined : call("metric", literal(name), labelOf(node));
}

/** What numbers are compared with: a dimension, a metric's total, a distinct count. */
export function numericOf(node: Json | undefined): Expression | undefined {
  if (!isObject(node)) return undefined;
  if (node["func"] === "total" && hasOnly(node, "evt")) return metricOf(node["evt"]);
  if (node["func"] === "total-distinct" && hasOnly(node, "field")) {
    const field = dimensionOf(node["field"]);
    return field && call("distinctCount", field);
  }
  return dimensionOf(node);
}

/** The name without its kind, where the builder puts the same back: a second kind in front would stay. */
function bare(node: JsonObject, kind: string): string | undefined {
  const name = node["name"];
  if (typeof name !== "string" || !name.startsWith(kind)) return undefined;
  const rest = name.slice(kind.length);
  return rest.startsWith(kind) ? name : rest;
}

/** `{}` where there is none; undefined where there is no word for it. */
function attributionOf(model: Json | undefined): Readonly<Record<string, unknown>> | undefined {
  if (isAbsent(model)) return {};
  if (!isObject(model)) return undefined;
  if (model["func"] === "allocation-instance" && hasOnly(model)) return { attribution: "instance" };
  const { context } = model;
  const isDeduped = model["func"] === "allocation-dedupedInstance" && hasOnly(model, "context");
  return isDeduped && (context === "visitors" || context === "sessions")
    ? { attribution: { nonRepeating: context } }
    : undefined;
}
