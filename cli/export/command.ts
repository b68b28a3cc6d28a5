import { Command, InvalidArgumentError, Option } from "commander";
import type { ExistingProgram } from "./existing-program";
import { exportSandbox } from "./audiences/sandbox-export";
import { selectExportable } from "./exportable";
import type { ExportedSegment } from "./exported-segment";
import { POINT_EXAMPLES, parseSince, selectSegments } from "./filters";
import { finishExport, partsToAdd, projectOf, type ProgramFlags } from "./finish-export";
import { PROJECT_NAME } from "./project-files";
import { FORMATS, programFiles, type ProgramOptions } from "./program";
import { idsOfSegment } from "./logical-names";
import { resourceNames } from "./resource-names";
import { writePlan, type Mode } from "./write-plan";
import { allSegments } from "../../provider/segment/listing";
import type { Runtime } from "../../provider/runtime";
import { openCommandRuntime } from "../command-runtime";
import { withSafeOutput } from "../safe-output";
import {
  readNamedEnvironment,
  refuseOtherNames,
  refuseNamesInYaml,
  refuseUnmapped,
  type EnvironmentFlags,
  type NamedEnvironment,
} from "./environment";
import { readExistingFiles, readExistingProgram, listResourceFolder } from "./output-folder";
import { readHeldResources, heldResourcesText } from "./held-resources";
import { unclearPlacesText, type Exported } from "./summary";
import { withTagsAndShares } from "./tags-and-shares";
import type { Terminal } from "../terminal";

interface ExportFlags extends EnvironmentFlags, ProgramFlags {
  readonly dataView?: string;
  readonly sandbox?: string;
  readonly tag?: readonly string[];
  readonly owner?: readonly string[];
  readonly merge?: boolean;
  readonly tags: boolean;
  readonly shares: boolean;
}

const examples = `
Examples:
  $ pulumi-cja export --data-view dv_prod --out segments
  $ pulumi-cja export --data-view dv_prod --out segments --format yaml --import      for programs in YAML: docs/native.md
  $ pulumi-cja export --data-view dv_prod --out segments --name 'Mobile*' --tag web --changed-since 30d
  $ pulumi-cja export --data-view dv_prod --out segments --merge      again, later: it writes only what differs
  $ pulumi-cja export --data-view dv_dev --out segments --merge --stack dev --cwd segments      knows what the stack dev has
  $ pulumi-cja export --data-view dv_dev --out segments --environments environments.yaml --environment dev
  $ pulumi-cja export --sandbox dev --out audiences      the audiences of a sandbox of Experience Platform
  $ pulumi-cja export --sandbox dev --out audiences --environments environments.yaml --environment dev      for several sandboxes

Repeat a filter to allow more values; a segment has to match every filter that you give. Settings come from the environment (CJA_ORG_ID …), else
from the stack's config. Neither this command nor the first "pulumi up" of the program writes anything at Adobe. --merge reads the program as
TypeScript does, however it is formatted. If it finds an ID and does not understand what the file does with it, it writes nothing.

Exit status: 0, or 1 if nothing was written.
`;

