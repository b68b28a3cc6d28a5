import { PlatformRefusal } from "../errors";
import { uuidOf } from "../identifiers";
import type { JsonObject } from "../json";

/** Sandboxes of the emulated organisation. */
const sandboxes: readonly string[] = ["prod", "dev", "stage"];

/** The sandbox that a request is for, or the refusal: every platform request must name one. */
export function sandboxOf(header: string | undefined): string {
  if (!header) throw new PlatformRefusal(400, "113001", "Missing header x-sandbox-name");
  if (!sandboxes.includes(header)) {
    const message = `Permission denied on some resources. errorMessage=[sandbox ${header} does not exist or is not yours]`;
    throw new PlatformRefusal(403, "113752", message);
  }
  return header;
}

export function sandboxAnswer(sandboxName: string): JsonObject {
  const production = sandboxName === "prod";
  return {
    sandboxId: uuidOf(`sandbox ${sandboxName}`),
    sandboxName,
    type: production ? "production" : "development",
    default: production,
  };
}
