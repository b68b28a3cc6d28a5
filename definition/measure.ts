import { writeJson, isList, isObject, type Json, type JsonObject } from "./json";
import { canonical } from "./canonical";
import { ruleOf } from "./grammar/grammar";
import { guardrailWarnings, type SomeGuardrails } from "./guardrails";
import { pathOf, type Key, type Mistake } from "./mistake";
import { toJson } from "./to-json";

export interface MeasureOptions {
  /** Containers inside of each other from which on a warning is given. Default 6: Adobe advises against deep nesting without a number. */
  readonly maxDepth?: number | undefined;
  /** Adobe's limits for a segment, from which on a warning is given: 50 containers, 10 of them nested, 25 components, 100 rules, 100 values for a dimension. */
  readonly guardrails?: SomeGuardrails | undefined;
}

/** How large a definition is, and what it uses. */
export interface Measures {
  /** Containers, sequences and junctions inside of each other at most. */
  readonly depth: number;
  /** Comparisons and other conditions without conditions inside. */
  readonly conditions: number;
  /** IDs of the dimensions without `variables/`, each once, sorted. */
  readonly dimensions: readonly string[];
  /** IDs of the metrics without `metrics/`. */
  readonly metrics: readonly string[];
  /** IDs of the date ranges. */
  readonly dateRanges: readonly string[];
  /** IDs of the segments that are referred to. */
  readonly segments: readonly string[];
  /** What is hard to read, or goes beyond Adobe's limits, with its path. */
  readonly warnings: readonly Mistake[];
}

interface Visit {
  readonly node: Json;
  readonly path: readonly Key[];
  readonly depth: number;
}

/**
 * Measures a definition (segments guide, "Segment definition limits").
 *
 * @param definition anything that `parse` accepts
 * @throws TypeError when it is not JSON, RangeError beyond 1,000 levels or 500,000 values
 * @example measure(definition).dimensions // ["device_type", "page"]
 */
export function measure(definition: unknown, { maxDepth = 6, guardrails }: MeasureOptions = {}): Measures {
  const found = { dimensions: new Set<string>(), metrics: new Set<string>() };
  const referred = { dateRanges: new Set<string>(), segments: new Set<string>() };
  const warnings: Mistake[] = [];
  let conditions = 0;
  let depth = 0;
  const json = toJson(definition);
  const pending: Visit[] = [{ node: json, path: [], depth: 0 }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { node, path } = visit;
    if (isObject(node)) {
      collect(node, found, referred);
      if (isLeaf(node)) conditions += 1;
      if (isDeeper(visit) && visit.depth + 1 > depth) {
        depth = visit.depth + 1;
        if (depth === maxDepth + 1) warnings.push({ path: pathOf(path), message: tooDeep(maxDepth) });
      }
      // One by one: there may be more than a call takes arguments.
      for (const warning of repeated(node, path)) warnings.push(warning);
    }
    const below = visit.depth + (isDeeper(visit) ? 1 : 0);
    for (const [key, value] of childrenOf(node).reverse())
      pending.push({ node: value, path: [...path, key], depth: below });
  }
  warnings.push(...guardrailWarnings(json, guardrails));
  const sorted = (ids: ReadonlySet<string>) => [...ids].sort();
  return {
    depth,
    conditions,
    dimensions: sorted(found.dimensions),
    metrics: sorted(found.metrics),
    dateRanges: sorted(referred.dateRanges),
    segments: sorted(referred.segments),
    warnings,
  };
}

const tooDeep = (most: number): string =>
  `nested deeper than ${most} levels, which Adobe advises against: remove a part of it, or flatten it`;

function childrenOf(node: Json): (readonly [Key, Json])[] {
  if (isList(node)) return node.map((entry, index) => [index, entry] as const);
  return isObject(node) ? Object.entries(node) : [];
}

const isLeaf = ({ func }: JsonObject): boolean => ruleOf(func)?.is === "leaf";

/** The root is named as the guide names its outermost container, and is none. */
function isDeeper({ node, path }: Visit): boolean {
  const kind = isObject(node) && path.length > 0 ? ruleOf(node["func"])?.is : undefined;
  return kind === "container" || kind === "boolean" || kind === "sequence" || kind === "logic group";
}

function collect(
  { func, name, id, segmentId }: JsonObject,
  found: { dimensions: Set<string>; metrics: Set<string> },
  referred: { dateRanges: Set<string>; segments: Set<string> },
): void {
  if ((func === "attr" || func === "event") && typeof name === "string") {
    const [, kind, rest = ""] = /^(variables|metrics)\/(.*)$/s.exec(name) ?? [];
    if (kind !== undefined) (kind === "metrics" ? found.metrics : found.dimensions).add(rest);
  }
  if (func === "datetime-interval-ref" && typeof id === "string") referred.dateRanges.add(id);
  if (func === "segment-ref")
    for (const ref of [id, segmentId]) if (typeof ref === "string" && ref !== "") referred.segments.add(ref);
}

/** Conditions that stand twice beside each other. In a sequence, and in a group of steps, the same twice means something. */
function repeated(node: JsonObject, path: readonly Key[]): Mistake[] {
  const { func, preds } = node;
  if ((func !== "and" && func !== "or") || !isList(preds)) return [];
  const first = new Map<string, number>();
  return preds.flatMap((entry, index) => {
    const same = writeJson(canonical(entry));
    const before = first.get(same);
    if (before === undefined) first.set(same, index);
    if (before === undefined) return [];
    return [
      { path: pathOf([...path, "preds", index]), message: `says the same as ${pathOf([...path, "preds", before])}` },
    ];
  });
}
