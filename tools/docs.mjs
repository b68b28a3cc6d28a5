/**
 * `npm run docs`: makes docs/reference from the docstrings and the messages in the code, docs/settings.md from the table of settings,
 * plugin/schema.json from both, THIRD-PARTY-LICENSES.txt from the packages, and the site in .tmp/site from all pages. `--no-site`: without
 * it. `--check`: fails where one of the first four is not what its sources say. `--base /path/`: where the site will lie.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { bundledPackages } from "./build.mjs";
import { root } from "./folders.mjs";
import { licencesText } from "./licences.mjs";
import { messagesPage } from "./messages.mjs";
import { pluginSchema } from "./plugin-schema.mjs";
import { onInterrupt, run } from "./process.mjs";
import { settingsPage } from "./settings-page.mjs";

const reference = join(root, "docs", "reference");
const settings = join(root, "docs", "settings.md");
const schema = join(root, "plugin", "schema.json");
const licences = join(root, "THIRD-PARTY-LICENSES.txt");
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

const isText = (file, text) => existsSync(file) && readFileSync(file, "utf8") === text;

const [, , ...wanted] = process.argv;

try {
  const typedoc = join(root, "node_modules", "typedoc", "bin", "typedoc");
  await run(process.execPath, [typedoc, "--logLevel", "Error", "--out", folder], { cwd: root, terminal: true });
  writeFileSync(join(folder, "messages.md"), messagesPage());
  const page = await settingsPage();
  const schemaText = await format(JSON.stringify(await pluginSchema()), { parser: "json", printWidth: 120 });
  const licencesNow = licencesText({ folder: root, ...(await bundledPackages()) });
  if (!wanted.includes("--check")) {
    rmSync(reference, { recursive: true, force: true });
    cpSync(folder, reference, { recursive: true });
    writeFileSync(settings, page);
    writeFileSync(schema, schemaText);
    writeFileSync(licences, licencesNow);
    if (!wanted.includes("--no-site")) await site(wanted);
  } else {
    const stale = [
      ...(contentOf(folder) === contentOf(reference) ? [] : ["docs/reference"]),
      ...(isText(schema, schemaText) ? [] : ["plugin/schema.json"]),
      ...(isText(settings, page) ? [] : ["docs/settings.md"]),
      ...(isText(licences, licencesNow) ? [] : ["THIRD-PARTY-LICENSES.txt"]),
    ];
    if (stale.length > 0) {
      console.error(`${stale.join(" and ")}: not what the sources say. Run \`npm run docs\` and commit the result.`);
      process.exitCode = 1;
    } else
      console.log(
        "docs/reference, docs/settings.md, plugin/schema.json and THIRD-PARTY-LICENSES.txt are what the sources say.",
      );
  }
} catch (error) {
  // What the command prints itself says more, and for a licence its words are enough.
  console.error(error.message);
  process.exitCode = 1;
} finally {
  removeFolder();
}

/** It fails where a page links to a page that is not there. */
async function site(options) {
  const vitepress = join(root, "node_modules", "vitepress", "bin", "vitepress.js");
  await run(process.execPath, [vitepress, "build", "docs", ...options], { cwd: root, terminal: true });
  console.log("The site is in .tmp/site. To read it: npx vitepress preview docs");
}
