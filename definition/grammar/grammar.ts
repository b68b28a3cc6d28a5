import { CONTEXTS, type Context, type Limit, type Node, type SegmentDefinition, type TimeUnit } from "./definition";
import { PLACES, type FieldKind, type FieldRule, type Fields, type Kind, type Place } from "./place";
import { isObject, type Json, type JsonObject } from "../json";

/** One function of the language. */
export interface NodeRule {
  readonly is: Kind;
  readonly fields: Fields;
  /** Nested in itself it means the same as one flat list. */
  readonly associative?: true;
  /** Said whenever the function is used, except in one place. */
  readonly warning?: { readonly text: string; readonly except?: Place };
}

/** Every `func` below the root. */
type NodeFunc = Node["func"];

const optional = (kind: FieldKind): FieldRule => ({ ...kind, optional: true });
const node = (place: Place): FieldRule => ({ is: "node", place });
const described = { description: optional({ is: "text" }) };
const context: FieldRule = { is: "word", words: CONTEXTS };
const leaf = (fields: Fields): NodeRule => ({ is: "leaf", fields: { ...fields, ...described } });

const val = node("attribute");
const text = leaf({ str: { is: "text" }, val });
const textList = leaf({ list: { is: "texts" }, val });
const glob = leaf({ glob: { is: "text" }, val });
const number = leaf({ num: { is: "number" }, val: node("number") });
const numberList = leaf({ list: { is: "numbers" }, val: node("number") });
const exists = leaf({ val });
const eventExists = leaf({ evt: node("metric") });

const container: NodeRule = { is: "container", fields: { context, pred: node("predicate"), ...described } };
const junction: NodeRule = {
  is: "boolean",
  fields: { preds: { is: "nodes", place: "predicate", unordered: true } },
  associative: true,
};
const negation: NodeRule = { is: "boolean", fields: { pred: node("predicate") } };

const stream: FieldRule = { is: "nodes", place: "step" };
const partialSequence: NodeRule = { is: "sequence", fields: { stream, context } };
const logicGroup: NodeRule = {
  is: "logic group",
  fields: { checkpoints: { is: "nodes", place: "checkpoint", unordered: true } },
};
const modifier = (fields: Fields): NodeRule => ({ is: "modifier", fields });
// `before` stands in Adobe's CJA lab only; the reference names the other two.
const LIMITS: readonly Limit[] = ["after", "within", "before"];
const TIME_UNITS: readonly TimeUnit[] = ["minute", "hour", "day", "week", "month", "quarter", "year"];
const limited: Fields = { limit: { is: "word", words: LIMITS }, count: { is: "count" } };
const unit: FieldRule = { is: "word", words: TIME_UNITS };

