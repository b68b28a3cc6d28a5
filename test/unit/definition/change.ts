import { fc } from "../../properties";
import { equal } from "../../../definition";
import { GRAMMAR, ruleOf } from "../../../definition/grammar/grammar";
import { positions } from "./positions";
import type { Position } from "./positions";
import { withAt } from "./samples";

/** A definition with another meaning, and what was changed in it. */
export interface Change {
  readonly what: string;
  readonly json: unknown;
}

// Longer than any text that is generated, and no whole number: neither can be there already.
const NEW_TEXT = "something-else";
const NEW_NUMBER = 1234.5678;

const WORDS: Readonly<Record<string, readonly string[]>> = {
  limit: ["after", "within", "before"],
  unit: ["minute", "hour", "day", "week", "month", "quarter", "year"],
};

/** Every single change of a definition that changes what it says. */
export function changes(json: unknown): Change[] {
  return positions(json).flatMap((position) => changesAt(json, position));
}

/** One of them. */
export const changed = (definition: fc.Arbitrary<unknown>): fc.Arbitrary<readonly [unknown, Change]> =>
  fc.tuple(definition, fc.nat()).map(([json, pick]) => {
    const all = changes(json);
    return [json, all[pick % all.length] ?? { what: "nothing to change", json }] as const;
  });

function changesAt(json: unknown, position: Position): Change[] {
  const { path, value } = position;
  const instead = (next: unknown): Change => ({ what: path.join("."), json: withAt(json, path, next) });
  if (isNode(value) && path.length > 1) return nodeChanges(value, instead);
  const key = path.at(-1);
  if (key === "func" && path.length > 1) return sameFields(value).map(instead);
  if (key === "stream") return swaps(value as readonly unknown[]).map(instead);
  if (key === "context" || key === "container") return contextsBeside(position).map(instead);
  if (typeof key === "string" && Object.hasOwn(WORDS, key)) {
    return (WORDS[key] ?? []).filter((word) => word !== value).map(instead);
  }
  if (key === "func" || path[0] === "version") return [];
  if (key === "count") return [instead(100)];
  if (key === "name") return [instead(`${String(value)}${NEW_TEXT}`)];
  if (typeof value === "string") return [instead(NEW_TEXT)];
  if (typeof value === "number") return [instead(NEW_NUMBER)];
  return value === null && (key === "low" || key === "high") ? [instead(NEW_NUMBER)] : [];
}

/** Conditions can be turned into their opposite. */
function nodeChanges(node: Readonly<Record<string, unknown>>, instead: (next: unknown) => Change): Change[] {
  const kind = ruleOf(node["func"])?.is;
  return kind === "leaf" || kind === "boolean" || kind === "sequence" ? [instead({ func: "without", pred: node })] : [];
}

/** The functions that take what this takes, and say something else. One of a single entry says the same as the other. */
function sameFields(func: unknown): string[] {
  const rule = ruleOf(func);
  if (rule === undefined || rule.associative) return [];
  return Object.entries(GRAMMAR).flatMap(([name, other]) => (other === rule && name !== func ? [name] : []));
}

function swaps(stream: readonly unknown[]): unknown[] {
  return stream.slice(1).flatMap((step, index) => {
    const before = stream[index];
    return equal(before, step) ? [] : [[...stream.slice(0, index), step, before, ...stream.slice(index + 2)]];
  });
}

function contextsBeside({ value, parent }: Position): string[] {
  if (typeof value !== "string") return [];
  const isModel = isNode(parent) && ruleOf(parent["func"])?.is === "allocation model";
  return (isModel ? ["visitors", "sessions"] : ["hits", "visits", "visitors"]).filter((context) => context !== value);
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && "func" in value;
}
