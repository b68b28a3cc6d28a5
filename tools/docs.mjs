/**
 * `npm run docs`: makes docs/reference from the docstrings and the messages in the code, docs/settings.md from the table of settings,
 * plugin/schema.json from both, and the site in .tmp/site from all pages. `--no-site`: without it. `--check`: fails where one of the three
 * is not what these say. `--base /path/`: where the site will lie.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { root } from "./folders.mjs";
import { messagesPage } from "./messages.mjs";
import { pluginSchema } from "./plugin-schema.mjs";
import { onInterrupt, run } from "./process.mjs";
import { settingsPage } from "./settings-page.mjs";

const reference = join(root, "docs", "reference");
const settings = join(root, "docs", "settings.md");
const schema = join(root, "plugin", "schema.json");
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
  writeFileSync(join(folder, "messages.md"), messagesPage());
  const page = await settingsPage();
  const schemaText = await format(JSON.stringify(await pluginSchema()), { parser: "json", printWidth: 120 });
  if (!wanted.includes("--check")) {
    rmSync(reference, { recursive: true, force: true });
    cpSync(folder, reference, { recursive: true });
    writeFileSync(settings, page);
    writeFileSync(schema, schemaText);
    if (!wanted.includes("--no-site")) await site(wanted);
  } else {
    const stale = [
      ...(contentOf(folder) === contentOf(reference) ? [] : ["docs/reference"]),
      ...(existsSync(settings) && readFileSync(settings, "utf8") === page ? [] : ["docs/settings.md"]),
      ...(existsSync(schema) && readFileSync(schema, "utf8") === schemaText ? [] : ["plugin/schema.json"]),
    ];
    if (stale.length > 0) {
      console.error(`${stale.join(" and ")}: not what the sources say. Run \`npm run docs\` and commit the result.`);
      process.exitCode = 1;
    } else console.log("docs/reference, docs/settings.md and plugin/schema.json are what the sources say.");
  }
} finally {
  removeFolder();
}

/** It fails where a page links to a page that is not there. */
async function site(options) {
  const vitepress = join(root, "node_modules", "vitepress", "bin", "vitepress.js");
  await run(process.execPath, [vitepress, "build", "docs", ...options], { cwd: root, terminal: true });
  console.log("The site is in .tmp/site. To read it: npx vitepress preview docs");
}
