/**
 * The linter of GitHub workflows, compiled once from the pinned Go module in tools/actionlint, and run.
 *
 *     node tools/actionlint.mjs examples/gitops/.github/workflows/*.yml
 */
import { pathToFileURL } from "node:url";
import { goTool, pinnedModule } from "./go-tool.mjs";
import { CommandFailed, onInterrupt, run } from "./process.mjs";

// What a machine happens to have installed beside it must not decide what is a mistake.
const alone = ["-shellcheck=", "-pyflakes="];

/** The path of the linter; `say` gets a line when it is compiled. */
export const resolveActionlint = ({ say, env } = {}) =>
  goTool({
    name: "actionlint",
    version: pinnedModule("actionlint", "github.com/rhysd/actionlint"),
    folder: "actionlint",
    path: "github.com/rhysd/actionlint/cmd/actionlint",
    say,
    env,
  });

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  onInterrupt();
  try {
    const linter = await resolveActionlint({ say: (line) => console.error(line) });
    await run(linter, [...alone, ...process.argv.slice(2)], { terminal: true });
  } catch (error) {
    if (!(error instanceof CommandFailed)) console.error(error.message);
    process.exitCode = 1;
  }
}
