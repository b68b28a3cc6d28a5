import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Kind } from "../../model/environment/kinds";
import { EnvironmentIds } from "../../model/environment/environment-ids";
import { missingNames, formatYamlLines, listGivenNames, LogicalNames, type MappedId } from "./logical-names";
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

/** What has names at Adobe in place of IDs. */
const NAME_KINDS: ReadonlySet<Kind> = new Set(["sandboxes", "mergePolicies", "schemas"]);

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
 * @param used those of these IDs alone have to be there; undefined: all of the file
 * @throws Error that tells the lines to add
 */
export function refuseOtherNames(
  folder: string,
  { file, environments, names }: NamedEnvironment,
  used: readonly MappedId[] | undefined,
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
export function refuseUnmapped({ names }: NamedEnvironment, ids: readonly MappedId[], flags: EnvironmentFlags): void {
  const unmapped = names.findUnmapped(ids);
  const foreignIds = flags.allowUnmapped ? names.foreignIdTexts(unmapped) : [];
  if (foreignIds.length > 0)
    throw new Error(
      [
        "nothing was written: pulumi up would refuse the program, because it has IDs of other environments:",
        ...foreignIds.map((one) => `  ${one}; give it a name of its own in every environment`),
      ].join("\n"),
    );
  if (unmapped.length === 0 || flags.allowUnmapped) return;
  const [one, many] = unmapped.some(({ kind }) => NAME_KINDS.has(kind))
    ? ["ID or name", "IDs or names"]
    : ["ID", "IDs"];
  const have = unmapped.length === 1 ? `1 ${one} has` : `${unmapped.length} ${many} have`;
  throw new Error(
    [
      `nothing was written: ${have} no logical name in ${flags.environment} of ${flags.environments}. Add them, with names of your choice:`,
      "",
      names.linesToAdd(unmapped).trimEnd(),
      "",
      `Or keep the ${many} with --allow-unmapped.`,
      ...(unmapped.some(({ kind }) => kind === "users" || kind === "groups")
        ? ["With --no-shares, the program does not manage with whom segments are shared."]
        : []),
    ].join("\n"),
  );
}

/** @throws Error, since nothing in a program in YAML could read logical names */
export function refuseNamesInYaml({ format, environments }: EnvironmentFlags & { readonly format: string }): void {
  if (format === "yaml" && environments !== undefined)
    throw new Error("--environments is for programs in TypeScript: only pulumi-cja for Node reads logical names");
}
