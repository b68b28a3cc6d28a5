import { EXPORTED, type ExportedKind } from "./kinds";
import type { UnclearPlace } from "./existing-program";
import type { WritePlan } from "./write-plan";

/** What was exported, for people and for programs. */
export interface Exported {
  readonly kind: ExportedKind;
  /** What they are of, by its name in the summary as JSON. */
  readonly of: { readonly dataViewId: string } | { readonly sandbox: string };
  readonly folder: string;
  readonly dryRun: boolean;
  readonly environment: string | undefined;
  /** With the option `import`. */
  readonly isImporting: boolean;
  readonly count: number;
  /** All that there are, also those that a filter leaves out. */
  readonly listed: number;
  /** What is left out, with the reason. */
  readonly warnings: readonly string[];
  /** Tags and shares that the program does not say, although it says those of other segments. */
  readonly notManaged: readonly string[];
  /** What files that are kept lack. */
  readonly toAdd: readonly string[];
  readonly plan: WritePlan;
}

const pathsOf = ({ steps }: WritePlan, ...actions: readonly string[]): string[] =>
  steps.filter(({ action }) => actions.includes(action)).map(({ path }) => path);

/** For `--json`. */
export function summaryJson({ plan, folder, ...exported }: Exported): string {
  const { kind, of, dryRun, count, listed, warnings, notManaged, toAdd } = exported;
  const files = {
    new: pathsOf(plan, "new"),
    changed: pathsOf(plan, "change"),
    unchanged: pathsOf(plan, "unchanged"),
    kept: pathsOf(plan, "keep"),
    notInExport: plan.leftFiles.map(({ path }) => path),
  };
  const { programOwned } = plan;
  const summary = {
    ...of,
    out: folder,
    dryRun,
    [EXPORTED[kind].many]: count,
    listed,
    files,
    warnings,
    notManaged,
    own: programOwned,
    toAdd,
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}

/** What a shell takes for one word. */
const quoteForShell = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** In words, with what to do next. */
export function summaryText(exported: Exported): string {
  const { kind, plan, folder, dryRun, count: exportedCount, listed, warnings, notManaged, toAdd } = exported;
  const { many } = EXPORTED[kind];
  const count = (action: string) => pathsOf(plan, action).length;
  const of = listed === exportedCount ? "" : ` of ${listed}`;
  const files = [
    `${count("new")} new`,
    `${count("change")} changed`,
    `${count("unchanged")} unchanged`,
    ...(count("keep") > 0 ? [`${count("keep")} kept as they are (${pathsOf(plan, "keep").join(", ")})`] : []),
  ];
  const lines = [`${exportedCount}${of} ${many} exported into ${folder}; files: ${files.join(", ")}`];
  if (dryRun) lines[0] = `${lines[0]} (--dry-run: nothing was written)`;
  const list = (title: string, entries: readonly string[]) => {
    if (entries.length > 0) lines.push(title, ...entries.map((entry) => `  ${entry}`));
  };
  list("left out:", warnings);
  list("not in the program, so it does not change them:", notManaged);
  const leftFiles = plan.leftFiles.map(({ path, line }) => (line === undefined ? path : `${path}, and ${line}`));
  list(
    "left unchanged, because the program writes it in its own way (`pulumi preview --refresh` shows what differs):",
    plan.programOwned,
  );
  list("no longer in the export; delete them yourself:", leftFiles);
  list(`files that were kept lack what the ${many} need; add:`, toAdd);
  if (!dryRun) lines.push(...nextSteps(exported));
  return `${lines.join("\n")}\n`;
}

function nextSteps({ kind, of, plan, folder, environment, warnings, isImporting }: Exported): string[] {
  if (pathsOf(plan, "new", "change").length === 0) return [];
  const { many } = EXPORTED[kind];
  const sandbox = isImporting && "sandbox" in of ? of.sandbox : undefined;
  const setting =
    sandbox === undefined
      ? []
      : [
          `Pulumi looks for an import in the sandbox of the setting cja:sandbox, so that has to be ${JSON.stringify(sandbox)}.`,
        ];
  const next = ["", "Next, with the settings of your tenant (CJA_ORG_ID …):"];
  const folderCommands = `  cd ${quoteForShell(folder)} && npm install`;
  // The stack may have some of the segments by now.
  if (pathsOf(plan, "change", "keep").length > 0)
    return [
      ...next,
      folderCommands,
      `Run \`pulumi up --refresh\`: it compares the ${many} that the stack already has with Adobe.`,
      ...setting,
    ];
  const as =
    warnings.length > 0
      ? `It takes over the ${many} that it has, and does not touch those that are left out.`
      : `It takes the ${many} over as they are: nothing is written at Adobe.`;
  const commands = [
    folderCommands,
    `pulumi stack init ${quoteForShell(environment ?? "dev")}`,
    ...(sandbox === undefined ? [] : [`pulumi config set cja:sandbox ${quoteForShell(sandbox)}`]),
    "pulumi up",
  ];
  return [...next, commands.join(" && "), as, ...setting];
}

/** Why nothing was written: resources would leave the program. */
export const removedSegmentsText = ({ kind, plan }: Pick<Exported, "kind" | "plan">): string =>
  [
    "nothing was written: --force would remove these from the program:",
    ...plan.removedSegments.map((entry) => `  ${entry}`),
    `${kind === "Segment" ? "Use --merge to keep them, export" : "Export"} without a filter, or add --prune to remove them.`,
  ].join("\n");

/** Why nothing was written: the program may have the segments already. */
export const unclearPlacesText = (unclearPlaces: readonly UnclearPlace[]): string =>
  [
    "nothing was written, because the program might have segments twice:",
    ...unclearPlaces.map(({ path, line, reason }) => `  ${path}:${line} ${reason}`),
  ].join("\n");

/** Why nothing was written. */
export function conflictText({ kind, plan, folder }: Pick<Exported, "kind" | "plan" | "folder">): string {
  return [
    `nothing was written, because files in ${folder} are in the way:`,
    ...plan.conflicts.map(({ path, reason }) => `  ${path} ${reason}`),
    ...(kind === "Segment"
      ? [
          "Run it again with --merge (it updates the segments that the program has, and keeps the names of resources and everything",
          "else) or with --force (it overwrites the files of the export), or give another --out.",
        ]
      : ["Run it again with --force (it overwrites the files of the export), or give another --out."]),
  ].join("\n");
}
