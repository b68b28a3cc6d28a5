import { readFileSync } from "node:fs";
import { EnvironmentIds } from "../../environment/environment-ids";
import { readEnvironmentFile } from "../../environment/environment-file";
import { mistakeText } from "../../environment/mistake";
import { resolveEnvironments } from "../../environment/resolve";
import { LogicalNames } from "../../export/logical-names";

/** A file of environments, and the names of one of them. */
export interface NamedEnvironment {
  readonly text: string;
  readonly names: LogicalNames;
}

/** @throws Error that tells all mistakes in the file */
export function environmentIn(file: string, name: string): NamedEnvironment {
  const text = readFileSync(file, "utf8");
  const { environments, mistakes } = resolveEnvironments(readEnvironmentFile(text));
  if (mistakes.length > 0) throw new Error(mistakes.map((mistake) => mistakeText(file, mistake)).join("\n"));
  const own = environments.get(name);
  if (!own) {
    const known = [...environments.keys()].join(", ");
    throw new Error(`${file} has no environment ${JSON.stringify(name)}; it has ${known}`);
  }
  return { text, names: new LogicalNames(new EnvironmentIds(name, own.ids)) };
}
