import type { UnclearPlace } from "./existing-program";
import type { WritePlan } from "./write-plan";

/** What was exported, for people and for programs. */
export interface Exported {
  readonly dataViewId: string;
  readonly folder: string;
  readonly dryRun: boolean;
  readonly environment: string | undefined;
  readonly segments: number;
  /** Of the data view, also those that a filter leaves out. */
  readonly listed: number;
  /** The segments that are left out, with the reason. */
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
  const { dataViewId, dryRun, segments, listed, warnings, notManaged, toAdd } = exported;
  const files = {
    new: pathsOf(plan, "new"),
    changed: pathsOf(plan, "change"),
    unchanged: pathsOf(plan, "unchanged"),
    kept: pathsOf(plan, "keep"),
    notInExport: plan.leftFiles.map(({ path }) => path),
  };
  const { programOwned } = plan;
  const summary = {
    dataViewId,
    out: folder,
    dryRun,
    segments,
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
  const { plan, folder, dryRun, segments, listed, warnings, notManaged, toAdd } = exported;
  const count = (action: string) => pathsOf(plan, action).length;
  const of = listed === segments ? "" : ` of ${listed}`;
  const files = [
    `${count("new")} new`,
    `${count("change")} changed`,
    `${count("unchanged")} unchanged`,
    ...(count("keep") > 0 ? [`${count("keep")} kept as they are (${pathsOf(plan, "keep").join(", ")})`] : []),
  ];
  const lines = [`${segments}${of} segments exported into ${folder}; files: ${files.join(", ")}`];
  if (dryRun) lines[0] = `${lines[0]} (--dry-run: nothing was written)`;
  const list = (title: string, entries: readonly string[]) => {
    if (entries.length > 0) lines.push(title, ...entries.map((entry) => `  ${entry}`));
  };
  list("left out:", warnings);
  list("not in the program, which leaves them as they are:", notManaged);
  const leftFiles = plan.leftFiles.map(({ path, line }) => (line === undefined ? path : `${path}, and ${line}`));
  list(
    "left as the program says it in a way of its own (`pulumi preview --refresh` shows what differs):",
    plan.programOwned,
  );
  list("not in the export any more, and left for you to delete:", leftFiles);
  list("files that are kept lack what the segments need:", toAdd);
  if (!dryRun) lines.push(...nextSteps(exported));
  return `${lines.join("\n")}\n`;
}

function nextSteps({ plan, folder, environment, warnings }: Exported): string[] {
  if (pathsOf(plan, "new", "change").length === 0) return [];
  const next = ["", "Next, with the settings of your tenant (CJA_ORG_ID …):"];
  const folderCommands = `  cd ${quoteForShell(folder)} && npm install`;
  // The stack may have some of the segments by now.
  if (pathsOf(plan, "change", "keep").length > 0)
    return [
      ...next,
      folderCommands,
      "Run `pulumi up --refresh`: segments that the stack has already are then compared with what is at Adobe.",
    ];
  const as =
    warnings.length > 0
      ? "It takes over the segments that it has; those that are left out are none of its business."
      : "It takes the segments over as they are: nothing is written at Adobe.";
  return [...next, `${folderCommands} && pulumi stack init ${quoteForShell(environment ?? "dev")} && pulumi up`, as];
}

/** Why nothing was written: segments would leave the program. */
export const removedSegmentsText = ({ plan }: Pick<Exported, "plan">): string =>
  [
    "nothing was written; with --force these leave the program:",
    ...plan.removedSegments.map((entry) => `  ${entry}`),
    "Use --merge to keep them, export without a filter, or give --prune as well if they are to leave.",
  ].join("\n");

/** Why nothing was written: the program may have the segments already. */
export const unclearPlacesText = (doubts: readonly UnclearPlace[]): string =>
  [
    "nothing was written, since the program might have segments twice:",
    ...doubts.map(({ path, line, reason }) => `  ${path}:${line} ${reason}`),
  ].join("\n");

/** Why nothing was written. */
export function conflictText({ plan, folder }: Pick<Exported, "plan" | "folder">): string {
  return [
    `nothing was written, since files in ${folder} are in the way:`,
    ...plan.conflicts.map(({ path, reason }) => `  ${path} ${reason}`),
    "Run it again with --merge (segments are brought up to date where the program has them, resources keep their names,",
    "all else stays as it is) or with --force (the files of the export are overwritten), or give another --out.",
  ].join("\n");
}
