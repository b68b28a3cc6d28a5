import { isJsonObject, type JsonObject } from "../json";
import { isExactNumber } from "../../definition/json";

/** What validate finds. `message` and `errors` are made up when a test sets only `valid`. */
export interface Verdict {
  readonly valid: boolean;
  readonly message?: string | undefined;
  readonly errors?: readonly string[] | undefined;
}

/** The answer of validate: the one a test has set, or else what the definition deserves. */
export function verdictOn(definition: unknown, fixed: Verdict | null): Verdict {
  if (fixed) return fixed;
  const errors = definitionErrors(definition);
  return errors.length === 0 ? { valid: true } : { valid: false, errors, message: invalidMessage(errors) };
}

export function invalidMessage(errors: readonly string[]): string {
  return ["Segment definition is invalid", ...(errors.length > 0 ? [errors.join("; ")] : [])].join(": ");
}

/** Names of the functions in a definition but its root's, as `supported_features` lists them: `function_streq`. */
export function featuresOf(definition: unknown): string[] {
  const found = new Set<string>();
  const waiting: unknown[] = isJsonObject(definition) ? [definition["container"]] : [];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== "object" || value === null) continue;
    for (const child of Object.values(value) as unknown[])
      if (typeof child === "object" && child !== null) waiting.push(child);
    if (!isJsonObject(value)) continue;
    if (typeof value["func"] === "string") found.add(`function_${value["func"]}`);
  }
  return [...found].sort();
}

/** Deeper than any person nests, and shallow enough for the call stack. */
const deepest = 200;
const rootFunctions = ["segment", "segment-def"];
const containerFunctions = ["container", "segment"];
const contexts = ["hits", "visits", "visitors"];

/**
 * What is surely wrong with a definition, each as "path: what". Lenient: what the documents leave open passes.
 * Both root functions pass, "segment" of the OpenAPI document and "segment-def" of the guide.
 */
export function definitionErrors(definition: unknown): string[] {
  if (!isJsonObject(definition)) return ["definition: must be a JSON object"];
  const errors: string[] = [];
  if (!rootFunctions.includes(String(definition["func"]))) {
    errors.push(`func: ImproperFunctionCall: must be one of ${rootFunctions.join(", ")}`);
  }
  const version = definition["version"];
  if (version !== undefined && !isVersion(version)) errors.push("version: must be three whole numbers");
  if (definition["container"] === undefined) errors.push("container: is missing");
  else return errors.concat(containerErrors(definition["container"], "container", 1));
  return errors;
}

function isVersion(version: unknown): boolean {
  return Array.isArray(version) && version.length === 3 && version.every((part) => Number.isInteger(part));
}

function containerErrors(node: unknown, at: string, depth: number): string[] {
  if (!isJsonObject(node)) return [`${at}: must be a JSON object`];
  if (!containerFunctions.includes(String(node["func"]))) return [`${at}.func: must be container`];
  return nodeErrors(node, at, depth);
}

function nodeErrors(node: unknown, at: string, depth: number): string[] {
  if (depth > deepest) return [`${at}: is nested too deeply`];
  if (!isJsonObject(node)) return [`${at}: must be a JSON object`];
  const func = node["func"];
  if (typeof func !== "string") return [`${at}.func: must be text`];
  if (containerFunctions.includes(func)) return scopeErrors(node, at, depth);
  const fields = fieldsOf(func);
  if (fields === undefined) return [`${at}.func: ImproperFunctionCall: ${func} is not a function`];
  return Object.entries(fields).flatMap(([name, check]) => fieldErrors(check, node[name], `${at}.${name}`, depth));
}

function scopeErrors(node: JsonObject, at: string, depth: number): string[] {
  const context = contexts.includes(String(node["context"]))
    ? []
    : [`${at}.context: must be one of ${contexts.join(", ")}`];
  return [...context, ...nodeErrors(node["pred"], `${at}.pred`, depth + 1)];
}

function fieldErrors(check: FieldCheck, value: unknown, at: string, depth: number): string[] {
  if (value === undefined) return "optional" in check && check.optional ? [] : [`${at}: is missing`];
  switch (check.kind) {
    case "node":
      return nodeErrors(value, at, depth + 1);
    case "nodes":
    case "stream": {
      if (!Array.isArray(value) || value.length === 0) return [`${at}: must be a list that is not empty`];
      return value.flatMap((item: unknown, index) => {
        const modifier = isJsonObject(item) && isModifier(item["func"]);
        if (modifier && check.kind === "nodes") return [`${at}[${index}]: belongs into a sequence`];
        return nodeErrors(item, `${at}[${index}]`, depth + 1);
      });
    }
    case "value":
      return check.accepts(value) ? [] : [`${at}: must be ${check.what}`];
  }
}

/** What a field of a function must hold. */
type FieldCheck =
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

/** Every function of the definition language but the container, with the fields that it requires. */
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
function fieldsOf(func: string): Fields | undefined {
  return functions.get(func);
}

/** Whether the function stands only inside the stream of a sequence. */
function isModifier(func: unknown): boolean {
  return isText(func) && modifiers.includes(func);
}
