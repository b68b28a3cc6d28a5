import { ruleOf } from "../../grammar/grammar";
import type { Leaf } from "../../grammar/leaf";
import type { Kind } from "../../grammar/place";
import type { Junction, LogicGroup, Negation, Sequence } from "../../grammar/predicate";
import { isObject } from "../../json/value";
import type { Json, JsonObject } from "../../json/value";
import { MAX_DEPTH } from "../../limits";
import type { Path } from "../path";
import { unknown } from "./clause";
import type { Clause, Tell } from "./clause";
import { container, negation } from "./container";
import { junction } from "./junction";
import { leaf } from "./leaf";
import { group, sequence } from "./sequence";
import { settle } from "./settle";
import type { Settled } from "./settle";

/** Puts a condition into clauses, and everything inside it. What the language does not know is quoted. */
export function condition(json: Json | undefined, path: Path, depth = 1): Clause {
  return settledCondition(settle(json, path), depth);
}

function settledCondition(settled: Settled, depth: number): Clause {
  const { json, path } = settled;
  const rule = isObject(json) ? ruleOf(json["func"]) : undefined;
  // `parse` takes nothing so deep; what does come is quoted, since nobody reads lines that are further in than this.
  if (!isObject(json) || rule === undefined || depth > MAX_DEPTH) return unknown(json, path);
  const tell: Tell = (inner, at) => condition(inner, at, depth + 1);
  const tellSettled = (entry: Settled) => settledCondition(entry, depth + 1);
  return KINDS[rule.is]({ json, func: json["func"], settled, path, tell, tellSettled });
}

interface Found {
  readonly json: JsonObject;
  /** One of the functions of its kind. */
  readonly func: unknown;
  readonly settled: Settled;
  readonly path: Path;
  readonly tell: Tell;
  readonly tellSettled: (entry: Settled) => Clause;
}

/** What is no condition does not belong here, and is quoted. */
const misplaced = ({ json, path }: Found): Clause => unknown(json, path);

const KINDS: Readonly<Record<Kind, (found: Found) => Clause>> = {
  container: ({ json, func, path, tell }) => container(json, func as "container" | "segment", path, tell),
  boolean: ({ json, func, settled, path, tell, tellSettled }) =>
    func === "and" || func === "or"
      ? junction(json, func satisfies Junction["func"], settled, tellSettled)
      : negation(json, func as Negation["func"], path, tell),
  leaf: ({ json, func, path }) => leaf(json, func as Leaf["func"], path),
  sequence: ({ json, func, path, tell }) => sequence(json, func as Sequence["func"], path, tell),
  "logic group": ({ json, func, path, tell }) => group(json, func as LogicGroup["func"], path, tell),
  modifier: misplaced,
  attribute: misplaced,
  metric: misplaced,
  total: misplaced,
  "allocation model": misplaced,
  interval: misplaced,
};
