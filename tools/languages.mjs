/**
 * What runs Pulumi programs in other languages than those of Node: the one beside the Pulumi CLI, as releases have it, or one that is
 * compiled once from Go modules.
 *
 *     node tools/languages.mjs yaml python      prints for each the folder to put on PATH
 *     node tools/languages.mjs virtualenv       prints a virtual environment of Python that has Pulumi's SDK
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeFolder, userCache } from "./folders.mjs";
import { goTool, pinnedModule } from "./go-tool.mjs";
import { onInterrupt, run } from "./process.mjs";
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

/** The newest with which everything was tried. */
const PYTHON_SDK = "3.272.0";

/** A virtual environment with Pulumi's SDK, made once for this user; throws where there is no Python. */
export async function virtualenv({ say = () => {}, env = process.env } = {}) {
  const { stdout } = await run("python3", ["-c", "import platform; print(platform.python_version())"], { env }).catch(
    (error) => {
      throw new Error(error.code === "ENOENT" ? "Python is not installed" : error.message, { cause: error });
    },
  );
  const folder = join(
    userCache(env),
    `python-${stdout.trim()}-pulumi-${PYTHON_SDK}-${process.platform}-${process.arch}`,
  );
  if (existsSync(folder)) return folder;
  say(`installing Pulumi's SDK for Python, ${PYTHON_SDK}, once`);
  try {
    // What is asked for in it is Python itself, which may be moved.
    await makeFolder(folder, async (draft) => {
      await run("python3", ["-m", "venv", draft], { env });
      const python = join(draft, process.platform === "win32" ? "Scripts" : "bin", "python");
      // With what a package is installed from its sources.
      await run(python, ["-m", "pip", "install", "--quiet", `pulumi==${PYTHON_SDK}`, "setuptools>=70.1"], { env });
    });
  } catch (error) {
    throw new Error(`Pulumi's SDK for Python could not be had: ${error.output ?? error.message}`, { cause: error });
  }
  return folder;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  onInterrupt();
  try {
    const say = (line) => console.error(line);
    for (const word of process.argv.slice(2))
      console.log(await (word === "virtualenv" ? virtualenv({ say }) : languageHost(word, { say })));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
