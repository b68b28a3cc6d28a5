import { canonicalCount } from "../../canonical";
import { areKnown, GRAMMAR, isLimit, isTimeUnit, ruleOf } from "../../grammar/grammar";
import { isList, type Json, type JsonObject, isObject, isNumber } from "../../json";
import { levelOf, singularOf, unknownFieldNotes, inParentheses, type Words, pluralOf } from "../style";
import { json } from "../quote";
import { below, unknown, unknownText, type Clause, type Path, type ClauseParser } from "./clause";
import type { Modifier } from "../../grammar/definition";
import { operand } from "./operand";

type SequenceFunc = "sequence" | "sequence-prefix" | "sequence-suffix";
type GroupFunc = "sequence-and" | "sequence-or";

/** What a sequence says of its steps. The prefix of some data is what stands before it, so that it means what is after. */
const SEQUENCES: Readonly<Record<SequenceFunc, (scope: string) => string>> = {
  sequence: (scope) => `these steps happen in order${scope}`,
  "sequence-prefix": (scope) => `only what comes after these steps counts, in order${scope}`,
  "sequence-suffix": (scope) => `only what comes before these steps counts, in order${scope}`,
};

const GROUPS: Readonly<Record<GroupFunc, string>> = {
  "sequence-and": "all of these steps, in any order",
  "sequence-or": "at least one of these steps",
};

/** Steps in order. */
export function sequence(node: JsonObject, func: SequenceFunc, path: Path, parseInner: ClauseParser): Clause {
  const { stream } = node;
  if (!isList(stream) || stream.length === 0) return unknown(node, path);
  const notes = inParentheses(unknownFieldNotes(node, GRAMMAR[func].fields));
  const scope = scopeOf(func, node["context"]);
  const inner = steps(stream, below(path, "stream"), parseInner);
  return { is: "sequence", path, words: (style) => SEQUENCES[func](scope(style)) + notes, inner, ordered: true };
}

/** Steps in any order: a "logic group" in the UI. */
export function group(node: JsonObject, func: GroupFunc, path: Path, parseInner: ClauseParser): Clause {
  const { checkpoints } = node;
  if (!isList(checkpoints) || checkpoints.length === 0) return unknown(node, path);
  const text = GROUPS[func] + inParentheses(unknownFieldNotes(node, GRAMMAR[func].fields));
  const inner = checkpoints.map((checkpoint, index) => parseInner(checkpoint, below(path, "checkpoints", index)));
  const ordered = areKnown(checkpoints, "checkpoint") ? {} : ({ ordered: true } as const);
  return { is: "group", path, words: () => text, inner, ...ordered };
}

function scopeOf(func: SequenceFunc, context: Json | undefined): Words {
  const isAbsent = context === undefined || (context === null && func === "sequence");
  if (isAbsent) return () => "";
  const level = levelOf(context);
  return level === undefined
    ? () => ` within the context ${json(context)}`
    : ({ levels }) => ` within one ${singularOf(level, levels)}${inParentheses(level.notes)}`;
}

/** What stands before a step. */
type Remark = { readonly exclusion: readonly string[] } | { readonly restriction: Words };

/** A step as it stands in the stream, with the remarks before it. */
interface Found {
  readonly remarks: readonly Remark[];
  /** Undefined at the end, where remarks have no step to belong to. */
  readonly clause: Clause | undefined;
  readonly path: Path;
}

/** The steps of a stream, each with the restrictions before it. */
function steps(stream: readonly Json[], path: Path, parseInner: ClauseParser): readonly Clause[] {
  const found = collect(stream, path, parseInner);
  const happens = found.map(({ remarks, clause }) => clause !== undefined && !isExcluded(remarks));
  const [first, last] = [happens.indexOf(true), happens.lastIndexOf(true)];
  return found.map((step, index) => {
    const isAfter = first !== -1 && first < index;
    const neverText = NEVER[`${isAfter}-${last > index}`];
    const inner = step.clause === undefined ? [] : [step.clause];
    const excluded = isExcluded(step.remarks) ? ({ excluded: true } as const) : {};
    return { is: "step", path: step.path, words: wordsOf(step, leadOf(step, isAfter), neverText), inner, ...excluded };
  });
}

