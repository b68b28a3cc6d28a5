/**
 * Programs that tests run as they are, in versions of their own: Node and package managers. Each is a package of the npm registry, fetched
 * once into this user's cache, and is what tools/pinned-tools.json says to the byte.
 *
 *     node tools/pinned-tools.mjs node-26 yarn-classic      prints the folder of each
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeFolder, root, userCache } from "./folders.mjs";
import { npm, onInterrupt, run } from "./process.mjs";

const pins = JSON.parse(readFileSync(join(root, "tools", "pinned-tools.json"), "utf8"));
const platform = `${process.platform}-${process.arch}`;

/** The version that is pinned. */
export const pinnedToolVersion = (name) => pinOf(name).version;

/** The folder of the package that holds a tool; `say` gets a line when it is fetched. */
export async function pinnedTool(name, { say = () => {}, env = process.env } = {}) {
  const { version, packages } = pinOf(name);
  const pinned = packages.any ?? packages[platform];
  if (!pinned) throw new Error(`${name} ${version} is not pinned for ${platform}: see tools/pinned-tools.json`);
  const folder = join(userCache(env), `${name}-${version}-${packages.any ? "any" : platform}`);
  if (existsSync(folder)) return folder;
  say(`fetching ${name} ${version}, once`);
  await makeFolder(folder, async (draft) => {
    const tarball = await download(`${pinned.name}@${version}`, pinned.integrity, draft);
    await run("tar", ["-xzf", tarball, "-C", draft]);
    return join(draft, "package");
  }).catch((error) => {
    throw new Error(`${name} ${version} could not be had: ${error.output ?? error.message}`, { cause: error });
  });
  return folder;
}

function pinOf(name) {
  if (!Object.hasOwn(pins, name)) throw new Error(`there is no ${name}, only ${Object.keys(pins).join(", ")}`);
  return pins[name];
}

async function download(specifier, integrity, folder) {
  const [command, ...first] = npm();
  await run(command, [...first, "pack", specifier, "--pack-destination", folder, "--loglevel=error"], { cwd: folder });
  const file = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith(".tgz")),
  );
  const found = `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
  if (found !== integrity) throw new Error(`${specifier} is ${found}, and ${integrity} is pinned`);
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  onInterrupt();
  try {
    for (const name of process.argv.slice(2)) {
      console.log(await pinnedTool(name, { say: (line) => console.error(line) }));
    }
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
