import type { WritePlan } from "../../export/write-plan";

/** What was exported, for people and for programs. */
export interface Exported {
  readonly dataViewId: string;
  readonly folder: string;
  readonly dryRun: boolean;
  readonly environment: string | undefined;
  readonly segments: number;
  /** Of the data view, also those that a filter leaves out. */
  readonly listed: number;
  readonly warnings: readonly string[];
  readonly plan: WritePlan;
}

const pathsOf = ({ steps }: WritePlan, ...actions: readonly string[]): string[] =>
  steps.filter(({ action }) => actions.includes(action)).map(({ path }) => path);

/** For `--json`. */
export function summaryJson({ plan, dataViewId, folder, dryRun, segments, listed, warnings }: Exported): string {
  const files = {
    new: pathsOf(plan, "new"),
    changed: pathsOf(plan, "change"),
    unchanged: pathsOf(plan, "unchanged"),
    kept: pathsOf(plan, "keep"),
    notInExport: plan.left,
  };
  return `${JSON.stringify({ dataViewId, out: folder, dryRun, segments, listed, files, warnings }, null, 2)}\n`;
}

/** What a shell takes for one word. */
const word = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** In words, with what to do next. */
export function summaryText({ plan, folder, dryRun, segments, listed, environment }: Exported): string {
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
  if (plan.left.length > 0)
    lines.push("not in the export any more, and left for you to delete:", ...plan.left.map((path) => `  ${path}`));
  if (!dryRun)
    lines.push(
      "",
      "Next, with the settings of your tenant (CJA_ORG_ID …):",
      `  cd ${word(folder)} && npm install && pulumi stack init ${word(environment ?? "dev")} && pulumi up`,
      "It takes the segments over as they are: nothing is written at Adobe.",
    );
  return `${lines.join("\n")}\n`;
}

/** Why nothing was written. */
export function refusal({ plan, folder }: Pick<Exported, "plan" | "folder">): string {
  return [
    `nothing was written, since files in ${folder} are in the way:`,
    ...plan.conflicts.map(({ path, reason }) => `  ${path} ${reason}`),
    "Run it again with --merge (segments are brought up to date in the files that have their adoptId, resources keep their names,",
    "other files stay as they are) or with --force (the files of the export are overwritten), or give another --out.",
  ].join("\n");
}
