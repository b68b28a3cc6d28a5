/**
 * Compiles the package into dist/, when a source has changed since. tsc writes into a folder of its own, from which only files
 * that differ are moved over, each in one step: a provider process that loads dist/ at the same time never sees half a file.
 */
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { buildCache, root } from "./folders.mjs";
import { CommandFailed, onInterrupt, run } from "./process.mjs";

const dist = join(root, "dist");
const stamp = join(buildCache, "build.json");
const executable = "cli/main.js";

/** Compiles if needed. Returns "fresh" or "built"; throws on type errors, after having written what could be compiled. */
export async function ensureBuilt({ force = false } = {}) {
  const wanted = fingerprint();
  const last = force ? undefined : lastBuildOf(wanted);
  if (last?.errors) throw new Error(last.errors);
  if (last) return "fresh";
  mkdirSync(buildCache, { recursive: true });
  const staging = mkdtempSync(join(buildCache, "build-"));
  try {
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const failure = await run(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", staging], {
      cwd: root,
    }).then(
      () => undefined,
      (error) => error,
    );
    if (failure && !(failure instanceof CommandFailed)) throw failure;
    let joined = [];
    let inPlugin = [];
    if (!failure) {
      joined = await Promise.all([
        ...[joinProvider(staging), joinCharts(staging), joinEmulator(staging)],
        joinTables(staging),
      ]);
      inPlugin = await joinPlugin(staging);
      removeInternalDeclarations(staging);
    }
    publish(staging);
    const errors = failure && `the sources do not compile:\n${failure.output.trim()}`;
    const bundled = [...new Set(joined.flat())].sort();
    writeFileSync(stamp, JSON.stringify({ sources: wanted, files: filesBelow(dist), bundled, inPlugin, errors }));
    if (errors) throw new Error(errors);
    return "built";
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** The packages of which dist/ has parts, by their paths in package-lock.json: those of the plugin all by themselves, the others with what is in them. */
export async function bundledPackages() {
  await ensureBuilt();
  const { bundled, inPlugin } = JSON.parse(readFileSync(stamp, "utf8"));
  return { bundled, parts: inPlugin };
}

/**
 * The engine starts a provider process for each operation, and each of a hundred small files costs a quarter of a millisecond
 * there: what it loads is one file. The libraries stay where npm puts them.
 */
async function joinProvider(folder) {
  return joinFiles(join(folder, "provider", "index.js"), { legalComments: "none" });
}

/** The plugin has all in one file: it also runs where no npm has put the libraries beside it. Only who has a Redis installs its library. */
async function joinPlugin(folder) {
  const packages = await joinFiles(join(folder, "provider", "native", "main.js"), {
    external: ["@redis/client"],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
  });
  return [...new Set(packages)].sort();
}

/**
 * The library of the charts is 60 MB as a package, of which a page needs one: it is no dependency of those who install ours, but a part
 * of the only file that draws (docs/decisions/job-charts.md). Its licences are in THIRD-PARTY-LICENSES.txt.
 */
async function joinCharts(folder) {
  return joinFiles(join(folder, "cli", "jobs", "html", "draw.js"), { minify: true, legalComments: "none" });
}

/** Most of the library for CSV is its builds for browsers and the other module kinds: 1.6 MB as a package, 70 KB in this file. */
async function joinTables(folder) {
  return joinFiles(join(folder, "cli", "events-file", "csv-rows.js"), { legalComments: "none" });
}

/** Its routes' library is used by nothing else: 4 MB as a package, a small part of this file (docs/decisions/dependencies.md). */
async function joinEmulator(folder) {
  const emulator = join(folder, "emulator");
  const bundled = await joinFiles(join(emulator, "index.js"), { legalComments: "none" });
  // Without that package they could not be loaded.
  for (const file of filesBelow(emulator))
    if (file.endsWith(".js") && file !== "index.js") rmSync(join(emulator, file));
  return bundled;
}

/** Most declarations are of modules that no program can import: they would be a third of what is installed. */
function removeInternalDeclarations(folder) {
  const reached = new Set();
  const ahead = Object.values(manifest().exports).flatMap(({ types }) => types ?? []);
  for (let file = ahead.pop(); file !== undefined; file = ahead.pop()) {
    const path = join(folder, relative("dist", file));
    if (reached.has(path)) continue;
    reached.add(path);
    for (const [, from] of readFileSync(path, "utf8").matchAll(/(?:from |import\()"(\.[^"]*)"/g)) {
      const base = join(dirname(file), from);
      const isFile = existsSync(join(folder, relative("dist", `${base}.d.ts`)));
      ahead.push(isFile ? `${base}.d.ts` : join(base, "index.d.ts"));
    }
  }
  for (const file of filesBelow(folder))
    if (file.endsWith(".d.ts") && !reached.has(join(folder, file))) rmSync(join(folder, file));
}

/** Returns the packages that have come into the file, by their paths in package-lock.json. */
async function joinFiles(file, options) {
  const { build } = await import("esbuild");
  const { name, dependencies, peerDependencies } = manifest();
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: [file],
    outfile: file,
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: [name, ...Object.keys({ ...dependencies, ...peerDependencies })],
    logLevel: "error",
    ...options,
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  // What is compiled here lies below node_modules, too: in its cache.
  return inputs.flatMap(([path, { bytesInOutput }]) => {
    const [, folder] = /(node_modules\/(?!\.)(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    return folder && bytesInOutput > 0 ? [folder] : [];
  });
}

const manifest = () => JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Names and contents of everything that decides what dist/ holds. */
function fingerprint() {
  const { include } = JSON.parse(readFileSync(join(root, "tsconfig.build.json"), "utf8"));
  const configs = ["tsconfig.build.json", "tsconfig.json", "package.json", "package-lock.json", "tools/build.mjs"];
  const sources = include.flatMap((folder) => filesBelow(join(root, folder)).map((file) => join(folder, file)));
  const hash = createHash("sha256");
  for (const file of [...configs, ...sources]) {
    if (existsSync(join(root, file)))
      hash
        .update(file)
        .update("\0")
        .update(readFileSync(join(root, file)))
        .update("\0");
  }
  return hash.digest("hex");
}

/** The record of the build that made dist/ from these very sources, if it did and dist/ is still whole. */
function lastBuildOf(wanted) {
  if (!existsSync(stamp)) return undefined;
  const last = JSON.parse(readFileSync(stamp, "utf8"));
  return last.sources === wanted && JSON.stringify(last.files) === JSON.stringify(filesBelow(dist)) ? last : undefined;
}

function publish(staging) {
  const files = filesBelow(staging);
  for (const file of files) {
    const from = join(staging, file);
    const to = join(dist, file);
    if (file === executable) chmodSync(from, 0o755);
    if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) continue;
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  }
  const kept = new Set(files);
  for (const file of filesBelow(dist)) {
    if (!kept.has(file)) rmSync(join(dist, file));
  }
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  onInterrupt();
  try {
    console.log(
      (await ensureBuilt({ force: process.argv.includes("--force") })) === "built"
        ? "dist/ is built"
        : "dist/ is up to date",
    );
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
