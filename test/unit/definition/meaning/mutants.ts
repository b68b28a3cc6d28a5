import { fc } from "../../../properties";
import { parse, type SegmentDefinition } from "../../../../definition";
import { GRAMMAR, ruleOf } from "../../../../definition/grammar/grammar";
import { positions, type Position } from "../positions";
import { withAt } from "../samples";
import { page, tag } from "./nodes";

/** A definition with a small change of one node, which may change what it selects or not. */
export interface Mutant {
  /** The change, and where. */
  readonly what: string;
  readonly json: SegmentDefinition;
}

type Node = Readonly<Record<string, unknown>>;
/** What is done, and what is there then. */
type Change = readonly [what: string, instead: unknown];

/** The values of ./generated.ts: with others nothing would be selected, whatever the change. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  str: ["A", "B", "", "a"],
  glob: ["A*", "*", "A\\*"],
  regex: ["^A", "B$"],
  num: [0, 1, 2],
  low: [0, 1, 2, null],
  high: [1, 2, null],
  limit: ["within", "after", "before"],
  unit: ["minute", "hour", "day", "month"],
  count: [1, 2],
};

/**
 * Some of all such changes that leave the definition without mistakes. The kinds of change take turns: there are many other texts for each
 * other limit of a restriction, say.
 */
export const mutantsOf = (
  definition: fc.Arbitrary<SegmentDefinition>,
): fc.Arbitrary<readonly [SegmentDefinition, readonly Mutant[]]> =>
  fc.tuple(definition, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 4, maxLength: 4 })).map(([json, picks]) => {
    const all = changesIn(json);
    const kinds = [...new Set(all.map(({ kind }) => kind))];
    const ofKind = (kind: string | undefined) => all.filter((change) => change.kind === kind);
    return [json, picks.flatMap(([kind, pick]) => withoutMistakes(json, ofKind(kinds[kind % kinds.length]), pick))];
  });

interface PlacedChange {
  readonly kind: string;
  readonly path: Position["path"];
  readonly change: Change;
}

function changesIn(json: SegmentDefinition): PlacedChange[] {
  return positions(json).flatMap((position) => {
    const { path } = position;
    const kind = String(typeof path.at(-1) === "number" ? path.at(-2) : path.at(-1));
    return path[0] === "version" ? [] : changesOf(position).map((change) => ({ kind, path, change }));
  });
}

/** The first from a place on; none where each of them is a mistake: the only step of a sequence cannot be left out. */
function withoutMistakes(json: SegmentDefinition, changes: readonly PlacedChange[], pick: number): Mutant[] {
  for (let index = 0; index < changes.length; index += 1) {
    const { path, change } = changes[(pick + index) % changes.length] as PlacedChange;
    const [what, instead] = change;
    const other = withAt(json, path, instead);
    if (parse(other).errors.length > 0) continue;
    return [{ what: `${what} at ${path.join(".")}`, json: other as SegmentDefinition }];
  }
  return [];
}

function changesOf(position: Position): Change[] {
  const { path, value } = position;
  const key = path.at(-1);
  if (isNode(value) && path.length > 0) return changesOfNode(position, value);
  if (key === "func" && path.length > 1) return otherFuncs(value);
  if (Array.isArray(value)) return changesOfList(value as readonly unknown[], key);
  if (key === "context" || key === "container") return otherContexts(position);
  if (key === "name") return otherNames(value as string).map((name) => [name, name]);
  if (key === "id" || key === "segmentId")
    return (isDateRange(value) ? ["one", "two"] : ["A", "both"]).map((id) => [id, id]);
  if (typeof key === "number")
    return (typeof value === "number" ? [1, 2, 3] : ["A", "B", "a"]).map((entry) => [String(entry), entry]);
  return (VALUES[String(key)] ?? []).filter((other) => other !== value).map((other) => [String(other), other]);
}

const NAMES = ["variables/page", "variables/tag", "metrics/orders", "metrics/occurrences"];

/** A dimension for a dimension, and a metric for a metric. */
const otherNames = (name: string): string[] =>
  NAMES.filter((other) => other !== name && other.split("/")[0] === name.split("/")[0]);

const isDateRange = (id: unknown): boolean => id === "one" || id === "two";

function changesOfNode({ path }: Position, node: Node): Change[] {
  const key = path.at(-1);
  const changes: Change[] = [];
  const isCondition = key === "pred" || path.at(-2) === "preds";
  if (isCondition) {
    changes.push(["without around it", { func: "without", pred: node }]);
    for (const context of ["hits", "visits"])
      changes.push([`${context} around it`, { func: "container", context, pred: node }]);
  }
  if (isCondition && isNode(node["pred"])) changes.push([`no ${String(node["func"])} around it`, node["pred"]]);
  if (isCondition && Array.isArray(node["preds"])) changes.push(["the first of it", node["preds"][0]]);
  if (isCondition) changes.push(...negations(node));
  const model = node["allocation-model"];
  if (node["func"] === "attr") {
    if (model !== undefined) changes.push(["no allocation model", { ...node, "allocation-model": null }]);
    for (const other of [
      { func: "allocation-instance" },
      { func: "allocation-dedupedInstance", context: "sessions" },
    ]) {
      changes.push([other.func, { ...node, "allocation-model": other }]);
    }
  }
  if (key === "val" || key === "attribute" || key === "field") {
    for (const val of [page, tag, { func: "total-distinct", field: page }]) changes.push([val.func, val]);
  }
  if (node["description"] !== undefined) changes.push(["no description", { ...node, description: null }]);
  if (node["func"] === "sequence") {
    for (const context of ["visits", "visitors", null]) changes.push([`in ${context}`, { ...node, context }]);
  }
  if (node["func"] === "container-restriction") {
    for (const container of ["hits", "visits", null]) changes.push([`of ${container}`, { ...node, container }]);
  }
  return changes;
}

/** `not-streq` for `without` around `streq`, and the other way round. */
function negations(node: Node): Change[] {
  const { func, pred } = node;
  if (typeof func === "string" && func.startsWith("not-")) {
    return [["without", { func: "without", pred: { ...node, func: func.slice("not-".length) } }]];
  }
  if (func !== "without" || !isNode(pred)) return [];
  const opposite = `not-${String(pred["func"])}`;
  return ruleOf(opposite) === undefined ? [] : [[opposite, { ...pred, func: opposite }]];
}

function otherFuncs(func: unknown): Change[] {
  const rule = ruleOf(func);
  return Object.entries(GRAMMAR).flatMap(([name, other]) =>
    other === rule && name !== func ? [[name, name] as const] : [],
  );
}

function changesOfList(list: readonly unknown[], key: string | number | undefined): Change[] {
  const fewer = list.map((_, index) => [`without entry ${index}`, list.toSpliced(index, 1)] as const);
  if (key !== "stream") return [...fewer, ["the last entry twice", [...list, list.at(-1)]]];
  const swaps = list
    .slice(1)
    .map((_, index) => [`swapped at ${index}`, list.toSpliced(index, 2, list[index + 1], list[index])] as const);
  const excluded = list.map(
    (_, index) => [`excluded at ${index}`, list.toSpliced(index, 0, { func: "exclude-next-checkpoint" })] as const,
  );
  return [...fewer, ...swaps, ...excluded];
}

function otherContexts({ value, parent }: Position): Change[] {
  const isModel = isNode(parent) && ruleOf(parent["func"])?.is === "allocation model";
  const words = isModel ? ["visitors", "sessions"] : ["hits", "visits", "visitors"];
  return words.filter((word) => word !== value).map((word) => [word, word]);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "func" in value;
}
