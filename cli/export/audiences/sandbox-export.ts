import { openCommandRuntime } from "../../command-runtime";
import { readMergePolicies, readSandboxAudiences } from "../../sandbox-audiences";
import type { Terminal } from "../../terminal";
import { parseSince, selectSegments } from "../filters";
import { finishExport, partsToAdd, projectOf, type ProgramFlags } from "../finish-export";
import { heldResourcesText, readHeldResources } from "../held-resources";
import { readExistingFiles, readExistingProgram } from "../output-folder";
import {
  readNamedEnvironment,
  refuseNamesInYaml,
  refuseOtherNames,
  refuseUnmapped,
  type EnvironmentFlags,
} from "../environment";
import { namesOf, type Format } from "../program";
import { resourceNames } from "../resource-names";
import type { Exported } from "../summary";
import { writePlan } from "../write-plan";
import { AUDIENCE_FORMATS, audienceProgramFiles, type AudienceFormat } from "./audience-program";
import { selectExportable } from "./exported-audience";
import { ReferencedAudiences } from "./references";

/** What an export of a sandbox takes of the command's flags. */
interface SandboxFlags extends ProgramFlags, EnvironmentFlags {
  readonly sandbox: string;
  readonly merge?: boolean;
}

/** `pulumi-cja export --sandbox NAME`: the audiences of a sandbox as a Pulumi program. */
export async function exportSandbox(flags: SandboxFlags, terminal: Terminal): Promise<void> {
  const { sandbox, out, cwd, name = [], id = [] } = flags;
  if (flags.merge) throw new Error(MERGE_TEXT);
  const format = audienceFormat(flags.format);
  refuseNamesInYaml(flags);
  if (format === "yaml" && flags.singleFile)
    throw new Error("--single-file is for programs in TypeScript: a program in YAML is one file");
  if (flags.prune && !flags.force)
    throw new Error("--prune is for --force: nothing else takes audiences out of a program");
  const environment = readNamedEnvironment(flags);
  const changedSince = parseSince(flags.changedSince, terminal.now());
  // Report problems with the folder before asking the service.
  readExistingFiles(out, []);
  const stacks = flags.stack && (await readHeldResources(flags.stack, cwd, terminal, "Audience"));
  const program = readExistingProgram(out, stacks?.ids, "Audience");
  const stack = flags.stack?.length === 1 ? flags.stack[0] : undefined;
  const runtime = await openCommandRuntime(terminal, { stack, cwd });
  const listed = await readSandboxAudiences(runtime, sandbox, terminal.log);
  if (listed.length === 0)
    throw new Error(`the service lists no audience of the sandbox ${JSON.stringify(sandbox)}; check its name`);
  const filters = { names: name, ids: id, tags: [], owners: [], changedSince };
  const selected = selectSegments(listed, filters, "audiences");
  const held = selected.filter((one) => stacks?.allIds.has(one.id) && !program.known.has(one.id));
  const notHeld = selected.filter((one) => !held.includes(one));
  const { audiences, warnings: reasons } = selectExportable(
    notHeld,
    sandbox,
    await readMergePolicies(runtime, sandbox, terminal.log),
  );
  const warnings = [...reasons, ...(held.length > 0 ? [heldResourcesText(held.length, flags.stack ?? [])] : [])];
  if (audiences.length === 0)
    throw new Error(["no audience is left to export; nothing was written", ...warnings].join("\n  "));

  const named = listed.map((one) => ({ id: one.id, name: one.name ?? "" }));
  const called = resourceNames(named, { existingNames: program.names() });
  const references = new ReferencedAudiences(
    audiences.map((audience) => ({ id: audience.id, audience, ...namesOf(audience, called) })),
    environment?.names,
  );
  if (environment) refuseUnmapped(environment, references.mappedIds(), flags);
  if (environment && !flags.force) refuseOtherNames(out, environment, undefined);
  const isImporting = flags.import === true;
  const files = audienceProgramFiles(references, {
    ...{ format, isImporting, singleFile: flags.singleFile === true },
    names: environment?.names,
    environments: environment?.text,
    project: projectOf(flags, sandbox, `Audiences of the sandbox ${sandbox}`, "audiences"),
  });
  readExistingFiles(
    out,
    files.map(({ path }) => path),
  );
  const plan = writePlan(files, program, flags.force ? "force" : "refuse", new Set(listed.map((one) => one.id)));
  const exported: Exported = {
    kind: "Audience",
    of: { sandbox },
    folder: out,
    dryRun: flags.dryRun === true,
    environment: flags.environment,
    isImporting,
    count: audiences.length,
    listed: listed.length,
    warnings,
    notManaged: [],
    toAdd: partsToAdd(plan, files),
    plan,
  };
  finishExport(exported, flags, terminal);
}

const MERGE_TEXT = [
  "--merge is for segments. Of audiences, --force writes the files of the export anew, and keeps the names that the program has: look at what it",
  "has changed with your version control. To add only what is new, leave out with --stack NAME what a stack has, and export into another folder.",
].join("\n");

function audienceFormat(format: Format): AudienceFormat {
  const known = AUDIENCE_FORMATS.find((one) => one === format);
  if (known === undefined)
    throw new Error(
      `--format ${format} is for segments, whose definitions have files of their own: audiences are programs in TypeScript, or with --format yaml in YAML`,
    );
  return known;
}
