import { readFileSync } from "node:fs";
import { readEnvironmentFile } from "../model/environment/environment-file";
import { formatFileMistake } from "../model/environment/mistake";
import { resolveEnvironments, type ResolvedEnvironment } from "../model/environment/resolve";

/** A file of environments. */
export interface EnvironmentsFile {
  readonly text: string;
  readonly environments: ReadonlyMap<string, ResolvedEnvironment>;
}

/** @throws Error that tells all mistakes in the file */
export function readEnvironmentsFile(file: string): EnvironmentsFile {
  const text = readFileSync(file, "utf8");
  const { environments, mistakes } = resolveEnvironments(readEnvironmentFile(text));
  if (mistakes.length > 0) throw new Error(mistakes.map((mistake) => formatFileMistake(file, mistake)).join("\n"));
  return { text, environments };
}
