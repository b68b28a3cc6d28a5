import { isList, isObject, type Json, type JsonObject } from "../json/value";
import { CONTEXTS, type Context } from "../grammar/context";
import { rawSource, type Refer } from "./component";
import { call, type Expression, literal } from "./expression";
import { hasOnly, isAbsent, isLabelled, labelOf } from "./fields";
import { leafOf } from "./leaves";
import { stepsOf } from "./steps";

/** A node as a call of the builder; what it has no word for stands in `raw`. */
export const nodeOf = (node: Json, refer: Refer): Expression =>
  known(node, refer) ?? call("raw", rawSource(node, refer));

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

const isContext = (value: Json | undefined): value is Context => CONTEXTS.some((context) => context === value);

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

function sequenceOf(
  node: JsonObject,
  name: "sequence" | "onlyAfter" | "onlyBefore",
  refer: Refer,
): Expression | undefined {
  const { context, stream } = node;
  if (!hasOnly(node, "context", "stream") || !isList(stream)) return undefined;
  const steps = stepsOf(stream, nodeOf, refer);
  if (isContext(context)) return call(name === "sequence" ? "sequenceIn" : name, literal(context), ...steps);
  return name === "sequence" && isAbsent(context) ? call(name, ...steps) : undefined;
}