/** `pulumi-cja export`: the segments of a data view as a Pulumi program. */
export function exportCommand(overrides: Partial<Terminal> = {}): Command {
  const merged = (value: string, before: readonly string[] = []) => [...before, value];
  return new Command("export")
    .description(
      "write the segments of a data view, or the audiences of a sandbox, as a Pulumi program that takes them over",
    )
    .option("--data-view <id>", "the data view")
    .addOption(
      new Option(
        "--sandbox <name>",
        "the sandbox: its audiences, without those that other services have made",
      ).conflicts(["dataView", "tag", "owner"]),
    )
    .requiredOption("-o, --out <folder>", "where the program is written", parseFolder)
    .addOption(
      new Option(
        "-f, --format <format>",
        "definitions with the builder, as JSON in TypeScript, or as JSON files; or a program in Pulumi YAML",
      )
        .choices(FORMATS)
        .default("typescript"),
    )
    .option(
      "--import",
      "write the option import in place of adoptId, for the resources of the plugin; with --sandbox, the setting cja:sandbox has to name that sandbox",
    )
    .addOption(
      new Option("--single-file", "all segments in segments.ts, all audiences in audiences.ts").conflicts("merge"),
    )
    .option(
      "--project <name>",
      "the name of the Pulumi project (default: made of the data view's ID, or the sandbox's name)",
      parseProjectName,
    )
    .option("--name <glob>", "only segments with such a name: * is anything, ? one character; may be repeated", merged)
    .option("--id <id>", "only this segment; may be repeated", merged)
    .option("--tag <name>", "only segments with this tag; may be repeated", merged)
    .option("--owner <owner>", "only segments of this person (name, login or ID); may be repeated", merged)
    .option("--changed-since <when>", `only segments changed since: ${POINT_EXAMPLES}`)
    .option("-s, --stack <name...>", "leave out what these stacks have, except what the folder has; may be repeated")
    .option("-C, --cwd <folder>", "the folder of the stacks' Pulumi project")
    .option("--environments <file>", "write the logical names of this file instead of IDs (with --environment)")
    .option("--environment <name>", "the environment that the data view or the sandbox belongs to")
    .option("--no-tags", "leave the segments' tags to the UI; by default the program has all of them")
    .option("--no-shares", "leave the segments' shares to the UI; by default the program has all of them")
    .option("--allow-unmapped", "leave IDs that have no logical name as they are")
    .addOption(new Option("--force", "overwrite existing files that have other content").conflicts("merge"))
    .option("--prune", "with --force: segments that are not exported may leave the program")
    .option(
      "--merge",
      "update the segments that the program has (by adoptId, or --stack), keep everything else; not for audiences",
    )
    .option("--dry-run", "show what would be written, and write nothing")
    .option("--json", "print the summary as JSON")
    .addHelpText("after", examples)
    .action(withSafeOutput(overrides, (terminal, flags: ExportFlags) => run(flags, terminal)));
}

async function run(flags: ExportFlags, terminal: Terminal): Promise<void> {
  const { dataView, sandbox } = flags;
  if (sandbox !== undefined) return exportSandbox({ ...flags, sandbox }, terminal);
  if (dataView === undefined) throw new Error("give --data-view ID, or --sandbox NAME");
  return exportDataView({ ...flags, dataView }, terminal);
}

/** Flags of an export from a data view. */
type DataViewFlags = ExportFlags & { readonly dataView: string };

async function exportDataView(flags: DataViewFlags, terminal: Terminal): Promise<void> {
  if (flags.singleFile && flags.format === "json")
    throw new Error("--single-file is for the formats in TypeScript: JSON has a file for each segment");
  refuseWithYaml(flags);
  if (flags.prune && !flags.force)
    throw new Error("--prune is for --force: nothing else takes segments out of a program");
  const changedSince = parseSince(flags.changedSince, terminal.now());
  const environment = readNamedEnvironment(flags);
  // Report problems with the folder before asking the service.
  readExistingFiles(flags.out, []);
  const stacks = flags.stack && (await readHeldResources(flags.stack, flags.cwd, terminal, "Segment"));
  const program = readExistingProgram(flags.out, stacks?.ids);
  const { stack = [], cwd } = flags;
  const runtime = await openCommandRuntime(terminal, { stack: stack.length === 1 ? stack[0] : undefined, cwd });
  const listed = await listSegments(runtime, flags, terminal);
  const { name = [], id = [], tag = [], owner = [] } = flags;
  const filters = { names: name, ids: id, tags: tag, owners: owner, changedSince };
  const selectedSegments = selectSegments(listed, filters);
  const held = selectedSegments.filter(({ id }) => stacks?.allIds.has(id) && !(flags.merge && program.known.has(id)));
  const notHeld = selectedSegments.filter((one) => !held.includes(one));
  const { segments: found, warnings: reasons } = selectExportable(notHeld, flags.dataView);
  const warnings = [...reasons, ...(held.length > 0 ? [heldResourcesText(held.length, flags.stack ?? [])] : [])];
  if (found.length === 0)
    throw new Error(["no segment is left to export; nothing was written", ...warnings].join("\n  "));
  const { segments, notManaged } = await withTagsAndShares(found, listed, runtime, environment?.names, flags);
  if (environment) refuseUnmapped(environment, segments.flatMap(idsOfSegment), flags);
  if (environment && !flags.force)
    refuseOtherNames(flags.out, environment, flags.merge ? segments.flatMap(idsOfSegment) : undefined);
  const allSegments = listed.map((one) => ({ id: one.id, name: one.name ?? "" }));
  const { exportFiles, plan } = planExport(segments, allSegments, environment, program, flags);
  const exported: Exported = {
    kind: "Segment",
    of: { dataViewId: flags.dataView },
    folder: flags.out,
    dryRun: flags.dryRun === true,
    environment: flags.environment,
    isImporting: flags.import === true,
    count: segments.length,
    listed: listed.length,
    warnings,
    notManaged,
    toAdd: partsToAdd(plan, exportFiles),
    plan,
  };
  const unclearPlaces = flags.merge ? program.findUnclearPlaces(segments) : [];
  if (unclearPlaces.length > 0) throw new Error(unclearPlacesText(unclearPlaces));
  finishExport(exported, flags, terminal);
}

