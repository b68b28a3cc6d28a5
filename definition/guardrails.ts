import { ruleOf } from "./grammar/grammar";
import { isList, isObject, type Json, type JsonObject } from "./json";
import type { Mistake } from "./mistake";

/** What Adobe allows in one segment. */
export interface Guardrails {
  readonly containers: number;
  /** Containers inside of each other, the outermost among them. */
  readonly nested: number;
  /** Different dimensions and metrics. */
  readonly components: number;
  /** Conditions without conditions inside. */
  readonly rules: number;
  /** Texts with which one dimension is compared. */
  readonly values: number;
}

/** Some of them. */
export type SomeGuardrails = { readonly [Name in keyof Guardrails]?: Guardrails[Name] | undefined };

/** https://experienceleague.adobe.com/en/docs/analytics-platform/technotes/guardrails, "Segments" */
export const GUARDRAILS: Guardrails = { containers: 50, nested: 10, components: 25, rules: 100, values: 100 };

interface Counts {
  containers: number;
  nested: number;
  rules: number;
  readonly components: Set<string>;
  /** By dimension. */
  readonly values: Map<string, number>;
}

/**
 * What goes beyond Adobe's limits, with the count. The service may refuse it, or the reports that use it.
 *
 * @param definition as `toJson` copies it
 * @param given limits in the place of Adobe's
 */
export function guardrailWarnings(definition: Json, given: SomeGuardrails = {}): Mistake[] {
  const counts = countsOf(definition);
  const limitOf = (name: keyof Guardrails) => given[name] ?? GUARDRAILS[name];
  const warnIfExceeded = (count: number, limit: number, counted: string, where = "") =>
    count > limit
      ? [{ path: "", message: `${count} ${counted}: Adobe's limit for a segment is ${limit}${where}; split it` }]
      : [];
  return [
    ...warnIfExceeded(counts.containers, limitOf("containers"), "containers"),
    ...warnIfExceeded(counts.nested, limitOf("nested"), "containers nested in each other"),
    ...warnIfExceeded(counts.components.size, limitOf("components"), "different dimensions and metrics"),
    ...warnIfExceeded(counts.rules, limitOf("rules"), "conditions"),
    ...[...counts.values].flatMap(([dimension, count]) =>
      warnIfExceeded(count, limitOf("values"), `values for ${dimension}`, " for one dimension"),
    ),
  ];
}

function countsOf(definition: Json): Counts {
  const counts: Counts = { containers: 0, nested: 0, rules: 0, components: new Set(), values: new Map() };
  const pending: { readonly node: Json; readonly outerContainers: number }[] = [
    { node: definition, outerContainers: 0 },
  ];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { node, outerContainers } = visit;
    const rule = isObject(node) && node !== definition ? ruleOf(node["func"])?.is : undefined;
    const nested = outerContainers + (rule === "container" ? 1 : 0);
    if (rule === "container") counts.containers += 1;
    if (rule === "leaf") counts.rules += 1;
    counts.nested = Math.max(counts.nested, nested);
    if (isObject(node)) countComponent(node, counts);
    const children = isList(node) ? node : isObject(node) ? Object.values(node) : [];
    for (const child of children) pending.push({ node: child, outerContainers: nested });
  }
  return counts;
}

function countComponent(node: JsonObject, { components, values }: Counts): void {
  const { func, name, val } = node;
  if ((func === "attr" || func === "event") && typeof name === "string") components.add(name);
  const dimension = isObject(val) ? val["name"] : undefined;
  if (typeof dimension === "string") values.set(dimension, (values.get(dimension) ?? 0) + valuesIn(node));
}

/** A number is no text: the limit is one of string comparisons. */
function valuesIn({ str, glob, regex, list }: JsonObject): number {
  const textCount = [str, glob, regex].some((text) => typeof text === "string") ? 1 : 0;
  return textCount + (isList(list) ? list.filter((text) => typeof text === "string").length : 0);
}
