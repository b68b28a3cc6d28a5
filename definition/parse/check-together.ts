import type { FoundObject } from "./enter";
import { dayOf } from "./day-number";
import { ruleOf } from "../grammar/grammar";
import { MAX_VALUES } from "../limits";
import { read, shapeOf } from "../shape";
import type { Visit } from "./visit";
import type { Walk } from "./walk";

/** Checks what no single field tells: fields that say something only together. */
export function checkTogether(walk: Walk, visit: Visit, func: string, found: FoundObject): void {
  const kind = ruleOf(func)?.is;
  if (kind === "container") checkScope(walk, visit, found);
  if (kind === "sequence") checkSteps(walk, visit, found);
  if (func === "range") checkBounds(walk, visit, found);
  if (kind === "leaf") checkDays(walk, visit, found);
}

/** Analytics was seen to refuse a `sequence` right under `hits`: one hit has no order. */
function checkScope(walk: Walk, visit: Visit, found: FoundObject): void {
  if (valueAt(found.value, "context") !== "hits") return;
  const pred = shapeOf(valueAt(found.value, "pred"));
  if (pred.is !== "object" || valueAt(pred.value, "func") !== "sequence") return;
  walk.warn(visit, 'a "sequence" right under "hits" is refused by the service; use "visits" or "visitors"', "context");
}

function checkSteps(walk: Walk, visit: Visit, found: FoundObject): void {
  const stream = shapeOf(valueAt(found.value, "stream"));
  if (stream.is !== "list" || stream.length === 0 || stream.length > MAX_VALUES) return;
  for (let index = 0; index < stream.length; index += 1) {
    const step = shapeOf(valueAt(stream.value, index));
    if (step.is !== "object" || ruleOf(valueAt(step.value, "func"))?.is !== "modifier") return;
  }
  walk.error(visit, "found no step: a restriction says something about the containers around it", "stream");
}

function checkDays(walk: Walk, visit: Visit, found: FoundObject): void {
  const val = shapeOf(valueAt(found.value, "val"));
  const dimension = val.is === "object" ? valueAt(val.value, "name") : undefined;
  for (const key of ["num", "list"]) {
    const day = dayOf(dimension, valueAt(found.value, key));
    if (day !== undefined) walk.warn(visit, day, key);
  }
}

function checkBounds(walk: Walk, visit: Visit, found: FoundObject): void {
  const bounds = ["low", "high"].map((key) => valueAt(found.value, key));
  if (bounds.every((bound) => bound === null || bound === undefined)) {
    walk.error(visit, 'found no bound, give "low" or "high" a number');
  }
}

/** The value, or undefined where it cannot be read: that is reported where the value itself is checked. */
function valueAt(container: object, key: string | number): unknown {
  const reading = read(container, key);
  return "value" in reading ? reading.value : undefined;
}
