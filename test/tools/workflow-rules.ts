/** What is asked of GitHub's workflows, those of the example and the project's own. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const linter = resolve(__dirname, "../../tools/actionlint.mjs");

export const hasGo = process.env["CI"] === "true" || spawnSync("go", ["version"]).status === 0;
if (!hasGo)
  process.stderr.write("Left out: actionlint on the workflows, since there is no Go here (https://go.dev/dl/).\n");

/** What actionlint prints, and its exit status. */
export function lint(...files: readonly string[]): [string, number | null] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [linter, ...files], { encoding: "utf8" });
  return [stdout + (status === 0 ? "" : stderr), status];
}

/** The lines of a workflow that take an action by anything but a commit, with its version beside it. */
export function actionsWithoutCommit(text: string): string[] {
  const lines = text.match(/^.*\buses:.*$/gm) ?? [];
  if (lines.length === 0) throw new Error("this workflow uses no action: is it read at all?");
  return lines.filter(
    (line) => !/uses: ([\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/\.github\/workflows\/[\w-]+\.yml)$/.test(line),
  );
}
