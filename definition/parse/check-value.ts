import { isExactNumber, isHeld } from "../json";
import { CONTEXTS } from "../grammar/definition";
import { isContext, UI_CONTEXTS } from "../grammar/grammar";
import { type Visit, type Walk } from "./walk";
import { type FieldKind, type FieldRule, PLACES } from "../grammar/place";
import { suggestedWord } from "./suggestion";
import { quote } from "../mistake";
import { nearestWord } from "./nearest-word";
import { describeShape, read, shapeOf, type Shape } from "../shape";
import { oneOf, allowed } from "./allowed";

type Rule<Is extends FieldKind["is"]> = Extract<FieldKind, { is: Is }>;
type ValueRule = Exclude<FieldRule, { is: "node" | "nodes" }>;

const NUMERIC = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** For digits that a number of JavaScript would round. */
const NO_NUMBER = 'which JavaScript would round as a number; if it is an ID, compare it as a string ("streq")';

/** Checks a field that holds no node: a text, a number, a word, a list of them. */
export function checkValue(walk: Walk, visit: Visit, found: Shape, rule: ValueRule): void {
  switch (rule.is) {
    case "text":
      return checkText(walk, visit, found, rule);
    case "name":
      return checkName(walk, visit, found, rule);
    case "number":
      return checkNumber(walk, visit, found, rule);
    case "count":
      return checkCount(walk, visit, found, rule);
    case "texts":
    case "numbers":
      return checkSet(walk, visit, found, rule);
    case "word":
      return checkWord(walk, visit, found, rule);
    case "version":
      return checkVersion(walk, visit, found, rule);
  }
}

function refuse(walk: Walk, visit: Visit, found: Shape, rule: FieldRule): void {
  walk.error(visit, `found ${describeShape(found)}, ${allowed(rule)}`);
}

function checkText(walk: Walk, visit: Visit, found: Shape, rule: Rule<"text">): void {
  if (found.is === "text") return;
  if (found.is === "number" || found.is === "boolean") {
    return walk.error(visit, `found ${describeShape(found)}, write the string "${String(found.value)}"`);
  }
  refuse(walk, visit, found, rule);
}

function checkName(walk: Walk, visit: Visit, found: Shape, rule: Rule<"name">): void {
  if (found.is !== "text" || found.value === "" || found.value === rule.prefix) return refuse(walk, visit, found, rule);
  if (found.value.startsWith(rule.prefix)) return;
  if (rule.prefix === "variables/" && found.value.startsWith("metrics/")) {
    const position = visit.parent?.expected;
    if (position?.is === "node" && !PLACES[position.place].metrics) {
      walk.warn(visit, `found ${quote(found.value)}: ${PLACES.attribute.hints.metric ?? ""}`);
    }
    return;
  }
  const bare = !/^(variables|metrics)\//.test(found.value);
  const proposal = bare ? `write ${quote(rule.prefix + found.value)}` : allowed(rule);
  walk.error(visit, `found ${quote(found.value)}, ${proposal}`);
}

function checkNumber(walk: Walk, visit: Visit, found: Shape, rule: Rule<"number">): void {
  if (found.is === "number") return;
  const number = numberIn(found);
  if (number === undefined) return refuse(walk, visit, found, rule);
  const held = found.is === "text" && isHeld(found.value);
  walk.error(visit, `found ${describeShape(found)}, ${held ? `write the number ${number}` : NO_NUMBER}`);
}

function checkCount(walk: Walk, visit: Visit, found: Shape, rule: Rule<"count">): void {
  const number = found.is === "number" ? Number(String(found.value)) : numberIn(found);
  if (number === undefined) return refuse(walk, visit, found, rule);
  // The UI allows nothing below 1; no document says what the service makes of it.
  if (!Number.isInteger(number) || number < 1) walk.warn(visit, `found ${describeShape(found)}, ${allowed(rule)}`);
}

/** A text's number; undefined when it is none. */
function numberIn(found: Shape): number | undefined {
  return found.is === "text" && NUMERIC.test(found.value) ? Number(found.value) : undefined;
}

function checkSet(walk: Walk, visit: Visit, found: Shape, rule: Rule<"texts" | "numbers">): void {
  if (found.is === "text" || found.is === "number") {
    const fits = (found.is === "text") === (rule.is === "texts");
    const value = found.is === "text" ? quote(found.value) : String(found.value);
    return walk.error(visit, `found ${describeShape(found)}, ${fits ? `write a list: [${value}]` : allowed(rule)}`);
  }
  if (found.is !== "list") return refuse(walk, visit, found, rule);
  if (found.length === 0) return walk.error(visit, "found an empty list, write at least one value");
  walk.enterList(visit, found, { is: rule.is === "texts" ? "text" : "number" });
}

function checkWord(walk: Walk, visit: Visit, found: Shape, rule: Rule<"word">): void {
  if (found.is !== "text") return refuse(walk, visit, found, rule);
  const word = found.value;
  if (rule.words.includes(word)) return;
  const context = UI_CONTEXTS.get(word);
  const areContexts = rule.words.every(isContext);
  if (areContexts && context !== undefined && rule.words.includes(context)) {
    const label = word.charAt(0).toUpperCase() + word.slice(1);
    return walk.warn(visit, `found "${word}", use "${context}" (the UI calls it ${label})`);
  }
  // A context that is right elsewhere is no slip of the pen.
  const suggestion = isContext(word) ? undefined : nearestWord(word, rule.words);
  if (areContexts && isUnknownContext(word))
    return walk.warn(visit, `found ${quote(word)}, ${unknownContextText(suggestion)}`);
  const right = suggestedWord(word, rule.words) ?? suggestion;
  const proposal = right === undefined ? "" : `use "${right}"; `;
  walk.error(visit, `found ${quote(word)}, ${proposal}${allowed(rule)}`);
}

/** Neither a context nor a known word for one. The B2B edition has more of them, whose names no document tells. */
const isUnknownContext = (word: string): boolean =>
  !isContext(word) && !UI_CONTEXTS.has(word) && suggestedWord(word, CONTEXTS) === undefined;

const unknownContextText = (suggestion: string | undefined): string =>
  suggestion === undefined
    ? `a context that pulumi-cja does not know (it knows ${oneOf(CONTEXTS)}); Adobe's validation decides`
    : `did you mean "${suggestion}"?`;

function checkVersion(walk: Walk, visit: Visit, found: Shape, rule: Rule<"version">): void {
  const valid =
    found.is === "list" && found.length === 3 && [0, 1, 2].every((index) => isPart(walk, found.value, index));
  if (!valid) refuse(walk, visit, found, rule);
}

function isPart(walk: Walk, version: object, index: number): boolean {
  const reading = read(version, index);
  if ("failure" in reading) return false;
  if (walk.isUnknown(reading.value)) return true;
  const part = shapeOf(reading.value);
  return part.is === "number" && !isExactNumber(part.value) && Number.isInteger(part.value) && part.value >= 0;
}
