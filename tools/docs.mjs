/**
 * `npm run docs`: makes docs/reference from the docstrings and the messages in the code, and docs/settings.md from the table of settings. `--check`: fails where one of
 * them is not what these say.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./folders.mjs";
import { messagesPage } from "./messages.mjs";
import { onInterrupt, run } from "./process.mjs";
import { settingsPage } from "./settings-page.mjs";

const reference = join(root, "docs", "reference");
const settings = join(root, "docs", "settings.md");
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
  writeFileSync(join(folder, "messages.md"), messagesPage());
  const page = await settingsPage();
  if (!process.argv.includes("--check")) {
    rmSync(reference, { recursive: true, force: true });
    cpSync(folder, reference, { recursive: true });
    writeFileSync(settings, page);
  } else {
    const stale = [
      ...(contentOf(folder) === contentOf(reference) ? [] : ["docs/reference"]),
      ...(existsSync(settings) && readFileSync(settings, "utf8") === page ? [] : ["docs/settings.md"]),
    ];
    if (stale.length > 0) {
      console.error(`${stale.join(" and ")}: not what the sources say. Run \`npm run docs\` and commit the result.`);
      process.exitCode = 1;
    } else console.log("docs/reference and docs/settings.md are what the sources say.");
  }
} finally {
  removeFolder();
}
