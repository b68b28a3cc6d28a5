import { ruleOf } from "../../grammar/grammar";
import { PLACES } from "../../grammar/place";
import type { Place } from "../../grammar/field";
import { isObject } from "../../json/value";
import type { Json } from "../../json/value";

/**
 * Whether the grammar vouches for every node here. Of others it is not known whether their order has a meaning, see
 * `canonical`.
 */
export function areKnown(nodes: readonly Json[], place: Place): boolean {
  return nodes.every((node) => {
    const rule = isObject(node) ? ruleOf(node["func"]) : undefined;
    return rule !== undefined && PLACES[place].kinds.includes(rule.is);
  });
}
