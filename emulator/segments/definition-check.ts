import { isJsonObject, type JsonObject } from "../json";
import { fieldsOf, isModifier, type FieldCheck } from "./functions";

/** Deeper than any person nests, and shallow enough for the call stack. */
const deepest = 200;
const rootFunctions = ["segment", "segment-def"];
const containerFunctions = ["container", "segment"];
const contexts = ["hits", "visits", "visitors"];

/**
 * What is surely wrong with a definition, each as "path: what". Lenient: what the documents leave open passes.
 * Both root functions pass, "segment" of the OpenAPI document and "segment-def" of the guide.
 */
export function definitionErrors(definition: unknown): string[] {
  if (!isJsonObject(definition)) return ["definition: must be a JSON object"];
  const errors: string[] = [];
  if (!rootFunctions.includes(String(definition["func"]))) {
    errors.push(`func: ImproperFunctionCall: must be one of ${rootFunctions.join(", ")}`);
  }
  const version = definition["version"];
  if (version !== undefined && !isVersion(version)) errors.push("version: must be three whole numbers");
  if (definition["container"] === undefined) errors.push("container: is missing");
  else return errors.concat(containerErrors(definition["container"], "container", 1));
  return errors;
}

function isVersion(version: unknown): boolean {
  return Array.isArray(version) && version.length === 3 && version.every((part) => Number.isInteger(part));
}

function containerErrors(node: unknown, at: string, depth: number): string[] {
  if (!isJsonObject(node)) return [`${at}: must be a JSON object`];
  if (!containerFunctions.includes(String(node["func"]))) return [`${at}.func: must be container`];
  return nodeErrors(node, at, depth);
}

function nodeErrors(node: unknown, at: string, depth: number): string[] {
  if (depth > deepest) return [`${at}: is nested too deeply`];
  if (!isJsonObject(node)) return [`${at}: must be a JSON object`];
  const func = node["func"];
  if (typeof func !== "string") return [`${at}.func: must be text`];
  if (containerFunctions.includes(func)) return scopeErrors(node, at, depth);
  const fields = fieldsOf(func);
  if (fields === undefined) return [`${at}.func: ImproperFunctionCall: ${func} is not a function`];
  return Object.entries(fields).flatMap(([name, check]) => fieldErrors(check, node[name], `${at}.${name}`, depth));
}

function scopeErrors(node: JsonObject, at: string, depth: number): string[] {
  const context = contexts.includes(String(node["context"]))
    ? []
    : [`${at}.context: must be one of ${contexts.join(", ")}`];
  return [...context, ...nodeErrors(node["pred"], `${at}.pred`, depth + 1)];
}

function fieldErrors(check: FieldCheck, value: unknown, at: string, depth: number): string[] {
  if (value === undefined) return "optional" in check && check.optional ? [] : [`${at}: is missing`];
  switch (check.kind) {
    case "node":
      return nodeErrors(value, at, depth + 1);
    case "nodes":
    case "stream": {
      if (!Array.isArray(value) || value.length === 0) return [`${at}: must be a list that is not empty`];
      return value.flatMap((item: unknown, index) => {
        const modifier = isJsonObject(item) && isModifier(item["func"]);
        if (modifier && check.kind === "nodes") return [`${at}[${index}]: belongs into a sequence`];
        return nodeErrors(item, `${at}[${index}]`, depth + 1);
      });
    }
    case "value":
      return check.accepts(value) ? [] : [`${at}: must be ${check.what}`];
  }
}
