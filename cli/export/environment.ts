import { existsSync } from "node:fs";
import { join } from "node:path";
import { EnvironmentIds } from "../../model/environment/environment-ids";
import type { ExportedSegment } from "./exported-segment";
import { missingNames, formatYamlLines, listGivenNames, LogicalNames } from "./logical-names";
import { readEnvironmentsFile, type EnvironmentsFile } from "../environments-file";

/** A file of environments, and the names of one of them. */
export interface NamedEnvironment extends EnvironmentsFile {
  readonly file: string;
  readonly names: LogicalNames;
}

export interface EnvironmentFlags {
  readonly environments?: string;
  readonly environment?: string;
  readonly allowUnmapped?: boolean;
}

/** The environment that an export is from, if it was told one. */
export function readNamedEnvironment({ environments, environment }: EnvironmentFlags): NamedEnvironment | undefined {
  if (environments === undefined && environment === undefined) return undefined;
  if (environments === undefined || environment === undefined)
    throw new Error("--environments FILE and --environment NAME belong together: give both");
  return readEnvironment(environments, environment);
}

/** @throws Error that tells all mistakes in the file */
function readEnvironment(file: string, name: string): NamedEnvironment {
  const { text, environments } = readEnvironmentsFile(file);
  const environment = environments.get(name);
  if (!environment) {
    const known = [...environments.keys()].join(", ");
    throw new Error(`${file} has no environment ${JSON.stringify(name)}; it has ${known}`);
  }
  const names = new LogicalNames(new EnvironmentIds(name, environment.ids, [...environments.values()]));
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
  const environmentsPath = join(folder, "environments.yaml");
  if (!existsSync(environmentsPath)) return;
  const missing = missingNames(
    used ? names.usedNames(used) : listGivenNames(environments),
    readEnvironmentsFile(environmentsPath).environments,
  );
  if (missing.length === 0) return;
  const overwriteHint = used ? "" : " (or give --force, which overwrites it)";
  throw new Error(
    `nothing was written: ${environmentsPath} lacks what ${file} has. Add this to it${overwriteHint}, or correct it:\n\n${formatYamlLines(missing).trimEnd()}`,
  );
}

/**
 * Nothing is written with IDs that have no logical name, unless that is asked for.
 *
 * @throws Error that tells the lines to add
 */
export function refuseUnmapped(
  { names }: NamedEnvironment,
  segments: readonly ExportedSegment[],
  flags: EnvironmentFlags,
): void {
  const unmapped = names.findUnmapped(segments);
  const foreignIds = flags.allowUnmapped ? names.foreignIdTexts(unmapped) : [];
  if (foreignIds.length > 0)
    throw new Error(
      [
        "nothing was written: pulumi up would refuse the program, because it has IDs of other environments:",
        ...foreignIds.map((one) => `  ${one}; give it a name of its own in every environment`),
      ].join("\n"),
    );
  if (unmapped.length === 0 || flags.allowUnmapped) return;
  const ids = unmapped.length === 1 ? "1 ID has" : `${unmapped.length} IDs have`;
  throw new Error(
    [
      `nothing was written: ${ids} no logical name in ${flags.environment} of ${flags.environments}. Add them, with names of your choice:`,
      "",
      names.linesToAdd(unmapped).trimEnd(),
      "",
      "Or keep the IDs with --allow-unmapped.",
      ...(unmapped.some(({ kind }) => kind === "users" || kind === "groups")
        ? ["With --no-shares, the program does not manage with whom segments are shared."]
        : []),
    ].join("\n"),
  );
}
