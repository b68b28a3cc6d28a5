/**
 * `npm run sdks`: the plugin's SDKs for other languages, made from plugin/schema.json into .tmp/sdks, and compiled where this machine can.
 * `-- --out FOLDER` puts them elsewhere, `-- python go` makes these alone.
 *
 * Those of Python and Go are made here (tools/pulumi-cli/cli/sdks), those of .NET and Java by the hosts that a released CLI has beside it.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { root } from "./folders.mjs";
import { goTool } from "./go-tool.mjs";
import { CommandFailed, onInterrupt, run } from "./process.mjs";
import { pinnedVersion, resolvePulumi } from "./pulumi-cli.mjs";

const schema = join(root, "plugin", "schema.json");
const cliModule = join(root, "tools", "pulumi-cli", "cli");

const LANGUAGES = {
  python: { make: generate, compile: compilePython },
  go: { make: generate, compile: compileGo },
  dotnet: { make: byHost, compile: (folder) => run("dotnet", ["build", folder], { cwd: folder }) },
  java: { make: byHost },
};

/**
 * Makes the SDK of a language in `folder`, in place of what is there.
 *
 * @throws Error that says what this machine lacks
 */
export async function makeSdk(language, folder, { say } = {}) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await LANGUAGES[language].make(language, folder, say);
}

async function generate(language, folder, say) {
  const source = readFileSync(join(cliModule, "sdks", "main.go"));
  const generator = await goTool({
    name: "pulumi-sdks",
    version: `${pinnedVersion()}-${createHash("sha256").update(source).digest("hex").slice(0, 8)}`,
    folder: "pulumi-cli/cli",
    path: "./sdks",
    say,
  });
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  await run(generator, [language, schema, version, folder]);
}

async function byHost(language, folder) {
  const { pulumi, path } = await resolvePulumi();
  const host = join(dirname(pulumi), `pulumi-language-${language}${process.platform === "win32" ? ".exe" : ""}`);
  if (!existsSync(host)) throw new Error(`the Pulumi CLI here has no pulumi-language-${language} beside it`);
  const args = ["package", "gen-sdk", schema, "--language", language, "--out", folder];
  await run(pulumi, args, { env: { ...process.env, PATH: path } });
}

async function compilePython(folder) {
  await run("python3", ["-m", "compileall", "-q", folder]);
}

/** With the versions and the flag that the CLI is built with: what has been compiled for it is in the cache of Go. */
async function compileGo(folder) {
  const sdk = join(folder, "cja");
  const [, module] = /"(\S+)\/internal"/.exec(readFileSync(join(sdk, "segment.go"), "utf8")) ?? [];
  const versions = readFileSync(join(cliModule, "go.mod"), "utf8").replace(/^module .*/m, `module ${module}`);
  writeFileSync(join(sdk, "go.mod"), versions);
  writeFileSync(join(sdk, "go.sum"), readFileSync(join(cliModule, "go.sum")));
  // What was made is what somebody publishes, with versions of their own.
  const remove = () => ["go.mod", "go.sum"].forEach((file) => rmSync(join(sdk, file)));
  await run("go", ["build", "-mod=mod", "-trimpath", "./..."], { cwd: sdk }).finally(remove);
}

async function main() {
  const { values, positionals } = parseArgs({ options: { out: { type: "string" } }, allowPositionals: true });
  const out = resolve(values.out ?? join(root, ".tmp", "sdks"));
  const unknown = positionals.filter((language) => !Object.hasOwn(LANGUAGES, language));
  if (unknown.length > 0)
    throw new Error(`no SDK for ${unknown.join(", ")}, only ${Object.keys(LANGUAGES).join(", ")}`);
  const say = (line) => console.error(line);
  for (const language of positionals.length > 0 ? positionals : Object.keys(LANGUAGES)) {
    const folder = join(out, language);
    try {
      await makeSdk(language, folder, { say });
    } catch (error) {
      if (error instanceof CommandFailed) throw new Error(`${language}: ${error.output}`, { cause: error });
      console.log(`${language}: left out, since ${error.message.split("\n")[0]}`);
      continue;
    }
    console.log(`${language}: ${relative(process.cwd(), folder)}${await compiled(language, folder)}`);
  }
}

async function compiled(language, folder) {
  const { compile } = LANGUAGES[language];
  if (!compile) return ", not compiled";
  try {
    await compile(folder);
    return ", compiled";
  } catch (error) {
    if (error.code === "ENOENT") return ", not compiled, since its compiler is not here";
    throw new Error(`${language} does not compile: ${error.output ?? error.message}`, { cause: error });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  onInterrupt();
  try {
    await main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
