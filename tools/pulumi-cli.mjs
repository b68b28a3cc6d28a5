/**
 * Finds the Pulumi CLI, or gets one: on PATH, in this user's cache, a released one, or one built from Go modules.
 *
 *     node tools/pulumi-cli.mjs        prints { version, source, pulumi, path } as JSON; `path` is a PATH to run it with
 */
import { accessSync, constants, copyFileSync, chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeFolder, root, userCache } from "./folders.mjs";
import { onInterrupt, run } from "./process.mjs";
import { downloadRelease } from "./pulumi-release.mjs";
import { buildFromSource } from "./pulumi-source.mjs";

/** All is tried with the pinned version; one that somebody has already is taken down to this one. */
const oldest = "3.200.0";
const suffix = process.platform === "win32" ? ".exe" : "";
const needed = ["pulumi", "pulumi-language-nodejs"].map((name) => name + suffix);
/** npm's SDK ships it, as a script that looks for the SDK of the project it is started in. */
const dynamicProviderHost =
  process.platform === "win32" ? "pulumi-resource-pulumi-nodejs.cmd" : "pulumi-resource-pulumi-nodejs";
const sdk = join(root, "node_modules", "@pulumi", "pulumi");

/** The version that is downloaded or built: the newest that all was tried with. `oldest-cli`: what tools/platforms.mjs tries beside it. */
export function pinnedVersion(module = "cli") {
  const text = readFileSync(join(root, "tools", "pulumi-cli", module, "go.mod"), "utf8");
  return /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(text)[1];
}

/** Where a CLI of this version is kept for this user. */
export function cachedFolder(version, env = process.env) {
  return join(userCache(env), `pulumi-${version}-${process.platform}-${process.arch}`);
}

/**
 * The CLI to use: `{ version, source: "PATH" | "cache" | "download" | "Go modules", pulumi, path }`. Needs node_modules.
 * `say` gets one line per thing that takes time.
 */
export async function resolvePulumi({ say = () => {}, env = process.env } = {}) {
  const elsewhere = [
    `  - Install Pulumi ${oldest} or newer, so that \`pulumi version\` works: https://www.pulumi.com/docs/install/`,
  ];
  return (await findOnPath(env, say)) ?? obtainPulumi({ version: pinnedVersion(), say, env, elsewhere });
}

/** The CLI of one version, as `resolvePulumi` answers it, whatever is on PATH. `elsewhere`: lines of what helps beside that. */
export async function obtainPulumi({ version, say = () => {}, env = process.env, elsewhere = [] }) {
  const folder = cachedFolder(version, env);
  const bin = join(folder, "bin");
  const found = (source) => ({ version, source, pulumi: join(bin, needed[0]), path: pathWith([bin], env) });
  if (missingIn(bin).length === 0) return found("cache");

  const reasons = [];
  for (const [source, obtain] of [
    ["download", downloadRelease],
    ["Go modules", buildFromSource],
  ]) {
    try {
      await keep(folder, (target) => obtain({ version, target, suffix, env, say }));
      return found(source);
    } catch (error) {
      reasons.push(`${source}: ${error.message}`);
    }
  }
  throw new Error(
    [
      `Pulumi ${version} is not in the cache, and could not be had:`,
      ...reasons.map((reason) => `  - ${reason}`),
      "One of these helps:",
      "  - Allow the network to reach get.pulumi.com and github.com: a release is downloaded.",
      "  - Install Go (https://go.dev/dl/): the CLI is built, once, in about 7 minutes.",
      ...elsewhere,
    ].join("\n"),
  );
}

async function findOnPath(env, say) {
  const pulumi = findExecutable(needed[0], env);
  if (!pulumi) return undefined;
  const beside = isExecutable(join(dirname(pulumi), needed[1])) ? undefined : findExecutable(needed[1], env);
  if (!beside && !isExecutable(join(dirname(pulumi), needed[1]))) {
    say(`the pulumi on PATH has no ${needed[1]} beside it: not used`);
    return undefined;
  }
  let version;
  try {
    const { stdout } = await run(pulumi, ["version"], {
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeout: 30_000,
    });
    version = stdout.trim().replace(/^v/, "");
  } catch (error) {
    say(`the pulumi on PATH does not run (${error.message}): not used`);
    return undefined;
  }
  if (!isAtLeast(version, oldest)) {
    say(`the pulumi on PATH is ${version}, older than ${oldest}: not used`);
    return undefined;
  }
  return {
    version,
    source: "PATH",
    pulumi,
    path: pathWith([dirname(pulumi), ...(beside ? [dirname(beside)] : [])], env),
  };
}

/** Fills a folder with a CLI that is whole. */
async function keep(folder, fill) {
  await makeFolder(folder, async (draft) => {
    const bin = join(draft, "bin");
    mkdirSync(bin);
    await fill(draft);
    if (!existsSync(join(bin, dynamicProviderHost))) {
      copyFileSync(join(sdk, dynamicProviderHost), join(bin, dynamicProviderHost));
      chmodSync(join(bin, dynamicProviderHost), 0o755);
    }
    const missing = missingIn(bin);
    if (missing.length > 0) throw new Error(`${missing.join(" and ")} is missing from what came`);
  });
  // One that was there, and that somebody has taken something out of.
  const missing = missingIn(join(folder, "bin"));
  if (missing.length > 0) throw new Error(`${missing.join(" and ")} is missing from ${folder}: remove that folder`);
}

/** The programs of a CLI that a folder lacks. */
const missingIn = (bin) => needed.filter((name) => !isExecutable(join(bin, name)));

/** This Node first, so that the engine's Node processes are of the version that runs the tools. */
function pathWith(folders, env) {
  return [...new Set([...folders, dirname(process.execPath), ...(env.PATH ?? "").split(delimiter), sdk])]
    .filter(Boolean)
    .join(delimiter);
}

function findExecutable(name, env) {
  const folder = (env.PATH ?? "").split(delimiter).find((entry) => entry && isExecutable(join(entry, name)));
  return folder && join(folder, name);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isAtLeast(version, minimum) {
  const [a, b] = [version, minimum].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 || a[at] > b[at];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  onInterrupt();
  try {
    console.log(JSON.stringify(await resolvePulumi({ say: (line) => console.error(line) }), undefined, 2));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
