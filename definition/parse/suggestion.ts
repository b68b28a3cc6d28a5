/**
 * Words that people and documents write, and the API's words for them. More than one right word: the choice depends on
 * what is meant. From Adobe's pages and clients, SQL, the UI and other query languages.
 */
const FUNCS: Readonly<Record<string, readonly string[]>> = {
  // Published, but wrong.
  "streq-any-of": ["streq-in"],
  "not-streq-any-of": ["not-streq-in"],
  "ime-restriction": ["time-restriction"],
  gte: ["ge"],
  lte: ["le"],
  "segment-def": ["container"],
  // Invented.
  "streq-not-in": ["not-streq-in"],
  "num-eq": ["eq"],
  "num-not-eq": ["not-eq"],
  "num-neq": ["not-eq"],
  "num-gt": ["gt"],
  "num-lt": ["lt"],
  "num-gte": ["ge"],
  "num-ge": ["ge"],
  "num-lte": ["le"],
  "num-le": ["le"],
  ne: ["not-eq", "not-streq"],
  neq: ["not-eq", "not-streq"],
  equals: ["streq", "eq"],
  "not-equals": ["not-streq", "not-eq"],
  "=": ["streq", "eq"],
  "==": ["streq", "eq"],
  "!=": ["not-streq", "not-eq"],
  ">": ["gt"],
  ">=": ["ge"],
  "<": ["lt"],
  "<=": ["le"],
  in: ["streq-in", "eq-in"],
  "not-in": ["not-streq-in", "not-eq-in"],
  "contains-any": ["contains-any-of"],
  "contains-all": ["contains-all-of"],
  "not-contains-any": ["not-contains-any-of"],
  "not-contains-all": ["not-contains-all-of"],
  regex: ["matches-regex"],
  "exists-event": ["event-exists"],
  "metric-exists": ["event-exists"],
  then: ["sequence"],
  "only-after": ["sequence-prefix"],
  "only-before": ["sequence-suffix"],
  "logic-group": ["sequence-and", "sequence-or"],
  exclude: ["without", "exclude-next-checkpoint"],
  dimension: ["attr"],
  variable: ["attr"],
  metric: ["event"],
  sum: ["total"],
  "distinct-count": ["total-distinct"],
  "allocation-deduped": ["allocation-dedupedInstance"],
};

/** A missing field's other names: what people write instead of it. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  func: ["function", "op", "operator", "type"],
  version: ["ver"],
  container: ["pred", "rules", "criteria"],
  context: ["scope", "level", "ctx"],
  pred: ["preds", "predicate", "rules", "criteria", "args"],
  preds: ["pred", "predicates", "containers", "rules", "criteria", "args"],
  val: ["attr", "attribute", "dimension", "field", "evt"],
  evt: ["event", "metric", "val"],
  field: ["attr", "attribute", "dimension", "val"],
  attribute: ["attr", "dimension", "val"],
  str: ["string", "text", "value"],
  num: ["number", "value"],
  list: ["values", "value", "strs", "nums"],
  glob: ["pattern", "value", "str"],
  regex: ["pattern", "value", "str", "glob"],
  name: ["id"],
  id: ["name"],
  stream: ["checkpoints", "steps", "preds"],
  checkpoints: ["stream", "steps", "preds"],
  count: ["num", "value"],
  "interval-value": ["interval", "val"],
};

/** Words that stand for a context, and the ones for a level in an allocation model. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  hit: ["hits"],
  event: ["hits"],
  events: ["hits"],
  visit: ["visits", "sessions"],
  visits: ["sessions"],
  session: ["visits", "sessions"],
  sessions: ["visits"],
  visitor: ["visitors"],
  person: ["visitors"],
  persons: ["visitors"],
  people: ["visitors"],
  user: ["visitors"],
  users: ["visitors"],
};

/** The API's functions for one that is known to be wrong; empty when nothing is known of it. */
export function suggestedFuncs(func: string): readonly string[] {
  return lookUp(FUNCS, func.toLowerCase());
}

/** The names under which a missing field is found in practice. */
export function otherNames(field: string): readonly string[] {
  return lookUp(FIELDS, field);
}

/** The allowed word for one that is known to be wrong. */
export function suggestedWord(word: string, allowed: readonly string[]): string | undefined {
  return lookUp(WORDS, word.toLowerCase()).find((right) => allowed.includes(right));
}

/** One function takes one text, the other a list: what to use when the value is of the other form. */
const COUNTERPARTS: readonly (readonly [one: string, many: string])[] = [
  ["streq", "streq-in"],
  ["not-streq", "not-streq-in"],
  ["contains", "contains-any-of"],
  ["not-contains", "not-contains-any-of"],
  ["eq", "eq-any-of"],
  ["not-eq", "not-eq-any-of"],
];

/** One function takes a text, the other a number. */
const OF_ANOTHER_TYPE: typeof COUNTERPARTS = [
  ["streq", "eq"],
  ["not-streq", "not-eq"],
];

/** The function that takes a list where this takes one value, or one value where this takes a list. */
export const counterpart = (func: string): string | undefined => otherOf(COUNTERPARTS, func);

/** The function that takes a text where this takes a number, or a number where this takes a text. */
export const counterpartOfType = (func: string): string | undefined => otherOf(OF_ANOTHER_TYPE, func);

function otherOf(pairs: typeof COUNTERPARTS, func: string): string | undefined {
  return pairs.find((funcs) => funcs.includes(func))?.find((other) => other !== func);
}

function lookUp(words: Readonly<Record<string, readonly string[]>>, word: string): readonly string[] {
  return Object.hasOwn(words, word) ? (words[word] ?? []) : [];
}
