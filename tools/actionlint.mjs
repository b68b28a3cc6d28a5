/**
 * The linter of GitHub workflows, compiled once from the pinned Go module in tools/actionlint, and run.
 *
 *     node tools/actionlint.mjs examples/gitops/.github/workflows/*.yml
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, userCache } from "./folders.mjs";
import { CommandFailed, onInterrupt, run } from "./process.mjs";

const module = join(root, "tools", "actionlint");
const suffix = process.platform === "win32" ? ".exe" : "";
// What a machine happens to have installed beside it must not decide what is a mistake.
const alone = ["-shellcheck=", "-pyflakes="];

/** The path of the linter; `say` gets a line when it is compiled. */
export async function resolveActionlint({ say = () => {}, env = process.env } = {}) {
  const version = /rhysd\/actionlint v(\S+)/.exec(readFileSync(join(module, "go.mod"), "utf8"))[1];
  const file = join(userCache(env), `actionlint-${version}-${process.platform}-${process.arch}`, `actionlint${suffix}`);
  if (existsSync(file)) return file;
  say(`compiling actionlint ${version}, once`);
  mkdirSync(dirname(file), { recursive: true });
  // Under another name until it is whole: an interrupted build, or one beside this, leaves nothing that looks so.
  const draft = mkdtempSync(`${dirname(file)}.draft-`);
  try {
    const output = join(draft, `actionlint${suffix}`);
    const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", "-s -w", "-o", output];
    await run("go", [...args, "github.com/rhysd/actionlint/cmd/actionlint"], { cwd: module, env });
    renameSync(output, file);
  } catch (error) {
    const reason =
      error.code === "ENOENT" ? "Go is not installed: https://go.dev/dl/" : (error.output ?? error.message);
    throw new Error(`there is no actionlint ${version} here, and it could not be built: ${reason}`, { cause: error });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return file;
}

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
