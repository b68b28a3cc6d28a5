import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The schema that lies beside the executable, with the version of the package: the one that was made has none. */
export function schemaText(folder: string, version: string): string {
  const schema = JSON.parse(readFileSync(join(folder, "schema.json"), "utf8")) as Readonly<Record<string, unknown>>;
  return JSON.stringify({ ...schema, version });
}