/** The language below the root, as data: every function, its fields and where it may stand. */
export const GRAMMAR: Readonly<Record<NodeFunc, NodeRule>> = {
  container,
  // The guide's outermost container. It shows no container inside another, so that deeper ones are anybody's guess.
  segment: {
    ...container,
    warning: {
      text: 'the guide writes "segment" only for the outermost container; use "container"',
      except: "outermost",
    },
  },
  and: junction,
  or: junction,
  without: negation,
  not: negation,

  streq: text,
  "not-streq": text,
  strlt: text,
  strgt: text,
  strle: text,
  strge: text,
  contains: text,
  "not-contains": text,
  "starts-with": text,
  "not-starts-with": text,
  "ends-with": text,
  "not-ends-with": text,
  "streq-in": textList,
  "not-streq-in": textList,
  "contains-any-of": textList,
  "contains-all-of": textList,
  "not-contains-any-of": textList,
  "not-contains-all-of": textList,
  matches: glob,
  "not-matches": glob,
  "matches-regex": leaf({ regex: { is: "text" }, val }),
  eq: number,
  "not-eq": number,
  gt: number,
  lt: number,
  ge: number,
  le: number,
  "eq-any-of": numberList,
  "not-eq-any-of": numberList,
  "eq-in": numberList,
  "not-eq-in": numberList,
  exists,
  "not-exists": exists,
  "event-exists": eventExists,
  "not-event-exists": eventExists,
  range: leaf({ low: optional({ is: "number" }), high: optional({ is: "number" }), val: node("ranged") }),
  "datetime-within": leaf({ "interval-value": node("interval") }),
  "segment-ref": {
    ...leaf({ id: optional({ is: "name", prefix: "" }), segmentId: optional({ is: "name", prefix: "" }) }),
    warning: {
      text: 'no document shows "segment-ref" in a segment; the UI copies the other segment\'s container instead',
    },
  },

  sequence: { is: "sequence", fields: { stream, context: { ...context, optional: true } } },
  "sequence-prefix": partialSequence,
  "sequence-suffix": partialSequence,
  "sequence-and": logicGroup,
  "sequence-or": logicGroup,
  "time-restriction": modifier({ ...limited, unit, container: { ...context, optional: true } }),
  // Adobe's page shows these two without what they count; clients that work write it.
  "container-restriction": modifier({
    ...limited,
    container: { is: "word", words: ["hits", "visits"], optional: true },
  }),
  "dimension-restriction": modifier({ ...limited, attribute: optional(node("attribute")) }),
  "exclude-next-checkpoint": modifier({}),

  attr: {
    is: "attribute",
    fields: {
      name: { is: "name", prefix: "variables/" },
      "allocation-model": { ...node("model"), optional: true },
      ...described,
    },
  },
  event: { is: "metric", fields: { name: { is: "name", prefix: "metrics/" }, ...described } },
  total: { is: "total", fields: { evt: node("metric") } },
  "total-distinct": { is: "total", fields: { field: node("attribute") } },
  "allocation-instance": { is: "allocation model", fields: {} },
  "allocation-dedupedInstance": {
    is: "allocation model",
    fields: { context: { is: "word", words: ["visitors", "sessions"] } },
  },
  "datetime-interval-ref": { is: "interval", fields: { id: { is: "name", prefix: "" }, ...described } },
};

/** The functions of the root: the first is Adobe's everywhere but in the segments guide, which writes the second. */
export const ROOT_FUNCS: readonly SegmentDefinition["func"][] = ["segment", "segment-def"];

/** The fields of the root. */
export const ROOT_FIELDS: Fields = { version: { is: "version" }, container: node("outermost") };

/** The UI's words for the contexts. No source documents them in a definition, so they pass with a warning. */
export const UI_CONTEXTS: ReadonlyMap<string, Context> = new Map([
  ["event", "hits"],
  ["session", "visits"],
  ["person", "visitors"],
]);

export const isContext = (word: unknown): word is Context => CONTEXTS.some((context) => context === word);
export const isLimit = (word: unknown): word is Limit => LIMITS.some((limit) => limit === word);
export const isTimeUnit = (word: unknown): word is TimeUnit => TIME_UNITS.some((unit) => unit === word);

/** Looks a function up; undefined when the language does not know it. */
export function ruleOf(func: unknown): NodeRule | undefined {
  return isNodeFunc(func) ? GRAMMAR[func] : undefined;
}

function isNodeFunc(func: unknown): func is NodeFunc {
  return typeof func === "string" && Object.hasOwn(GRAMMAR, func);
}

/** Whether a node has no fields beside `func` and these. */
export function hasOnly(node: JsonObject, ...fields: readonly string[]): boolean {
  return Object.keys(node).every((key) => key === "func" || fields.includes(key));
}

/** Whether the grammar vouches for every node here: of others it is not known whether their order has a meaning. */
export function areKnown(nodes: readonly Json[], place: Place): boolean {
  return nodes.every((node) => {
    const rule = isObject(node) ? ruleOf(node["func"]) : undefined;
    return rule !== undefined && PLACES[place].kinds.includes(rule.is);
  });
}
