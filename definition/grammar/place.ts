/** A position in a definition that holds nodes. */
export type Place =
  | "outermost"
  | "predicate"
  | "step"
  | "checkpoint"
  | "attribute"
  | "number"
  | "ranged"
  | "metric"
  | "model"
  | "interval";

/** What a field of a node holds. */
export type FieldKind =
  | { readonly is: "node"; readonly place: Place }
  /** `unordered`: the order of the nodes has no meaning. */
  | { readonly is: "nodes"; readonly place: Place; readonly unordered?: true }
  /** Any text, the empty one included. */
  | { readonly is: "text" }
  /** A text that is not empty, and begins with the prefix. */
  | { readonly is: "name"; readonly prefix: "" | "variables/" | "metrics/" }
  | { readonly is: "number" }
  /** A number, or the same as text. */
  | { readonly is: "count" }
  /** A set of texts or numbers: their order has no meaning. */
  | { readonly is: "texts" }
  | { readonly is: "numbers" }
  /** `why` explains why other words are refused. */
  | { readonly is: "word"; readonly words: readonly string[]; readonly why?: string }
  | { readonly is: "version" };

/** A field of a node. An optional one may also be null, which is the same as absent. */
export type FieldRule = FieldKind & { readonly optional?: true };

/** The fields of a node beside `func`. */
export type Fields = Readonly<Record<string, FieldRule>>;

/** What a node is, for the question where it may stand. */
export type Kind =
  | "container"
  | "boolean"
  | "leaf"
  | "sequence"
  | "logic group"
  | "modifier"
  | "attribute"
  | "metric"
  | "total"
  | "allocation model"
  | "interval";

interface PlaceRule {
  readonly kinds: readonly Kind[];
  /** What to write there, for messages. */
  readonly example: string;
  /** A container here may have only these contexts. */
  readonly context?: FieldRule;
  /** An `attr` here may name a metric. */
  readonly metrics?: true;
  /** What to do with a known node that does not belong here. */
  readonly hints: Readonly<Partial<Record<Kind, string>>>;
}

const ATTR = '{"func": "attr", "name": "variables/…"}';
const CONTAINER = '{"func": "container", "context": "hits", "pred": …}';
const wrapped = `put it into a container: ${CONTAINER}`;
const compareMetric =
  'a metric is tested with {"func": "event-exists", "evt": …} and compared with "gt", "ge" … over {"func": "total", "evt": …}';
const inComparison = `put it into a comparison, for example {"func": "exists", "val": ${ATTR}}`;
const inStream = 'it belongs in the "stream" of a sequence, between two containers';

const STEP_HINTS: PlaceRule["hints"] = { leaf: wrapped, boolean: wrapped, sequence: wrapped };
// A step cannot be `visitors`: the UI turns such a container into a logic group. Deeper inside a step it can be.
const STEP_CONTEXT: FieldRule = {
  is: "word",
  words: ["hits", "visits"],
  why: 'a step is not "visitors"; the UI makes a logic group of it: {"func": "sequence-and", "checkpoints": […]}',
};

/** What may stand where: https://developer.adobe.com/analytics-apis/docs/2.0/guides/endpoints/segments/definition/ */
export const PLACES: Readonly<Record<Place, PlaceRule>> = {
  outermost: {
    kinds: ["container"],
    example: CONTAINER,
    hints: { leaf: wrapped, boolean: wrapped, sequence: wrapped, "logic group": wrapped },
  },
  predicate: {
    kinds: ["container", "boolean", "leaf", "sequence", "logic group"],
    example: `{"func": "exists", "val": ${ATTR}}`,
    hints: {
      attribute: inComparison,
      metric: 'put it into {"func": "event-exists", "evt": …}',
      total: 'compare it: {"func": "gt", "num": 1, "val": …}',
      modifier: inStream,
      interval: 'put it into {"func": "datetime-within", "interval-value": …}',
    },
  },
  step: {
    kinds: ["container", "logic group", "modifier"],
    example: CONTAINER,
    context: STEP_CONTEXT,
    hints: STEP_HINTS,
  },
  checkpoint: {
    kinds: ["container", "logic group"],
    example: CONTAINER,
    context: STEP_CONTEXT,
    hints: { ...STEP_HINTS, modifier: inStream },
  },
  attribute: {
    kinds: ["attribute"],
    example: ATTR,
    hints: { metric: compareMetric, total: 'only comparisons such as "gt", "ge", "lt", "le" and "eq" take a total' },
  },
  number: {
    kinds: ["attribute", "total"],
    example: '{"func": "total", "evt": {"func": "event", "name": "metrics/…"}}',
    hints: { metric: 'put it into {"func": "total", "evt": …}' },
  },
  // The guide's `range` is the one comparison that is shown with a metric in an `attr`.
  ranged: {
    kinds: ["attribute", "total"],
    example: '{"func": "attr", "name": "metrics/…"}',
    metrics: true,
    hints: { metric: 'write {"func": "attr", "name": "metrics/…"}' },
  },
  metric: {
    kinds: ["metric"],
    example: '{"func": "event", "name": "metrics/…"}',
    hints: { attribute: 'a dimension is tested with {"func": "exists", "val": …}' },
  },
  model: { kinds: ["allocation model"], example: '{"func": "allocation-instance"}', hints: {} },
  interval: { kinds: ["interval"], example: '{"func": "datetime-interval-ref", "id": "…"}', hints: {} },
};
