import { isObject, type Json, type JsonObject } from "../json/value";
import type { Refer } from "./component";
import { call, type Expression, literal } from "./expression";
import { countOf, hasOnly, isAbsent } from "./fields";
import { dimensionOf } from "./operands";

const LIMITS: readonly string[] = ["within", "after", "before"];
const UNITS: readonly string[] = ["minute", "hour", "day", "week", "month", "quarter", "year"];
const CONTAINERS: readonly unknown[] = ["hits", "visits"];

/** The entries of a sequence: steps, and what stands between them. */
export function stepsOf(
  stream: readonly Json[],
  nodeOf: (node: Json, refer: Refer) => Expression,
  refer: Refer,
): Expression[] {
  const steps: Expression[] = [];
  for (let at = 0; at < stream.length; at += 1) {
    const [entry, next] = [stream[at], stream[at + 1]];
    if (entry === undefined) continue;
    if (isExclusion(entry) && isObject(next) && isStep(next)) {
      steps.push(call("excluding", nodeOf(next, refer)));
      at += 1;
    } else if (isExclusion(entry)) steps.push(call("excludeNext"));
    else steps.push((isObject(entry) && restrictionOf(entry, refer)) || nodeOf(entry, refer));
  }
  return steps;
}

const isExclusion = (node: Json): boolean =>
  isObject(node) && node["func"] === "exclude-next-checkpoint" && hasOnly(node);

const isStep = ({ func }: JsonObject): boolean =>
  func === "container" || func === "sequence-and" || func === "sequence-or";

function restrictionOf(node: JsonObject, refer: Refer): Expression | undefined {
  const { func, limit, unit, container } = node;
  const count = countOf(node["count"]);
  if (typeof func !== "string" || typeof limit !== "string" || !LIMITS.includes(limit) || count === undefined)
    return undefined;
  const distance = (of: Expression | undefined, options?: Expression) => of && call(limit, literal(count), of, options);
  switch (func) {
    case "time-restriction": {
      if (!hasOnly(node, "limit", "count", "unit", "container") || typeof unit !== "string") return undefined;
      if (!UNITS.includes(unit)) return undefined;
      const options = isAbsent(container) ? undefined : literal({ container });
      return distance(literal(count === 1 ? unit : `${unit}s`), options);
    }
    case "container-restriction":
      if (!hasOnly(node, "limit", "count", "container") || !CONTAINERS.includes(container)) return undefined;
      return distance(literal(container));
    case "dimension-restriction":
      return hasOnly(node, "limit", "count", "attribute") ? distance(dimensionOf(node["attribute"], refer)) : undefined;
    default:
      return undefined;
  }
}
