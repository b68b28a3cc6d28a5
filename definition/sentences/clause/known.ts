import { ruleOf } from "../../grammar/grammar";
import { PLACES, type Place } from "../../grammar/place";
import { isObject, type Json } from "../../json";

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
