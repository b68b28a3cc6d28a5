import type { Json, JsonObject } from "../json/value";
import { type Expression, type Instead, literal } from "./expression";

/** Whether an optional field says nothing: absent and null mean the same. */
export const isAbsent = (value: Json | undefined): value is undefined | null => value === undefined || value === null;

/**
 * Whether a node has no other fields than these. What the builder has no word for is written as it stands: nothing of a
 * definition is lost on the way.
 */
export function hasOnly(node: JsonObject, ...fields: readonly string[]): boolean {
  return Object.keys(node).every((key) => key === "func" || fields.includes(key));
}

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

/** A count as number; Adobe's own example writes it as text. */
export function countOf(count: Json | undefined): number | undefined {
  if (typeof count === "string" && /^(0|[1-9]\d{0,14})$/.test(count)) return Number(count);
  return typeof count === "number" ? count : undefined;
}
