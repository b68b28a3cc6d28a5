import { isJsonObject } from "../json";

/** What a definition is made of, as far as reports look at it without evaluating it. */
export interface DefinitionParts {
  /** IDs of dimensions, as `variables/page`. */
  readonly dimensions: ReadonlySet<string>;
  /** IDs of metrics, as `metrics/orders`. */
  readonly metrics: ReadonlySet<string>;
  /** How many functions it has: how complex it is. */
  readonly functions: number;
}

export function partsOf(definition: unknown): DefinitionParts {
  const dimensions = new Set<string>();
  const metrics = new Set<string>();
  let functions = 0;
  const waiting: unknown[] = [definition];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) continue;
    if (isJsonObject(value) && typeof value["func"] === "string") {
      functions += 1;
      const name = value["name"];
      if (typeof name === "string" && name.startsWith("variables/")) dimensions.add(name);
      if (typeof name === "string" && name.startsWith("metrics/")) metrics.add(name);
    }
    for (const child of Object.values(value)) waiting.push(child);
  }
  return { dimensions, metrics, functions };
}
