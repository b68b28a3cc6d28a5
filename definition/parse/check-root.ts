import { checkFields } from "./check-fields";
import type { FoundObject } from "./enter";
import { ROOT_FIELDS, ROOT_FUNCS, ruleOf } from "../grammar/grammar";
import { otherForm } from "./other-form";
import { PLACES } from "../grammar/place";
import { describe, read, shapeOf, type Shape } from "../shape";
import { quote } from "../shorten";
import type { Visit } from "./visit";
import type { Walk } from "./walk";
import { oneOf } from "./wanted";

const SHAPE = '{"func": "segment", "version": [1, 0, 0], "container": …}';

/** Checks the definition itself. */
export function checkRoot(walk: Walk, visit: Visit, found: Shape): void {
  const other = otherForm(found);
  if (other !== undefined) return walk.error(visit, other);
  if (found.is === "text") return walk.error(visit, `found ${describe(found)}, pass the object itself: ${SHAPE}`);
  if (found.is !== "object") return walk.error(visit, `found ${describe(found)}, write ${SHAPE}`);
  const has = (key: string) => found.keys.includes(key);
  const func = funcOf(walk, visit, found);
  const rule = ruleOf(func);
  if (!has("container") && rule !== undefined && (func !== "segment" || has("pred"))) {
    walk.error(visit, `"${String(func)}" cannot be the whole definition, put it into ${wrapping(rule.is)}`);
    // Its own mistakes are worth knowing too.
    if (PLACES.predicate.kinds.includes(rule.is))
      walk.again(visit, { is: "node", place: func === "segment" ? "outermost" : "predicate" });
    return;
  }
  checkFields(walk, visit, found, "segment", ROOT_FIELDS);
}

function wrapping(kind: string): string {
  return kind === "container" ? SHAPE : SHAPE.replace("…", PLACES.outermost.example);
}

/** The root's function, with a mistake if it is not one. */
function funcOf(walk: Walk, visit: Visit, found: FoundObject): unknown {
  if (!found.keys.includes("func")) {
    walk.error(visit, 'missing, add "func": "segment"', "func");
    return undefined;
  }
  const reading = read(found.value, "func");
  if ("failure" in reading || walk.isUnknown(reading.value)) return undefined;
  const isRoot = (ROOT_FUNCS as readonly unknown[]).includes(reading.value);
  const isNode = ruleOf(reading.value) !== undefined && !found.keys.includes("container");
  if (!isRoot && !isNode) {
    const func = shapeOf(reading.value);
    const found = func.is === "text" ? quote(func.value) : describe(func);
    walk.error(visit, `found ${found}, allowed are ${oneOf(ROOT_FUNCS)}`, "func");
  }
  return reading.value;
}
