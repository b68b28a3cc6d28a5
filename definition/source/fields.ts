import { type Expression, literal, source, type Instead } from "./expression";
import type { Json, JsonObject } from "../json";

/** What a definition names by ID. */
export type ComponentKind = "dimensions" | "metrics" | "dateRanges";

/**
 * Source in a component's place; undefined for the ID itself.
 *
 * @param id as it stands in the definition: `variables/page`, `metrics/orders`
 */
export type Refer = (kind: ComponentKind, id: string) => string | undefined;

/** @param shown the ID as the builder takes it, without its kind */
export function component(refer: Refer, kind: ComponentKind, id: string, shown = id): Expression {
  const code = refer(kind, id);
  return code === undefined ? literal(shown) : source(code);
}

/** Which field of a node names a component. An attribute may name a metric, as in the guide's `range`. */
function componentField({
  func,
}: Readonly<Record<string, unknown>>):
  { readonly key: string; readonly kindOf: (id: string) => ComponentKind } | undefined {
  if (func === "attr") return { key: "name", kindOf: (id) => (id.startsWith("metrics/") ? "metrics" : "dimensions") };
  if (func === "event") return { key: "name", kindOf: () => "metrics" };
  if (func === "datetime-interval-ref") return { key: "id", kindOf: () => "dateRanges" };
  return undefined;
}

/** A definition, or a part of one, as it stands, but for the components in it. */
export function rawSource(json: unknown, refer: Refer): Expression {
  return literal(json, "", (node, key, value) => {
    const field = componentField(node);
    if (field?.key !== key || typeof value !== "string") return undefined;
    return refer(field.kindOf(value), value);
  });
}

/** Whether an optional field says nothing: absent and null mean the same. */
export const isAbsent = (value: Json | undefined): value is undefined | null => value === undefined || value === null;

/** The label of a node as the last argument; `undefined` without one. An empty one is none. */
export function labelOf(
  node: JsonObject,
  more: Readonly<Record<string, unknown>> = {},
  instead?: Instead,
): Expression | undefined {
  const { description } = node;
  const options = { ...more, ...(!isAbsent(description) && description !== "" && { description }) };
  return Object.keys(options).length === 0 ? undefined : literal(options, "", instead);
}

/** Whether the label can be said: a text, or none. */
export const isLabelled = ({ description }: JsonObject): boolean =>
  isAbsent(description) || typeof description === "string";
