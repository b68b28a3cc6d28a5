import { checkTogether } from "./check-together";
import { type FoundObject, type Visit, type Walk, type Expectation } from "./walk";
import { type FieldKind, type Place, PLACES, type Fields } from "../grammar/place";
import { GRAMMAR, ROOT_FIELDS, ROOT_FUNCS, ruleOf, type NodeRule } from "../grammar/grammar";
import { suggestedFuncs, counterpart, counterpartOfType, otherNames } from "./suggestion";
import { nearestWord } from "./nearest-word";
import { quote, shorten } from "../mistake";
import { describeShape, read, shapeOf, type Shape } from "../shape";
import { oneOf, allowed, exampleOf } from "./allowed";

type NodeField = Extract<FieldKind, { is: "node" }>;

/** Checks a field that holds one node. */
export function checkNode(walk: Walk, visit: Visit, found: Shape, rule: NodeField): void {
  if (found.is === "object") return checkObject(walk, visit, found, rule.place);
  if (found.is !== "list") return walk.error(visit, `found ${describeShape(found)}, ${allowed(rule)}`);
  const severalHint = rule.place === "predicate" ? '; for several use {"func": "and", "preds": […]}' : "";
  walk.error(visit, `found ${describeShape(found)}, ${allowed(rule)}${severalHint}`);
  if (found.length > 0) walk.checkAs(visit, { is: "entries", place: rule.place });
}

function checkObject(walk: Walk, visit: Visit, found: FoundObject, place: Place): void {
  const func = funcOf(walk, visit, found);
  if (func === undefined) return walk.enterKeys(visit, found, () => ({ is: "anything" }));
  const isRoot = (ROOT_FUNCS as readonly string[]).includes(func) && found.keys.includes("container");
  if (isRoot) {
    walk.error(visit, 'found a whole definition, put its "container" here');
    return checkFields(walk, visit, found, func, ROOT_FIELDS);
  }
  const known = ruleOf(func);
  const correctedFunc = known === undefined ? suggestFunc(walk, visit, func, place) : func;
  const rule = known ?? ruleOf(correctedFunc);
  if (rule === undefined || correctedFunc === undefined) {
    return walk.enterKeys(visit, found, (key) => (key === "func" ? undefined : { is: "anything" }));
  }
  checkPlace(walk, visit, correctedFunc, rule, place);
  const context = PLACES[place].context;
  const isStep = context !== undefined && rule.is === "container";
  checkFields(walk, visit, found, correctedFunc, isStep ? { ...rule.fields, context } : rule.fields);
  checkTogether(walk, visit, correctedFunc, found);
}

/** The node's function; undefined when there is none that could be checked. */
function funcOf(walk: Walk, visit: Visit, found: FoundObject): string | undefined {
  if (!found.keys.includes("func")) {
    const writtenName = findMisnamed("func", new Set(found.keys));
    if (writtenName === undefined) walk.error(visit, 'missing, add "func" to say what this is', "func");
    else walk.error(visit, `found "${writtenName}", did you mean "func"?`, writtenName);
    return undefined;
  }
  const reading = read(found.value, "func");
  // What cannot be read is reported when the keys are entered.
  if ("failure" in reading || walk.isUnknown(reading.value)) return undefined;
  const shape = shapeOf(reading.value);
  if (shape.is === "text") return shape.value;
  if (shape.is !== "foreign") walk.error(visit, `found ${describeShape(shape)}, write the name of a function`, "func");
  return undefined;
}

/** Reports a function that the language does not know; answers the one that was meant, if that can be told. */
function suggestFunc(walk: Walk, visit: Visit, func: string, place: Place): string | undefined {
  const suggestions = suggestedFuncs(func);
  if (suggestions.length > 0) {
    walk.error(visit, `found "${func}", use ${oneOf(suggestions).replaceAll(", ", " or ")}`, "func");
    return suggestions.length === 1 ? suggestions[0] : undefined;
  }
  const all = Object.keys(GRAMMAR);
  const allowedHere = all.filter((name) => PLACES[place].kinds.some((kind) => ruleOf(name)?.is === kind));
  const suggestion = nearestWord(func, allowedHere) ?? nearestWord(func, all);
  const found = quote(func);
  if (suggestion !== undefined) walk.error(visit, `found ${found}, did you mean "${suggestion}"?`, "func");
  // Adobe adds functions without notice; its own validation is the judge of what is not known here.
  else walk.warn(visit, `found ${found}, a function that pulumi-cja does not know; it was not checked`, "func");
  return suggestion;
}

