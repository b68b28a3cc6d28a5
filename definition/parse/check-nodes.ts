import { enterList } from "./enter";
import type { FieldKind } from "../grammar/place";
import { type Shape, describe } from "../shape";
import type { Visit } from "./visit";
import type { Walk } from "./walk";
import { wanted } from "./wanted";

/** Checks a field that holds a list of nodes. */
export function checkNodes(walk: Walk, visit: Visit, found: Shape, rule: Extract<FieldKind, { is: "nodes" }>): void {
  const entry = { is: "node", place: rule.place } as const;
  if (found.is === "list") {
    if (found.length === 0) return walk.error(visit, `found an empty list, ${wanted(rule)}`);
    return enterList(walk, visit, found, entry);
  }
  walk.error(visit, `found ${describe(found)}, ${found.is === "object" ? "put it into a list: [ … ]" : wanted(rule)}`);
  if (found.is === "object") walk.again(visit, entry);
}
