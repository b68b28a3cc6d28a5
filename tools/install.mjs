/** Installs what the project needs, when it is missing or not what the lock file says. Plain Node: nothing is installed yet. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./folders.mjs";
import { npm, run } from "./process.mjs";

/** Throws where the Node that runs this is too old; says which is needed. */
export function requireNode(version = process.versions.node) {
  const { engines } = readJson(join(root, "package.json"));
  const needed = engines.node.replace(/^>=/, "").split(".").map(Number);
  const present = version.split(".").map(Number);
  const older = needed.findIndex((part, at) => part !== present[at]);
  if (older >= 0 && present[older] < needed[older]) {
    const help = "install a newer one from https://nodejs.org, then run the same command again.";
    throw Object.assign(new Error(`Node ${engines.node} is needed, this is ${version}.`), { help });
  }
}

/** The packages of the lock file that node_modules does not hold in that version. */
export function missingPackages(folder = root) {
  const wanted = readJson(join(folder, "package-lock.json")).packages;
  const present = readJson(join(folder, "node_modules", ".package-lock.json"))?.packages ?? {};
  return Object.entries(wanted)
    .filter(([path, entry]) => path.startsWith("node_modules/") && !entry.optional && !entry.peer)
    .filter(([path, entry]) => present[path]?.version !== entry.version || (entry.link && !present[path]))
    .map(([path]) => path);
}

/** `npm ci`, unless node_modules is what the lock file says. */
export async function ensureInstalled({ say = () => {}, onText } = {}) {
  requireNode();
  const missing = missingPackages();
  if (missing.length === 0) return say("node_modules is what package-lock.json says");
  say(`npm ci: ${missing.length} packages are missing or of another version`);
  const [command, ...first] = npm();
  await run(command, [...first, "ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root, onText });
  say("installed");
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
