import type * as pulumi from "@pulumi/pulumi";
import { describeValue, type Mistake } from "../model";

/** The engine fails on the option `import` for dynamic resources without a useful word. */
export function importMistakes(options: pulumi.CustomResourceOptions | undefined, instead: string): Mistake[] {
  if (options?.import === undefined) return [];
  return [{ path: "import", message: `this option does not work here; ${instead}` }];
}

/** With an empty ID the engine would not read, but make something new. */
export function idMistakes(options: pulumi.CustomResourceOptions | undefined): Mistake[] {
  if (options?.id === undefined || isGiven(options.id)) return [];
  const found = typeof options.id === "string" ? "no ID" : describeValue(options.id);
  return [{ path: "id", message: `found ${found}, expected the ID of what to read` }];
}

/** An ID may also be an output or a promise. */
const isGiven = (id: unknown): boolean =>
  typeof id === "string" ? id.trim() !== "" : typeof id === "object" && id !== null;
