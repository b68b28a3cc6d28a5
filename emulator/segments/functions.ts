import { isExactNumber } from "../../definition/json";
import { isJsonObject } from "../json";

/** What a field of a function must hold. */
export type FieldCheck =
  | { readonly kind: "node" | "nodes" | "stream" }
  | {
      readonly kind: "value";
      readonly what: string;
      readonly accepts: (value: unknown) => boolean;
      readonly optional?: boolean;
    };

type Fields = Readonly<Record<string, FieldCheck>>;

const value = (what: string, accepts: (value: unknown) => boolean): FieldCheck => ({ kind: "value", what, accepts });
const isText = (candidate: unknown): candidate is string => typeof candidate === "string";
const isNumber = (candidate: unknown): boolean => typeof candidate === "number" || isExactNumber(candidate);
const isNamed = (candidate: unknown, func: string): boolean =>
  isJsonObject(candidate) && candidate["func"] === func && isText(candidate["name"]) && candidate["name"] !== "";

const isEvent = (candidate: unknown): boolean => isNamed(candidate, "event");
const isAttribute = (candidate: unknown): boolean => isNamed(candidate, "attr");
/** An attribute, or a number made from a metric: total (evt) or total-distinct (field). A bare event is none. */
const isOperand = (candidate: unknown): boolean =>
  isAttribute(candidate) ||
  (isJsonObject(candidate) && candidate["func"] === "total" && isEvent(candidate["evt"])) ||
  (isJsonObject(candidate) && candidate["func"] === "total-distinct" && isAttribute(candidate["field"]));

const val = value("an operand: attr, total or total-distinct", isOperand);
const evt = value("an event with a name", isEvent);
const str = value("text", isText);
const num = value("a number", isNumber);
const bound = value("a number or null", (candidate) => candidate === null || isNumber(candidate));
const texts = value("a list of text", (candidate) => Array.isArray(candidate) && candidate.every(isText));
const numbers = value("a list of numbers", (candidate) => Array.isArray(candidate) && candidate.every(isNumber));
const count = value("a number", (candidate) => isNumber(candidate) || (isText(candidate) && /^\d+$/.test(candidate)));
const limit = value("after, within or before", (c) => c === "after" || c === "within" || c === "before");
const units = ["minute", "hour", "day", "week", "month", "quarter", "year"];
const unit = value(units.join(", "), (candidate) => isText(candidate) && units.includes(candidate));
const object = value("a JSON object", isJsonObject);
const scope: FieldCheck = {
  kind: "value",
  what: "hits, visits or visitors",
  accepts: (candidate) => isText(candidate) && ["hits", "visits", "visitors"].includes(candidate),
  optional: true,
};
const node: FieldCheck = { kind: "node" };
const nodes: FieldCheck = { kind: "nodes" };
const stream: FieldCheck = { kind: "stream" };

const each = (names: string, fields: Fields): [string, Fields][] => names.split(" ").map((name) => [name, fields]);

/** Every function of definition-grammar.md but the container, with the fields that it cannot do without. */
const functions: ReadonlyMap<string, Fields> = new Map([
  ...each("and or", { preds: nodes }),
  ...each("without not", { pred: node }),
  ...each("sequence sequence-prefix sequence-suffix", { stream, context: scope }),
  ...each("sequence-and sequence-or", { checkpoints: nodes }),
  ...each("streq not-streq strlt strgt strle strge contains not-contains", { val, str }),
  ...each("starts-with ends-with not-starts-with not-ends-with", { val, str }),
  ...each("streq-in not-streq-in contains-any-of contains-all-of", { val, list: texts }),
  ...each("not-contains-any-of not-contains-all-of", { val, list: texts }),
  ...each("matches not-matches", { val, glob: str }),
  ...each("matches-regex", { val, regex: str }),
  ...each("eq not-eq gt lt ge le gte lte", { val, num }),
  ...each("eq-any-of not-eq-any-of eq-in not-eq-in", { val, list: numbers }),
  ...each("exists not-exists", { val }),
  ...each("event-exists not-event-exists", { evt }),
  ...each("range", { val, low: bound, high: bound }),
  ...each("datetime-within", { "interval-value": object }),
  ...each("time-restriction", { limit, count, unit }),
  ...each("container-restriction dimension-restriction", { limit, count }),
  ...each("exclude-next-checkpoint", {}),
]);

const modifiers = ["time-restriction", "container-restriction", "dimension-restriction", "exclude-next-checkpoint"];

/** Required fields of a function; undefined for a name that is none. */
export function fieldsOf(func: string): Fields | undefined {
  return functions.get(func);
}

/** Whether the function stands only inside the stream of a sequence. */
export function isModifier(func: unknown): boolean {
  return isText(func) && modifiers.includes(func);
}
