import { fc } from "../../properties";
import type { SegmentDefinition } from "../../../definition";
import { ruleOf } from "../../../definition/grammar/grammar";

type Node = Readonly<Record<string, unknown>>;

/** A definition, another spelling of it, and another spelling of that. */
export function respelled(
  definition: fc.Arbitrary<SegmentDefinition>,
): fc.Arbitrary<readonly [json: SegmentDefinition, once: unknown, twice: unknown]> {
  return fc.tuple(definition, fc.infiniteStream(fc.nat(99))).map(([json, dice]) => {
    const roll = () => (dice.next().value ?? 0) / 100;
    const once = respellRoot(json, roll);
    return [json, once, respell(once, roll)] as const;
  });
}

type Roll = () => number;

function respellRoot(json: SegmentDefinition, roll: Roll): unknown {
  const guide = roll() < 0.5;
  const { container } = json;
  const spelled = { ...container, func: guide ? "segment" : "container" };
  const root = { func: guide ? "segment-def" : "segment", container: spelled };
  return respell(roll() < 0.3 ? root : { ...root, version: [1, 0, 0] }, roll);
}

/** Says the same again, with dice for every freedom that a spelling has. */
function respell(value: unknown, roll: Roll): unknown {
  if (Array.isArray(value)) return value.map((entry) => respell(entry, roll));
  if (typeof value !== "object" || value === null) return value;
  const node = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, respellField(key, entry, roll)]));
  return wrap(shuffledKeys(nested(optional(node, roll), roll), roll), roll);
}

function respellField(key: string, value: unknown, roll: Roll): unknown {
  const same = respell(value, roll);
  if (key === "count" && roll() < 0.5) return typeof same === "string" ? Number(same) : String(same);
  const isFree = key === "preds" || key === "checkpoints" || key === "list";
  return isFree && Array.isArray(same) ? shuffled(same, roll) : same;
}

/** Absent, null and empty are the same where nothing is required. */
function optional(node: Node, roll: Roll): Node {
  const isRoot = typeof node["container"] === "object";
  const fields = isRoot ? {} : (ruleOf(node["func"])?.fields ?? {});
  const next = { ...node };
  for (const [key, rule] of Object.entries(fields)) {
    if (!rule.optional || (next[key] ?? "") !== "") continue;
    delete next[key];
    if (roll() < 0.3) next[key] = key === "description" && roll() < 0.5 ? "" : null;
  }
  return next;
}

/** `and(a, b, c)` is `and(a, and(b, c))`. */
function nested(node: Node, roll: Roll): Node {
  const preds = node["preds"];
  if (!Array.isArray(preds) || preds.length < 2 || roll() < 0.5) return node;
  const at = 1 + Math.floor(roll() * (preds.length - 1));
  return { ...node, preds: [...(preds.slice(0, at) as unknown[]), { func: node["func"], preds: preds.slice(at) }] };
}

/** A condition in an `and` or an `or` of its own is the same condition. */
function wrap(node: Node, roll: Roll): Node {
  const kind = ruleOf(node["func"])?.is;
  const isCondition = kind === "leaf" || kind === "boolean" || kind === "sequence";
  if (!isCondition || roll() < 0.8) return node;
  return { preds: [node], func: roll() < 0.5 ? "and" : "or" };
}

function shuffledKeys(node: Node, roll: Roll): Node {
  return Object.fromEntries(shuffled(Object.entries(node), roll));
}

function shuffled<T>(values: readonly T[], roll: Roll): T[] {
  return values
    .map((value) => ({ value, place: roll() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