/** How a step goes on from the one before it. */
function leadOf({ clause, remarks }: Found, isAfter: boolean): readonly string[] {
  if (clause === undefined) return ["and at the end"];
  if (isExcluded(remarks)) return [];
  return [isAfter ? "then" : "first"];
}

function wordsOf({ remarks, clause }: Found, leadText: readonly string[], neverText: string): Words {
  return (style) => {
    const remarkTexts = remarks.flatMap((remark) => {
      if ("restriction" in remark) return [remark.restriction(style)];
      return [style.connected ? neverText : "never", ...remark.exclusion];
    });
    const all = style.connected ? [...leadText, ...remarkTexts] : remarkTexts;
    return all.length === 0 || clause === undefined ? all.join(", ") : `${all.join(", ")},`;
  };
}

/** When an excluded step must not happen: `after a step`-`before a step`, counting those that must happen. */
const NEVER: Readonly<Record<`${boolean}-${boolean}`, string>> = {
  "true-true": "but never in between",
  "true-false": "but never after that",
  "false-true": "never before the next step",
  "false-false": "never",
};

function collect(stream: readonly Json[], path: Path, parseInner: ClauseParser): readonly Found[] {
  const found: Found[] = [];
  let remarks: Remark[] = [];
  for (const [index, entry] of stream.entries()) {
    const at = below(path, index);
    const remark = isObject(entry) ? remarkIn(entry) : undefined;
    if (remark !== undefined) remarks.push(remark);
    else {
      found.push({ remarks, clause: parseInner(entry, at), path: at });
      remarks = [];
    }
  }
  if (remarks.length > 0) found.push({ remarks, clause: undefined, path: below(path, stream.length - 1) });
  return found;
}

function remarkIn(node: JsonObject): Remark | undefined {
  const { func } = node;
  if (func === "exclude-next-checkpoint") return { exclusion: unknownFieldNotes(node, GRAMMAR[func].fields) };
  return ruleOf(func)?.is === "modifier" ? { restriction: restriction(node, func as RestrictionFunc) } : undefined;
}

function isExcluded(remarks: readonly Remark[]): boolean {
  return remarks.some((remark) => "exclusion" in remark);
}

/** A restriction: everything in a stream that is neither a step nor the exclusion of one. */
type RestrictionFunc = Exclude<Modifier["func"], "exclude-next-checkpoint">;

/** `within 3 days`, `after 1 hour`, `within 5 hits`, `within 2 values of Page`. */
function restriction(node: JsonObject, func: RestrictionFunc): Words {
  const { limit } = node;
  const count = countText(node["count"]);
  const counted = count === undefined ? undefined : COUNTED[func](node, count);
  if (!isLimit(limit) || count === undefined || counted === undefined) return () => unknownText(node);
  const extras = unknownFieldNotes(node, GRAMMAR[func].fields)
    .map((extra) => `, ${extra}`)
    .join("");
  return (style) => `${limit} ${count} ${counted(style)}${extras}`;
}

/** What is counted, in the singular or the plural. */
const COUNTED: Readonly<Record<RestrictionFunc, (node: JsonObject, count: string) => Words | undefined>> = {
  "time-restriction": ({ unit, container = null }, count) => {
    const level = levelOf(container);
    if (!isTimeUnit(unit) || (container !== null && level === undefined)) return undefined;
    // The UI writes the level, and no document says what it changes.
    if (level === undefined) return () => plural(unit, count);
    return ({ levels }) => `${plural(unit, count)} counted on ${pluralOf(level, levels)}${inParentheses(level.notes)}`;
  },
  "container-restriction": ({ container = null }, count) => {
    const level = levelOf(container);
    if (level === undefined) return container === null ? () => plural("container", count) : undefined;
    return ({ levels }) => `${plural(singularOf(level, levels).toLowerCase(), count)}${inParentheses(level.notes)}`;
  },
  "dimension-restriction": ({ attribute = null }, count) => {
    if (attribute === null) return () => plural("value", count);
    const of = operand(attribute, "attribute");
    return (style) => `${plural("value", count)} of ${of(style)}`;
  },
};

/** A number, or the same as text: the one is as good as the other. */
function countText(count: Json | undefined): string | undefined {
  return isNumber(count) || typeof count === "string" ? json(canonicalCount(count)) : undefined;
}

function plural(noun: string, count: string): string {
  return count === "1" ? noun : `${noun}s`;
}