async function listSegments(
  { segments: client }: Pick<Runtime, "segments">,
  { dataView, tag, tags }: DataViewFlags,
  terminal: Terminal,
) {
  const onPage = (count: number, last: boolean) => (last ? undefined : terminal.log(`${count} segments read …`));
  const listed = await allSegments(client, { dataViewId: dataView }, { tags: tags || tag !== undefined, onPage });
  if (listed.length === 0)
    throw new Error(
      `the service lists no segment of the data view ${JSON.stringify(dataView)} to this account; check the ID, and what is shared with the account`,
    );
  return listed;
}

/** Segments that the program has keep their names there; a filter changes none. */
function planExport(
  segments: readonly ExportedSegment[],
  allSegments: readonly Pick<ExportedSegment, "id" | "name">[],
  environment: NamedEnvironment | undefined,
  program: ExistingProgram,
  flags: DataViewFlags,
) {
  const { dataView, out, format, singleFile = false, force, merge } = flags;
  const isImporting = flags.import === true;
  const mode: Mode = force ? "force" : merge ? "merge" : "refuse";
  const keptNames = program.names();
  // In a merge, files stay that have none of the segments.
  const segmentPaths = new Set([...program.known.values()].map(({ path }) => path));
  const files = program.files.flatMap(({ path }) =>
    mode === "merge" && path.startsWith("segments/") && !segmentPaths.has(path)
      ? [path.replace(/^segments\/|\.\w+$/g, "")]
      : [],
  );
  const options: ProgramOptions = {
    format,
    singleFile,
    isImporting,
    project: projectOf(flags, dataView, `Segments of the data view ${dataView}`),
    names: environment?.names,
    environments: environment?.text,
  };
  const exportFiles = programFiles(segments, resourceNames(allSegments, { existingNames: keptNames, files }), options);
  // Report whatever blocks one of them.
  readExistingFiles(
    out,
    exportFiles.map(({ path }) => path),
  );
  const ids = new Set(allSegments.map(({ id }) => id));
  return { exportFiles, plan: writePlan(exportFiles, program, mode, ids, listResourceFolder(out, "Segment")) };
}

/** What a program in YAML has no place for. */
function refuseWithYaml(flags: ExportFlags): void {
  const { format, merge, singleFile } = flags;
  if (format !== "yaml") return;
  if (singleFile) throw new Error("--single-file is for the formats in TypeScript: a program in YAML is one file");
  if (merge)
    throw new Error("--merge is for programs in TypeScript and JSON; write a program in YAML anew with --force");
  refuseNamesInYaml(flags);
}

function parseFolder(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("Name a folder.");
  return text;
}

function parseProjectName(text: string): string {
  if (!PROJECT_NAME.test(text))
    throw new InvalidArgumentError("Use up to 100 small letters, digits, dots, dashes and underscores.");
  return text;
}
