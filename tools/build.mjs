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
    if (!failure) await Promise.all([joinProvider(staging), joinPlugin(staging), joinCharts(staging)]);
    publish(staging);
    const errors = failure && `the sources do not compile:\n${failure.output.trim()}`;
    writeFileSync(stamp, JSON.stringify({ sources: wanted, files: filesBelow(dist), errors }));
    if (errors) throw new Error(errors);
    return "built";
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * The engine starts a provider process for each operation, and each of a hundred small files costs a quarter of a millisecond
 * there: what it loads is one file. The libraries stay where npm puts them.
 */
async function joinProvider(folder) {
  await joinFiles(join(folder, "provider", "index.js"), { legalComments: "none" });
}

/** The plugin has all in one file: it also runs where no npm has put the libraries beside it. Their licences lie beside the file. */
async function joinPlugin(folder) {
  const file = join(folder, "provider", "native", "main.js");
  const all = { external: [], minifySyntax: true, minifyWhitespace: true, legalComments: "none", metafile: true };
  const { metafile } = await joinFiles(file, all);
  // Our own files are in a hidden folder there.
  const packages = Object.keys(metafile.inputs).flatMap(
    (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/.][^/]*(?=\/)/.exec(path) ?? [],
  );
  const notices = [...new Set(packages)].sort().map((path) => noticeOf(join(root, path)));
  writeFileSync(`${file}.LICENSES.txt`, notices.join(`\n\n${"-".repeat(80)}\n\n`));
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}

/**
 * The library of the charts is 60 MB as a package, of which a page needs one: it is no dependency of those who install ours, but a part
 * of the only file that draws (docs/decisions/job-charts.md). Its licences ask to be told with it.
 */
async function joinCharts(folder) {
  const texts = ["echarts/LICENSE", "echarts/NOTICE", "echarts/licenses/LICENSE-d3", "zrender/LICENSE"].map((file) =>
    readFileSync(join(root, "node_modules", file), "utf8")
      .trim()
      .replaceAll("*/", "* /"),
  );
  const banner = { js: `/*!\nThis file contains Apache ECharts and zrender.\n\n${texts.join("\n\n")}\n*/` };
  await joinFiles(join(folder, "cli", "jobs", "html", "draw.js"), { minify: true, banner });
}

async function joinFiles(file, options) {
  const { build } = await import("esbuild");
  const { name, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return build({
    entryPoints: [file],
    outfile: file,
    absWorkingDir: root,
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: [name, ...Object.keys(dependencies)],
    logLevel: "error",
    ...options,
  });
}

/** Names and contents of everything that decides what dist/ holds. */
function fingerprint() {
  const { include } = JSON.parse(readFileSync(join(root, "tsconfig.build.json"), "utf8"));
  const configs = ["tsconfig.build.json", "tsconfig.json", "package-lock.json", "tools/build.mjs"];
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
