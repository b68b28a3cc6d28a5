import { GRAMMAR } from "../../grammar/grammar";
import { isList } from "../../json/value";
import type { Json, JsonObject } from "../../json/value";
import { levelOf, oneOf } from "../levels";
import { extrasOf, parenthesis } from "../notes";
import { below } from "../path";
import type { Path } from "../path";
import { json } from "../quote";
import type { Words } from "../style";
import { unknown } from "./clause";
import type { Clause, Tell } from "./clause";
import { areKnown } from "./known";
import { steps } from "./steps";

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
export function sequence(node: JsonObject, func: SequenceFunc, path: Path, tell: Tell): Clause {
  const { stream } = node;
  if (!isList(stream) || stream.length === 0) return unknown(node, path);
  const notes = parenthesis(extrasOf(node, GRAMMAR[func].fields));
  const scope = scopeOf(func, node["context"]);
  const inner = steps(stream, below(path, "stream"), tell);
  return { is: "sequence", path, words: (style) => SEQUENCES[func](scope(style)) + notes, inner, ordered: true };
}

/** Steps in any order: a "logic group" in the UI. */
export function group(node: JsonObject, func: GroupFunc, path: Path, tell: Tell): Clause {
  const { checkpoints } = node;
  if (!isList(checkpoints) || checkpoints.length === 0) return unknown(node, path);
  const text = GROUPS[func] + parenthesis(extrasOf(node, GRAMMAR[func].fields));
  const inner = checkpoints.map((checkpoint, index) => tell(checkpoint, below(path, "checkpoints", index)));
  const ordered = areKnown(checkpoints, "checkpoint") ? {} : ({ ordered: true } as const);
  return { is: "group", path, words: () => text, inner, ...ordered };
}

function scopeOf(func: SequenceFunc, context: Json | undefined): Words {
  const isAbsent = context === undefined || (context === null && func === "sequence");
  if (isAbsent) return () => "";
  const level = levelOf(context);
  return level === undefined
    ? () => ` within the context ${json(context)}`
    : ({ levels }) => ` within one ${oneOf(level, levels)}${parenthesis(level.notes)}`;
}
