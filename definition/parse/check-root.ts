import { checkFields } from "./check-node";
import type { FoundObject, Visit, Walk } from "./walk";
import { ROOT_FIELDS, ROOT_FUNCS, ruleOf } from "../grammar/grammar";
import { PLACES } from "../grammar/place";
import { describeShape, read, shapeOf, type Shape } from "../shape";
import { quote } from "../mistake";
import { oneOf } from "./allowed";

const SHAPE = '{"func": "segment", "version": [1, 0, 0], "container": …}';

/** Checks the definition itself. */
export function checkRoot(walk: Walk, visit: Visit, found: Shape): void {
  const other = adviceForOtherForm(found);
  if (other !== undefined) return walk.error(visit, other);
  if (found.is === "text") return walk.error(visit, `found ${describeShape(found)}, pass the object itself: ${SHAPE}`);
  if (found.is !== "object") return walk.error(visit, `found ${describeShape(found)}, write ${SHAPE}`);
  const has = (key: string) => found.keys.includes(key);
  const func = funcOf(walk, visit, found);
  const rule = ruleOf(func);
  if (!has("container") && rule !== undefined && (func !== "segment" || has("pred"))) {
    walk.error(visit, `"${String(func)}" cannot be the whole definition, put it into ${exampleAround(rule.is)}`);
    // Its own mistakes are worth knowing too.
    if (PLACES.predicate.kinds.includes(rule.is))
      walk.checkAs(visit, { is: "node", place: func === "segment" ? "outermost" : "predicate" });
    return;
  }
  checkFields(walk, visit, found, "segment", ROOT_FIELDS);
}

function exampleAround(kind: string): string {
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
    const found = func.is === "text" ? quote(func.value) : describeShape(func);
    walk.error(visit, `found ${found}, allowed are ${oneOf(ROOT_FUNCS)}`, "func");
  }
  return reading.value;
}

type Found<Is extends Shape["is"]> = Extract<Shape, { is: Is }>;
type Form<Of> = readonly [fits: (found: Of) => boolean, told: string];

const AUDIENCE =
  "in PQL, the language of Experience Platform's audiences, which segments do not accept; write its rule as a definition, or run the audience itself with cja.SegmentJob";
const OLD_FORM =
  "this is in the form of the Analytics 1.4 API (type, rules, element); rewrite it with the builder, or save it in the UI and copy its definition from GET /segments/ID?expansion=definition";
const METRIC =
  'this is a calculated metric; pass the definition of a segment (to select by a metric, compare {"func": "total", "evt": …} with "gt")';
const WORKSPACE = 'this is a filter of a Workspace project or of a report; pass its "segmentDefinition"';
const SEVERAL_SEGMENTS = 'pass the "definition" of one of them (a listing has it with expansion=definition)';

/** Objects that authors take for definitions, recognised by their fields. The first match is reported. */
const OBJECTS: readonly Form<Found<"object">>[] = [
  [
    (value) => isOldForm(at(value, "container")) || isOldForm(at(value, "definition", "container")) || isOldForm(value),
    OLD_FORM,
  ],
  [(value) => has(value, "formula") || has(at(value, "definition"), "formula"), METRIC],
  [(value) => has(value, "segmentDefinition"), WORKSPACE],
  [
    (value) => has(value, "globalFilters"),
    'this is a report; pass the "segmentDefinition" of one of its "globalFilters"',
  ],
  [(value) => isAudience(value), `this is an audience ${AUDIENCE}`],
  [(value) => isListOf(at(value, "segments"), "expression"), `these are audiences ${AUDIENCE}`],
  [
    (value) => has(value, "children") || isListOf(at(value, "segments"), "segmentId"),
    "this is a segment job, or a listing of them; a job has no definition",
  ],
  [(value) => isList(at(value, "content")), `this is a listing of segments; ${SEVERAL_SEGMENTS}`],
  [(value) => isList(at(value, "segments")), `these are several segments; ${SEVERAL_SEGMENTS}`],
  [
    (value) => has(value, "segmentBody"),
    'this is what Adobe\'s MCP tool takes; pass the "definition" of its "segmentBody"',
  ],
  [
    (value) => has(value, "data") && has(value, "status"),
    'this is a whole HTTP answer; pass the "definition" of its "data"',
  ],
  [
    (value) => at(value, "definition").is === "text",
    'this is a component whose "definition" is a string, as for a date range; pass that of a segment (JSON.parse turns JSON into an object)',
  ],
  [(value) => has(value, "definition") && !has(value, "container"), 'this is a whole segment; pass its "definition"'],
  [
    (value) => has(value, "errorCode") || has(value, "error_code"),
    "this is an error of the API instead of a segment; ask for the segment again",
  ],
  [
    (value) => (has(value, "segmentId") || has(value, "id")) && !has(value, "func") && !has(value, "container"),
    "this names a segment without its definition; ask for it with GET /segments/ID?expansion=definition, or with cja.getSegment",
  ],
];

