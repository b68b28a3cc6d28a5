import type * as pulumi from "@pulumi/pulumi";
import { show, type Mistake } from "../model";

/** What is wrong in the options of a resource. The engine fails on `import` for dynamic resources without a useful word. */
export function optionMistakes(options: pulumi.CustomResourceOptions | undefined, instead: string): Mistake[] {
  const mistakes: Mistake[] = [];
  if (options?.import !== undefined) {
    mistakes.push({ path: "import", message: `this option does not work here; ${instead}` });
  }
  // With an empty ID the engine would not read, but make something new.
  if (options?.id !== undefined && !isGiven(options.id)) {
    const found = typeof options.id === "string" ? "no ID" : show(options.id);
    mistakes.push({ path: "id", message: `found ${found}, expected the ID of what to read` });
  }
  return mistakes;
}

/** An ID may also be an output or a promise. */
const isGiven = (id: unknown): boolean =>
  typeof id === "string" ? id.trim() !== "" : typeof id === "object" && id !== null;
