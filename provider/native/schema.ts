import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The schema beside the executable, with the package's version, which the file does not have. */
export function schemaText(folder: string, version: string): string {
  const schema = JSON.parse(readFileSync(join(folder, "schema.json"), "utf8")) as Readonly<Record<string, unknown>>;
  return JSON.stringify({ ...schema, version });
}
