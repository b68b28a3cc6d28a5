import { checkFields, writtenFor } from "./check-fields";
import { checkTogether } from "./check-together";
import { enterKeys } from "./enter";
import type { FoundObject } from "./enter";
import type { FieldKind, Place } from "../grammar/field";
import { GRAMMAR, ROOT_FIELDS, ROOT_FUNCS, ruleOf } from "../grammar/grammar";
import type { NodeRule } from "../grammar/grammar";
import { rightFuncs } from "./suggestion";
import { nearest } from "./nearest";
import { PLACES } from "../grammar/place";
import { quote } from "../shorten";
import { describe, read, shapeOf } from "../shape";
import type { Shape } from "../shape";
import type { Visit } from "./visit";
import type { Walk } from "./walk";
import { oneOf, wanted } from "./wanted";

type NodeField = Extract<FieldKind, { is: "node" }>;

/** Checks a field that holds one node. */
export function checkNode(walk: Walk, visit: Visit, found: Shape, rule: NodeField): void {
  if (found.is === "object") return checkObject(walk, visit, found, rule.place);
  if (found.is !== "list") return walk.error(visit, `found ${describe(found)}, ${wanted(rule)}`);
  const several = rule.place === "predicate" ? '; for several use {"func": "and", "preds": […]}' : "";
  walk.error(visit, `found ${describe(found)}, ${wanted(rule)}${several}`);
  if (found.length > 0) walk.again(visit, { is: "entries", place: rule.place });
}

function checkObject(walk: Walk, visit: Visit, found: FoundObject, place: Place): void {
  const func = funcOf(walk, visit, found);
  if (func === undefined) return enterKeys(walk, visit, found, () => ({ is: "anything" }));
  const isRoot = (ROOT_FUNCS as readonly string[]).includes(func) && found.keys.includes("container");
  if (isRoot) {
    walk.error(visit, 'found a whole definition, put its "container" here');
    return checkFields(walk, visit, found, func, ROOT_FIELDS);
  }
  const known = ruleOf(func);
  const meant = known === undefined ? correct(walk, visit, func, place) : func;
  const rule = known ?? ruleOf(meant);
  if (rule === undefined || meant === undefined) {
    return enterKeys(walk, visit, found, (key) => (key === "func" ? undefined : { is: "anything" }));
  }
  checkPlace(walk, visit, meant, rule, place);
  const context = PLACES[place].context;
  const isStep = context !== undefined && rule.is === "container";
  checkFields(walk, visit, found, meant, isStep ? { ...rule.fields, context } : rule.fields);
  checkTogether(walk, visit, meant, found);
}

/** The node's function; undefined when there is none that could be checked. */
function funcOf(walk: Walk, visit: Visit, found: FoundObject): string | undefined {
  if (!found.keys.includes("func")) {
    const written = writtenFor("func", new Set(found.keys));
    if (written === undefined) walk.error(visit, 'missing, say with "func" what this is', "func");
    else walk.error(visit, `found "${written}", did you mean "func"?`, written);
    return undefined;
  }
  const reading = read(found.value, "func");
  // What cannot be read is reported when the keys are entered.
  if ("failure" in reading || walk.isUnknown(reading.value)) return undefined;
  const shape = shapeOf(reading.value);
  if (shape.is === "text") return shape.value;
  if (shape.is !== "foreign") walk.error(visit, `found ${describe(shape)}, write the name of a function`, "func");
  return undefined;
}

/** Reports a function that the language does not know; answers the one that was meant, if that can be told. */
function correct(walk: Walk, visit: Visit, func: string, place: Place): string | undefined {
  const right = rightFuncs(func);
  if (right.length > 0) {
    walk.error(visit, `found "${func}", use ${oneOf(right).replaceAll(", ", " or ")}`, "func");
    return right.length === 1 ? right[0] : undefined;
  }
  const all = Object.keys(GRAMMAR);
  const here = all.filter((name) => PLACES[place].kinds.some((kind) => ruleOf(name)?.is === kind));
  const meant = nearest(func, here) ?? nearest(func, all);
  const found = quote(func);
  if (meant !== undefined) walk.error(visit, `found ${found}, did you mean "${meant}"?`, "func");
  // Adobe adds functions without notice; its own validation is the judge of what is not known here.
  else walk.warn(visit, `found ${found}, a function that is not known here; it was not checked`, "func");
  return meant;
}

function checkPlace(walk: Walk, visit: Visit, func: string, rule: NodeRule, place: Place): void {
  const { kinds, hints, example, context } = PLACES[place];
  if (!kinds.includes(rule.is)) {
    const way = hints[rule.is] ?? `write an object such as ${example}`;
    // Clients were seen to send one, and no document shows or forbids it.
    if (func === "segment-ref" && context !== undefined)
      return walk.warn(visit, `no document shows a bare "segment-ref" as a step: ${way}`);
    walk.error(visit, `"${func}" cannot stand here: ${way}`);
  }
  if (rule.warning !== undefined && rule.warning.except !== place) walk.warn(visit, rule.warning.text);
}
