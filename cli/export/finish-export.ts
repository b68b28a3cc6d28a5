import { packageVersion } from "../../provider/package-version";
import type { Terminal } from "../terminal";
import { writeFiles } from "./output-folder";
import type { Format, ProgramFile } from "./program";
import { findOwnDependency, missingParts, projectName, type Project } from "./project-files";
import { conflictText, removedSegmentsText, summaryJson, summaryText, type Exported } from "./summary";
import type { WritePlan } from "./write-plan";

/** The flags of every export. */
export interface ProgramFlags {
  readonly out: string;
  readonly format: Format;
  readonly singleFile?: boolean;
  readonly project?: string;
  readonly name?: readonly string[];
  readonly id?: readonly string[];
  readonly changedSince?: string;
  readonly stack?: readonly string[];
  readonly cwd?: string;
  readonly force?: boolean;
  readonly import?: boolean;
  readonly prune?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The project of an exported program. @param place the ID of the data view, or the name of the sandbox */
export const projectOf = (
  { out, format, project, import: isImporting = false }: ProgramFlags,
  place: string,
  description: string,
  otherwise?: string,
): Project => ({
  name: project ?? projectName(place, otherwise),
  description,
  dependency: findOwnDependency(process.cwd(), out) ?? `^${packageVersion(__dirname)}`,
  runtime: format === "yaml" ? "yaml" : "nodejs",
  isNative: isImporting || format === "yaml",
});

/** What files that are kept lack of those that would be written. */
export const partsToAdd = ({ steps }: WritePlan, files: readonly ProgramFile[]): string[] =>
  steps.flatMap((step) => {
    const file = files.find(({ path }) => path === step.path);
    return (step.action === "keep" && file && missingParts(step, file.content)) || [];
  });

/** Writes what is planned, unless something is in the way, and tells what was done. */
export function finishExport(exported: Exported, { prune, json }: ProgramFlags, terminal: Terminal): void {
  const { plan, folder, dryRun } = exported;
  if (plan.conflicts.length > 0) throw new Error(conflictText(exported));
  if (plan.removedSegments.length > 0 && !prune) throw new Error(removedSegmentsText(exported));
  if (!dryRun) writeFiles(folder, plan.steps);
  terminal.write(json ? summaryJson(exported) : summaryText(exported));
}
