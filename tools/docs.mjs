/**
 * `npm run docs`: makes docs/reference from the docstrings, then the site in .tmp/site from all pages.
 * `--reference`: no site. `--check`: fails where docs/reference is not what the docstrings say. `--base /path/`: where the site will lie.
 */
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
        readdirSync(path, { recursive: true })
          .filter((file) => file.endsWith(".md"))
          .sort()
          .map((file) => [file, readFileSync(join(path, file), "utf8")]),
      )
    : "";

const [, , ...wanted] = process.argv;

try {
  const typedoc = join(root, "node_modules", "typedoc", "bin", "typedoc");
  await run(process.execPath, [typedoc, "--logLevel", "Error", "--out", folder], { cwd: root, terminal: true });
  if (!wanted.includes("--check")) {
    rmSync(reference, { recursive: true, force: true });
    cpSync(folder, reference, { recursive: true });
    if (!wanted.includes("--reference")) await site(wanted);
  } else if (contentOf(folder) !== contentOf(reference)) {
    console.error("docs/reference is not what the docstrings say: run `npm run docs` and commit the result.");
    process.exitCode = 1;
  } else {
    console.log("docs/reference is what the docstrings say.");
  }
} finally {
  removeFolder();
}

/** It fails where a page links to a page that is not there. */
async function site(options) {
  const vitepress = join(root, "node_modules", "vitepress", "bin", "vitepress.js");
  await run(process.execPath, [vitepress, "build", "docs", ...options], { cwd: root, terminal: true });
  console.log("The site is in .tmp/site. It needs a web server: npx vitepress preview docs");
}
