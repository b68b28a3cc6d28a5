import { ROOT_FUNCS } from "../grammar/grammar";
import { isObject, type Json, type JsonObject } from "../json/value";
import { toJson } from "../to-json";
import type { ComponentKind } from "./component";
import { call, callsOf, layOut } from "./expression";
import { nodeOf } from "./nodes";

export interface BuilderSource {
  /** An expression of the definition, formatted. */
  readonly expression: string;
  /** The builder's functions that it calls, sorted: what has to be imported. */
  readonly imports: readonly string[];
}

export interface SourceOptions {
  /**
   * Source to write in the place of a component's ID, for example `env.dimension("product")`; undefined for the ID itself. It
   * is told the ID as the definition has it, `variables/page`, and the source has to make the same of it. In `raw`, too.
   */
  readonly reference?: (kind: ComponentKind, id: string) => string | undefined;
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
    isObject(json) && isRoot(json) ? call("segment", nodeOf(outermost(json), reference)) : nodeOf(json, reference);
  return { expression: layOut(whole), imports: [...callsOf(whole)].sort() };
}

function isRoot({ func, version, ...rest }: JsonObject): boolean {
  const known = (ROOT_FUNCS as readonly unknown[]).includes(func);
  const usual = version === undefined || JSON.stringify(version) === "[1,0,0]";
  return known && usual && Object.keys(rest).join() === "container";
}

/** The segments guide writes the outermost container as a "segment", which means the same. */
function outermost({ container = null }: JsonObject): Json {
  return isObject(container) && container["func"] === "segment" ? { ...container, func: "container" } : container;
}
