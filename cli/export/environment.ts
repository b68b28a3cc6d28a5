import { existsSync } from "node:fs";
import { join } from "node:path";
import { EnvironmentIds } from "../../model/environment/environment-ids";
import type { ExportedSegment } from "./exported-segment";
import { lacking, linesWith, namesGiven } from "./given-name";
import { LogicalNames } from "./logical-names";
import { environmentsOf, type EnvironmentsFile } from "../environments-file";

/** A file of environments, and the names of one of them. */
export interface NamedEnvironment extends EnvironmentsFile {
  readonly file: string;
  readonly names: LogicalNames;
}

/** @throws Error that tells all mistakes in the file */
export function environmentIn(file: string, name: string): NamedEnvironment {
  const { text, environments } = environmentsOf(file);
  const own = environments.get(name);
  if (!own) {
    const known = [...environments.keys()].join(", ");
    throw new Error(`${file} has no environment ${JSON.stringify(name)}; it has ${known}`);
  }
  const names = new LogicalNames(new EnvironmentIds(name, own.ids, [...environments.values()]));
  return { file, environments, text, names };
}

/**
 * A program reads the `environments.yaml` beside it: one that is there already has to have the names.
 *
 * @param used those of these segments alone have to be there; undefined: all of the file
 * @throws Error that tells the lines to add
 */
export function refuseOtherNames(
  folder: string,
  { file, environments, names }: NamedEnvironment,
  used: readonly ExportedSegment[] | undefined,
): void {
  const there = join(folder, "environments.yaml");
  if (!existsSync(there)) return;
  const missing = lacking(used ? names.used(used) : namesGiven(environments), environmentsOf(there).environments);
  if (missing.length === 0) return;
  const way = used ? "" : " (or give --force, which overwrites it)";
  throw new Error(
    `nothing was written: ${there} has not what ${file} has. Add there${way}, or correct:\n\n${linesWith(missing).trimEnd()}`,
  );
}
