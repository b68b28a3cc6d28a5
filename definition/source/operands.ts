import { isObject, type Json, type JsonObject } from "../json/value";
import { component, type ComponentKind, type Refer } from "./component";
import { call, type Expression } from "./expression";
import { hasOnly, isAbsent, isLabelled, labelOf } from "./fields";

/** `dimension("page")`; undefined where the builder has no word for it. */
export function dimensionOf(node: Json | undefined, refer: Refer): Expression | undefined {
  if (!isObject(node) || node["func"] !== "attr" || !hasOnly(node, "name", "description", "allocation-model")) return;
  const name = nameOf(node, "variables/", "dimensions", refer);
  const attribution = attributionOf(node["allocation-model"]);
  if (name === undefined || attribution === undefined || !isLabelled(node)) return undefined;
  return call("dimension", name, labelOf(node, attribution));
}

/** `metric("orders")`. */
export function metricOf(node: Json | undefined, refer: Refer, func = "event"): Expression | undefined {
  if (!isObject(node) || node["func"] !== func || !hasOnly(node, "name", "description") || !isLabelled(node)) return;
  const name = nameOf(node, "metrics/", "metrics", refer);
  return name === undefined ? undefined : call("metric", name, labelOf(node));
}

/** What numbers are compared with: a dimension, a metric's total, a distinct count. */
export function numericOf(node: Json | undefined, refer: Refer): Expression | undefined {
  if (!isObject(node)) return undefined;
  if (node["func"] === "total" && hasOnly(node, "evt")) return metricOf(node["evt"], refer);
  if (node["func"] === "total-distinct" && hasOnly(node, "field")) {
    const field = dimensionOf(node["field"], refer);
    return field && call("distinctCount", field);
  }
  return dimensionOf(node, refer);
}

/** The name without its kind, where the builder puts the same back: a second kind in front would stay. */
function nameOf(node: JsonObject, prefix: string, kind: ComponentKind, refer: Refer): Expression | undefined {
  const name = node["name"];
  if (typeof name !== "string" || !name.startsWith(prefix)) return undefined;
  const rest = name.slice(prefix.length);
  return component(refer, kind, name, rest.startsWith(prefix) ? name : rest);
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
