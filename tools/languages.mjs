/**
 * What runs Pulumi programs in other languages than those of Node: the one beside the Pulumi CLI, as releases have it, or one that is
 * compiled once from Go modules.
 *
 *     node tools/languages.mjs yaml python      prints for each the folder to put on PATH
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { goTool, pinnedModule } from "./go-tool.mjs";
import { onInterrupt } from "./process.mjs";
import { resolvePulumi } from "./pulumi-cli.mjs";

const suffix = process.platform === "win32" ? ".exe" : "";

const LANGUAGES = {
  yaml: {
    version: () => pinnedModule("pulumi-cli/yaml-host", "github.com/pulumi/pulumi-yaml"),
    folder: "pulumi-cli/yaml-host",
    path: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  },
  python: {
    version: () => pinnedModule("pulumi-cli/nodejs-host", "github.com/pulumi/pulumi/sdk/v3"),
    folder: "pulumi-cli/nodejs-host",
    path: "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python",
    beside: { module: "github.com/pulumi/pulumi/sdk/v3", files: ["python/cmd/pulumi-language-python-exec"] },
  },
};

/** The folder with what runs programs of a language; throws where there is none. `say` gets a line when it is compiled. */
export async function languageHost(language, { cli, say, env } = {}) {
  if (!Object.hasOwn(LANGUAGES, language))
    throw new Error(`there is no ${language}, only ${Object.keys(LANGUAGES).join(", ")}`);
  const name = `pulumi-language-${language}`;
  const besideCli = dirname((cli ?? (await resolvePulumi({ say, env }))).pulumi);
  if (existsSync(join(besideCli, name + suffix))) return besideCli;
  const { version, ...source } = LANGUAGES[language];
  return dirname(await goTool({ name, version: version(), ...source, say, env }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  onInterrupt();
  try {
    for (const language of process.argv.slice(2))
      console.log(await languageHost(language, { say: (line) => console.error(line) }));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