const LISTS: readonly Form<Found<"list">>[] = [
  [(value) => isListOf(value, "element"), OLD_FORM],
  [(value) => isListOf(value, "segmentDefinition"), WORKSPACE.replace("this is a filter", "these are filters")],
  [(value) => isListOf(value, "expression"), `these are audiences ${AUDIENCE}`],
  [(value) => isListOf(value, "definition"), 'these are several segments; pass the "definition" of one of them'],
  [
    (value) => isListOf(value, "segmentId"),
    "these are the audiences of a segment job; give them to cja.SegmentJob as segmentIds",
  ],
];

const JSON_TEXT = "pass the object itself, which JSON.parse makes from the string";

/** The first characters of a text tell what it is; a pattern could take for ever over all of them. */
const MAX_EXAMINED_CHARACTERS = 500;

const TEXTS: readonly (readonly [pattern: RegExp, told: string])[] = [
  [/^\s*</, "which is XML or HTML; pass the definition as JSON"],
  [
    /^s[\w@.-]*_[0-9a-f]{24}$/i,
    "which is a segment's ID; pass its definition, which cja.getSegmentOutput({ id }) answers",
  ],
  [/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, "which is an audience's ID; cja.SegmentJob takes it in segmentIds"],
  [/^\S+\.json$|^(https?|file):\/\/\S+$/i, "which names a file; read it, and pass what JSON.parse makes from it"],
  [/^\s*func\s*:/m, "which is YAML; pass the object that it describes"],
  [
    /\b(inSegment|chain)\s*\(|\bxEvent\b|^\s*select\b|^\(*\w+(\.\w+)+\s*([=<>!(]|(not )?in\b)/i,
    `which is a rule ${AUDIENCE}`,
  ],
  [/^[^\n]*([,;\t])[^\n]*\n[^\n]*\1/, "which is a table (CSV); pass the definition as JSON"],
];

/**
 * What stands in the place of a definition, where its shape tells, with what to pass instead: one sentence in the place of
 * three missing fields.
 *
 * @returns undefined where it is a definition, or nothing that is known here
 */
function adviceForOtherForm(found: Shape): string | undefined {
  if (found.is === "list") return LISTS.find(([fits]) => fits(found))?.[1];
  if (found.is === "text") {
    const advice = isJson(found.value) ? JSON_TEXT : adviceForText(found.value.slice(0, MAX_EXAMINED_CHARACTERS));
    return advice && `found ${describeShape(found)}, ${advice}`;
  }
  if (found.is !== "object") return undefined;
  if (has(found, "func") && has(found, "container") && !isOldForm(at(found, "container"))) return undefined;
  return OBJECTS.find(([fits]) => fits(found))?.[1];
}

const adviceForText = (start: string): string | undefined => TEXTS.find(([pattern]) => pattern.test(start))?.[1];

function at(found: Shape, ...keys: readonly (string | number)[]): Shape {
  const [key, ...further] = keys;
  if (key === undefined) return found;
  const reading = found.is === "object" || found.is === "list" ? read(found.value, key) : { failure: "no object" };
  return at(shapeOf("value" in reading ? reading.value : undefined), ...further);
}

const has = (found: Shape, key: string): boolean => found.is === "object" && found.keys.includes(key);
function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const isList = (found: Shape): boolean => found.is === "list";
/** The first entry tells of what a list is. */
const isListOf = (found: Shape, key: string): boolean => found.is === "list" && has(at(found, 0), key);

const isOldForm = (container: Shape): boolean =>
  isList(at(container, "rules")) && (has(container, "type") || has(container, "operator")) && !has(container, "func");

function isAudience(found: Found<"object">): boolean {
  const [type, format] = [at(found, "type"), at(found, "format")];
  return (
    ["expression", "nodeType", "audienceId"].some((key) => has(found, key)) ||
    (type.is === "text" && type.value === "PQL") ||
    (format.is === "text" && format.value.startsWith("pql/"))
  );
}