function checkPlace(walk: Walk, visit: Visit, func: string, rule: NodeRule, place: Place): void {
  const { kinds, hints, example, context } = PLACES[place];
  if (!kinds.includes(rule.is)) {
    const hint = hints[rule.is] ?? `write an object such as ${example}`;
    // Clients were seen to send one, and no document shows or forbids it.
    if (func === "segment-ref" && context !== undefined)
      return walk.warn(visit, `no document shows a bare "segment-ref" as a step: ${hint}`);
    walk.error(visit, `"${func}" cannot stand here: ${hint}`);
  }
  if (rule.warning !== undefined && rule.warning.except !== place) walk.warn(visit, rule.warning.text);
}

/** Checks a field that holds a list of nodes. */
export function checkNodes(walk: Walk, visit: Visit, found: Shape, rule: Extract<FieldKind, { is: "nodes" }>): void {
  const entry = { is: "node", place: rule.place } as const;
  if (found.is === "list") {
    if (found.length === 0) return walk.error(visit, `found an empty list, ${allowed(rule)}`);
    return walk.enterList(visit, found, entry);
  }
  walk.error(
    visit,
    `found ${describeShape(found)}, ${found.is === "object" ? "put it into a list: [ … ]" : allowed(rule)}`,
  );
  if (found.is === "object") walk.checkAs(visit, entry);
}

/**
 * Checks which fields an object has, and looks at their values later. A missing field that stands there under another
 * name is one mistake, at that name, and its value is checked as what it was meant to be.
 */
export function checkFields(walk: Walk, visit: Visit, found: FoundObject, func: string, fields: Fields): void {
  const extraKeys = new Set(found.keys.filter((key) => key !== "func" && !Object.hasOwn(fields, key)));
  const expectations = new Map<string, Expectation>();
  for (const [field, rule] of Object.entries(fields)) {
    if (rule.optional || found.keys.includes(field)) continue;
    const writtenName = findMisnamed(field, extraKeys);
    if (writtenName !== undefined) {
      walk.error(visit, `"${func}" has no field "${shorten(writtenName)}", did you mean "${field}"?`, writtenName);
      expectations.set(writtenName, rule);
      extraKeys.delete(writtenName);
    } else if (!reportOtherForm(walk, visit, func, field, extraKeys, expectations)) {
      walk.error(visit, `missing, add "${field}": ${exampleOf(rule)}`, field);
    }
  }
  walk.enterKeys(visit, found, (key) => {
    if (key === "func") return undefined;
    const rule = expectations.get(key) ?? (Object.hasOwn(fields, key) ? fields[key] : undefined);
    if (rule !== undefined) return rule;
    const suggestion = nearestWord(
      key,
      Object.keys(fields).filter((field) => !found.keys.includes(field)),
    );
    const warning =
      suggestion === undefined
        ? `"${func}" has no such field (it has ${oneOf(["func", ...Object.keys(fields)])})`
        : `"${func}" has no field "${shorten(key)}", did you mean "${suggestion}"?`;
    walk.warn(visit, warning, key);
    return { is: "anything" };
  });
}

/** The name under which a missing field was written. */
function findMisnamed(field: string, extraKeys: ReadonlySet<string>): string | undefined {
  const known = otherNames(field).find((name) => extraKeys.has(name));
  if (known !== undefined) return known;
  for (const key of extraKeys) if (nearestWord(key, [field]) !== undefined) return key;
  return undefined;
}

/** `streq` with a `list` or a `num`, or `streq-in` with a `str`: the value is right and the function is not. */
function reportOtherForm(
  walk: Walk,
  visit: Visit,
  func: string,
  field: string,
  extraKeys: Set<string>,
  expectations: Map<string, Expectation>,
): boolean {
  const writtenField = ["str", "num", "list"].find((value) => extraKeys.has(value));
  if (writtenField === undefined || !["str", "num", "list"].includes(field)) return false;
  const otherFunc = field === "list" || writtenField === "list" ? counterpart(func) : counterpartOfType(func);
  if (otherFunc === undefined) return false;
  walk.error(visit, `"${func}" takes "${field}"; with "${writtenField}" it is "${otherFunc}"`, writtenField);
  expectations.set(writtenField, { is: "anything" });
  extraKeys.delete(writtenField);
  return true;
}
