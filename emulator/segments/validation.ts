import { isJsonObject } from "../json";
import { definitionErrors } from "./definition-check";

/** What validate finds. `message` and `errors` are made up when a test sets only `valid`. */
export interface Verdict {
  readonly valid: boolean;
  readonly message?: string | undefined;
  readonly errors?: readonly string[] | undefined;
}

/** The answer of validate: the one a test has set, or else what the definition deserves. */
export function verdictOn(definition: unknown, fixed: Verdict | null): Verdict {
  if (fixed) return fixed;
  const errors = definitionErrors(definition);
  return errors.length === 0 ? { valid: true } : { valid: false, errors, message: invalidMessage(errors) };
}

export function invalidMessage(errors: readonly string[]): string {
  return ["Segment definition is invalid", ...(errors.length > 0 ? [errors.join("; ")] : [])].join(": ");
}

/** Names of the functions in a definition but its root's, as `supported_features` lists them: `function_streq`. */
export function featuresOf(definition: unknown): string[] {
  const found = new Set<string>();
  const waiting: unknown[] = isJsonObject(definition) ? [definition["container"]] : [];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== "object" || value === null) continue;
    for (const child of Object.values(value) as unknown[])
      if (typeof child === "object" && child !== null) waiting.push(child);
    if (!isJsonObject(value)) continue;
    if (typeof value["func"] === "string") found.add(`function_${value["func"]}`);
  }
  return [...found].sort();
}
