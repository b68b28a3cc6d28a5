import { canonicalCount, isDefinition, outermost } from "../canonical";
import { hasOnly, isContext, isLimit, isTimeUnit } from "../grammar/grammar";
import { isObject, type Json, type JsonObject, isList } from "../json";
import { toJson } from "../to-json";
import { type ComponentKind, rawSource, type Refer, isAbsent, isLabelled, labelOf } from "./fields";
import { call, callsOf, layOut, type Expression, literal } from "./expression";
import { leafOf, dimensionOf } from "./leaves";

export interface BuilderSource {
  /** An expression of the definition, formatted. */
  readonly expression: string;
  /** The builder's functions that it calls, sorted: what has to be imported. */
  readonly imports: readonly string[];
}

export interface SourceOptions {
  /**
   * Source to write in the place of a component's ID, for example `env.dimension("product")`; undefined for the ID itself. It
   * gets the ID as the definition has it, `variables/page`, and the source has to make the same of it. In `raw`, too.
   */
  readonly reference?: ((kind: ComponentKind, id: string) => string | undefined) | undefined;
}

/**
 * TypeScript that builds the definition again with the builder. What the builder has no word for (unknown functions,
 * extra fields) stands in `raw`, so that nothing is lost. The segments guide's spelling becomes the usual one, which means the same.
 *
 * @param definition anything that `parse` accepts
 * @throws TypeError when it is not JSON or holds an `ExactNumber`, which source cannot say; RangeError beyond 1,000 levels or 500,000 values
 * @example
 * const { expression, imports } = toBuilder(definition);
 * const file = `import { ${imports.join(", ")} } from "pulumi-cja";\nexport default ${expression};\n`;
 * @example
 * toBuilder(definition, { reference: (kind, id) => (id === "variables/page" ? "PAGE" : undefined) }).expression;
 * // segment(visits(dimension(PAGE).is("Home")))
 */
export function toBuilder(definition: unknown, { reference = () => undefined }: SourceOptions = {}): BuilderSource {
  const json = toJson(definition);
  const whole =
    isDefinition(json) && isUsual(json)
      ? call("segment", nodeOf(outermost(json["container"] ?? null), reference))
      : nodeOf(json, reference);
  return { expression: layOut(whole), imports: [...callsOf(whole)].sort() };
}

/** Whether `segment` says all of a definition. */
function isUsual({ version, ...node }: JsonObject): boolean {
  return hasOnly(node, "container") && (version === undefined || JSON.stringify(version) === "[1,0,0]");
}

/** A node as a call of the builder; what it has no word for stands in `raw`. */
const nodeOf = (node: Json, refer: Refer): Expression => known(node, refer) ?? call("raw", rawSource(node, refer));

/** Undefined where the builder has no word for it. */
function known(node: Json, refer: Refer): Expression | undefined {
  if (!isObject(node)) return undefined;
  const { func } = node;
  if (typeof func !== "string") return undefined;
  switch (func) {
    case "container":
      return containerOf(node, refer);
    case "and":
      return junctionOf("all", node, "preds", refer);
    case "or":
      return junctionOf("any", node, "preds", refer);
    case "sequence-and":
      return junctionOf("inAnyOrder", node, "checkpoints", refer);
    case "sequence-or":
      return junctionOf("oneOf", node, "checkpoints", refer);
    case "without":
    case "not":
      return hasOnly(node, "pred") && node["pred"] !== undefined ? call(func, nodeOf(node["pred"], refer)) : undefined;
    case "sequence":
      return sequenceOf(node, "sequence", refer);
    case "sequence-prefix":
      return sequenceOf(node, "onlyAfter", refer);
    case "sequence-suffix":
      return sequenceOf(node, "onlyBefore", refer);
    default:
      return leafOf(node, refer);
  }
}

/** A container of a known level. */
function containerOf(node: JsonObject, refer: Refer): Expression | undefined {
  const { context, pred } = node;
  if (!hasOnly(node, "context", "pred", "description") || !isContext(context) || pred === undefined) return undefined;
  return isLabelled(node) ? call(context, nodeOf(pred, refer), labelOf(node)) : undefined;
}

function junctionOf(name: string, node: JsonObject, field: string, refer: Refer): Expression | undefined {
  const entries = node[field];
  return hasOnly(node, field) && isList(entries)
    ? call(name, ...entries.map((entry) => nodeOf(entry, refer)))
    : undefined;
}

function sequenceOf(node: JsonObject, name: string, refer: Refer): Expression | undefined {
  const { context, stream } = node;
  if (!hasOnly(node, "context", "stream") || !isList(stream)) return undefined;
  const steps = stepsOf(stream, refer);
  if (isContext(context)) return call(name === "sequence" ? "sequenceIn" : name, literal(context), ...steps);
  return name === "sequence" && isAbsent(context) ? call(name, ...steps) : undefined;
}

/** The entries of a sequence: steps, and what stands between them. */
function stepsOf(stream: readonly Json[], refer: Refer): Expression[] {
  const steps: Expression[] = [];
  for (let at = 0; at < stream.length; at += 1) {
    const [entry, next] = [stream[at], stream[at + 1]];
    if (entry === undefined) continue;
    if (isExclusion(entry) && isObject(next) && isStep(next)) {
      steps.push(call("excluding", nodeOf(next, refer)));
      at += 1;
    } else if (isExclusion(entry)) steps.push(call("excludeNext"));
    else steps.push((isObject(entry) && restrictionOf(entry, refer)) || nodeOf(entry, refer));
  }
  return steps;
}

const isExclusion = (node: Json): boolean =>
  isObject(node) && node["func"] === "exclude-next-checkpoint" && hasOnly(node);

const isStep = ({ func }: JsonObject): boolean =>
  func === "container" || func === "sequence-and" || func === "sequence-or";

function restrictionOf(node: JsonObject, refer: Refer): Expression | undefined {
  const { func, limit, unit, container } = node;
  const count = canonicalCount(node["count"] ?? null);
  if (typeof func !== "string" || !isLimit(limit) || typeof count !== "number") return undefined;
  const distance = (of: Expression | undefined, options?: Expression) => of && call(limit, literal(count), of, options);
  switch (func) {
    case "time-restriction": {
      if (!hasOnly(node, "limit", "count", "unit", "container") || !isTimeUnit(unit)) return undefined;
      const options = isAbsent(container) ? undefined : literal({ container });
      return distance(literal(count === 1 ? unit : `${unit}s`), options);
    }
    case "container-restriction":
      return hasOnly(node, "limit", "count", "container") && (container === "hits" || container === "visits")
        ? distance(literal(container))
        : undefined;
    case "dimension-restriction":
      return hasOnly(node, "limit", "count", "attribute") ? distance(dimensionOf(node["attribute"], refer)) : undefined;
    default:
      return undefined;
  }
}
