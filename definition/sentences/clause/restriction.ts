import { GRAMMAR } from "../../grammar/grammar";
import type { Modifier } from "../../grammar/predicate";
import { isNumber, type Json, type JsonObject } from "../../json/value";
import { levelOf, manyOf, oneOf } from "../levels";
import { extrasOf, parenthesis } from "../notes";
import { json } from "../quote";
import type { Words } from "../style";
import { unknownText } from "./clause";
import { operand } from "./operand";

/** A restriction: everything in a stream that is neither a step nor the exclusion of one. */
export type RestrictionFunc = Exclude<Modifier["func"], "exclude-next-checkpoint">;

const LIMITS: ReadonlySet<Json | undefined> = new Set(["after", "within", "before"]);
const UNITS: ReadonlySet<Json | undefined> = new Set(["minute", "hour", "day", "week", "month", "quarter", "year"]);

/** `within 3 days`, `after 1 hour`, `within 5 hits`, `within 2 values of Page`. */
export function restriction(node: JsonObject, func: RestrictionFunc): Words {
  const { limit } = node;
  const count = countOf(node["count"]);
  const counted = count === undefined ? undefined : COUNTED[func](node, count);
  if (typeof limit !== "string" || !LIMITS.has(limit) || count === undefined || counted === undefined) {
    return () => unknownText(node);
  }
  const extras = extrasOf(node, GRAMMAR[func].fields)
    .map((extra) => `, ${extra}`)
    .join("");
  return (style) => `${limit} ${count} ${counted(style)}${extras}`;
}

/** What is counted, in the singular or the plural. */
const COUNTED: Readonly<Record<RestrictionFunc, (node: JsonObject, count: string) => Words | undefined>> = {
  "time-restriction": ({ unit, container = null }, count) => {
    const level = levelOf(container);
    if (typeof unit !== "string" || !UNITS.has(unit) || (container !== null && level === undefined)) return undefined;
    // The UI writes the level, and no document says what it changes.
    if (level === undefined) return () => plural(unit, count);
    return ({ levels }) => `${plural(unit, count)} counted on ${manyOf(level, levels)}${parenthesis(level.notes)}`;
  },
  "container-restriction": ({ container = null }, count) => {
    const level = levelOf(container);
    if (level === undefined) return container === null ? () => plural("container", count) : undefined;
    return ({ levels }) => `${plural(oneOf(level, levels).toLowerCase(), count)}${parenthesis(level.notes)}`;
  },
  "dimension-restriction": ({ attribute = null }, count) => {
    if (attribute === null) return () => plural("value", count);
    const of = operand(attribute, "attribute");
    return (style) => `${plural("value", count)} of ${of(style)}`;
  },
};

/** A number, or the same as text: the one is as good as the other. */
function countOf(count: Json | undefined): string | undefined {
  if (isNumber(count)) return json(count);
  if (typeof count !== "string") return undefined;
  return /^(0|[1-9]\d{0,14})$/.test(count) ? count : json(count);
}

function plural(noun: string, count: string): string {
  return count === "1" ? noun : `${noun}s`;
}
