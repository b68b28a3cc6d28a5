import type { Leaf } from "../../grammar/leaf";

/** A comparison that is told as subject, verb and values. */
export type ComparisonFunc = Exclude<Leaf["func"], "range" | "datetime-within" | "segment-ref">;

/** What a comparison says between its subject and its values. No two say the same. */
export const VERBS: Readonly<Record<ComparisonFunc, string>> = {
  streq: "is",
  "not-streq": "is not",
  strlt: "comes before",
  strgt: "comes after",
  strle: "is or comes before",
  strge: "is or comes after",
  contains: "contains",
  "not-contains": "does not contain",
  "starts-with": "starts with",
  "not-starts-with": "does not start with",
  "ends-with": "ends with",
  "not-ends-with": "does not end with",
  "streq-in": "is one of",
  "not-streq-in": "is none of",
  "contains-any-of": "contains any of",
  "contains-all-of": "contains all of",
  "not-contains-any-of": "does not contain any of",
  "not-contains-all-of": "does not contain all of",
  matches: "matches the pattern",
  "not-matches": "does not match the pattern",
  "matches-regex": "matches the regular expression",
  eq: "equals",
  "not-eq": "does not equal",
  gt: "is greater than",
  lt: "is less than",
  ge: "is at least",
  le: "is at most",
  "eq-any-of": "equals any of",
  "not-eq-any-of": "does not equal any of",
  // The other spelling of the same, in the words of `streq-in`.
  "eq-in": "is one of",
  "not-eq-in": "is none of",
  exists: "exists",
  "not-exists": "does not exist",
  "event-exists": "occurs",
  "not-event-exists": "does not occur",
};
