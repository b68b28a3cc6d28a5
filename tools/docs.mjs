/** `npm run docs`: makes docs/reference from the docstrings. `--check`: fails where docs/reference is not what they say. */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./folders.mjs";
import { onInterrupt, run } from "./process.mjs";

const reference = join(root, "docs", "reference");
const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-docs-"));
const removeFolder = () => rmSync(folder, { recursive: true, force: true });
onInterrupt(removeFolder);

const contentOf = (path) =>
  existsSync(path)
    ? JSON.stringify(
        readdirSync(path)
          .sort()
          .map((file) => [file, readFileSync(join(path, file), "utf8")]),
      )
    : "";

try {
  const typedoc = join(root, "node_modules", "typedoc", "bin", "typedoc");
  await run(process.execPath, [typedoc, "--logLevel", "Error", "--out", folder], { cwd: root, terminal: true });
  if (!process.argv.includes("--check")) {
    rmSync(reference, { recursive: true, force: true });
    cpSync(folder, reference, { recursive: true });
  } else if (contentOf(folder) !== contentOf(reference)) {
    console.error("docs/reference is not what the docstrings say: run `npm run docs` and commit the result.");
    process.exitCode = 1;
  } else {
    console.log("docs/reference is what the docstrings say.");
  }
} finally {
  removeFolder();
}
