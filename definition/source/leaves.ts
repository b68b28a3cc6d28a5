import { hasOnly } from "../grammar/grammar";
import { isList, isObject, type Json, type JsonObject } from "../json";
import { component, type Refer, isAbsent, isLabelled, labelOf, type ComponentKind } from "./fields";
import { call, type Expression, literal, method } from "./expression";

/** A comparison: the builder's method, the field of what it is compared with, and whether that is of the right type. */
interface Comparison {
  readonly method: string;
  readonly field: "str" | "list" | "glob" | "regex" | "num";
  readonly fits: (value: Json | undefined) => boolean;
  readonly operand: (node: Json | undefined, refer: Refer) => Expression | undefined;
}

const isText = (value: Json | undefined): boolean => typeof value === "string";
const isNumber = (value: Json | undefined): boolean => typeof value === "number";
const listOf = (fits: (value: Json) => boolean) => (value: Json | undefined) => isList(value) && value.every(fits);

const text = (name: string): Comparison => ({ method: name, field: "str", fits: isText, operand: dimensionOf });
const texts = (name: string): Comparison => ({ ...text(name), field: "list", fits: listOf(isText) });
const glob = (name: string): Comparison => ({ ...text(name), field: "glob" });
const number = (name: string): Comparison => ({ method: name, field: "num", fits: isNumber, operand: numericOf });
const numbers = (name: string): Comparison => ({ ...number(name), field: "list", fits: listOf(isNumber) });

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  streq: text("is"),
  "not-streq": text("isNot"),
  "streq-in": texts("isIn"),
  "not-streq-in": texts("isNotIn"),
  strlt: text("comesBefore"),
  strgt: text("comesAfter"),
  strle: text("isOrComesBefore"),
  strge: text("isOrComesAfter"),
  contains: text("contains"),
  "not-contains": text("doesNotContain"),
  "contains-any-of": texts("containsAnyOf"),
  "contains-all-of": texts("containsAllOf"),
  "not-contains-any-of": texts("doesNotContainAnyOf"),
  "not-contains-all-of": texts("doesNotContainAllOf"),
  "starts-with": text("startsWith"),
  "not-starts-with": text("doesNotStartWith"),
  "ends-with": text("endsWith"),
  "not-ends-with": text("doesNotEndWith"),
  matches: glob("matches"),
  "not-matches": glob("doesNotMatch"),
  "matches-regex": { ...text("matchesRegex"), field: "regex" },
  eq: number("equals"),
  "not-eq": number("doesNotEqual"),
  gt: number("isGreaterThan"),
  lt: number("isLessThan"),
  ge: number("isAtLeast"),
  le: number("isAtMost"),
  "eq-any-of": numbers("equalsAnyOf"),
  "not-eq-any-of": numbers("equalsNoneOf"),
  "eq-in": numbers("equalsAnyOf"),
  "not-eq-in": numbers("equalsNoneOf"),
};

/** A condition without conditions inside; undefined where the builder has no word for it. */
export function leafOf(node: JsonObject, refer: Refer): Expression | undefined {
  const { func } = node;
  if (typeof func !== "string" || !isLabelled(node)) return undefined;
  switch (func) {
    case "exists":
    case "not-exists":
      return existence(func === "exists", hasOnly(node, "val", "description") && dimensionOf(node["val"], refer), node);
    case "event-exists":
    case "not-event-exists":
      return existence(
        func === "event-exists",
        hasOnly(node, "evt", "description") && metricOf(node["evt"], refer),
        node,
      );
    case "range":
      return range(node, refer);
    case "datetime-within":
      return dateRange(node, refer);
    default:
      return Object.hasOwn(COMPARISONS, func) ? comparison(node, COMPARISONS[func], refer) : undefined;
  }
}

function comparison(node: JsonObject, rule: Comparison | undefined, refer: Refer): Expression | undefined {
  if (!rule || !hasOnly(node, rule.field, "val", "description") || !rule.fits(node[rule.field])) return undefined;
  const operand = rule.operand(node["val"], refer);
  const { func } = node;
  const spelling = func === "eq-in" || func === "not-eq-in" ? { spelling: "eq-in" } : {};
  return operand && method(operand, rule.method, literal(node[rule.field]), labelOf(node, spelling));
}

function existence(does: boolean, operand: Expression | false | undefined, node: JsonObject): Expression | undefined {
  return operand ? method(operand, does ? "exists" : "doesNotExist", labelOf(node)) : undefined;
}

function range(node: JsonObject, refer: Refer): Expression | undefined {
  const { low, high, val } = node;
  const isBound = (bound: Json | undefined) => isAbsent(bound) || typeof bound === "number";
  if (!hasOnly(node, "low", "high", "val", "description") || !isBound(low) || !isBound(high)) return undefined;
  // A total here is not what the builder writes for a metric.
  const isTotal = isObject(val) && val["func"] === "total";
  const operand = isTotal ? undefined : (metricOf(val, refer, "attr") ?? numericOf(val, refer));
  return operand && method(operand, "isBetween", literal(low ?? null), literal(high ?? null), labelOf(node));
}

function dateRange(node: JsonObject, refer: Refer): Expression | undefined {
  const interval = node["interval-value"];
  if (!hasOnly(node, "interval-value", "description") || !isObject(interval)) return undefined;
  const { func, id } = interval;
  if (func !== "datetime-interval-ref" || !hasOnly(interval, "id", "description") || !isLabelled(interval))
    return undefined;
  if (typeof id !== "string") return undefined;
  const code = refer("dateRanges", id);
  const instead = (_: unknown, key: string) => (key === "id" ? code : undefined);
  const of = labelOf(interval) ? labelOf(interval, { id }, instead) : component(refer, "dateRanges", id);
  return call("inDateRange", of, labelOf(node));
}

/** `dimension("page")`; undefined where the builder has no word for it. */
export function dimensionOf(node: Json | undefined, refer: Refer): Expression | undefined {
  if (!isObject(node) || node["func"] !== "attr" || !hasOnly(node, "name", "description", "allocation-model")) return;
  const name = nameOf(node, "variables/", "dimensions", refer);
  const attribution = attributionOf(node["allocation-model"]);
  if (name === undefined || attribution === undefined || !isLabelled(node)) return undefined;
  return call("dimension", name, labelOf(node, attribution));
}

/** `metric("orders")`. */
function metricOf(node: Json | undefined, refer: Refer, func = "event"): Expression | undefined {
  if (!isObject(node) || node["func"] !== func || !hasOnly(node, "name", "description") || !isLabelled(node)) return;
  const name = nameOf(node, "metrics/", "metrics", refer);
  return name === undefined ? undefined : call("metric", name, labelOf(node));
}

/** What numbers are compared with: a dimension, a metric's total, a distinct count. */
function numericOf(node: Json | undefined, refer: Refer): Expression | undefined {
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
