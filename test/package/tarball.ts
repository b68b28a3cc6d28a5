/** What `npm pack` makes of the checkout, and projects outside of it that install it. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const checkout = resolve(__dirname, "../..");
const run = promisify(execFile);

/** Packs the package into `folder` and returns the tarball's path. */
export async function pack(folder: string): Promise<string> {
  await npm(checkout, "pack", "--pack-destination", folder);
  const tarballs = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  if (tarballs.length !== 1 || !tarballs[0]) throw new Error(`npm pack left ${tarballs.length} tarballs`);
  return join(folder, tarballs[0]);
}

/** The same package under another version, as the tarball `target`. */
export async function reversioned(tarball: string, version: string, target: string): Promise<string> {
  const folder = await mkdtemp(join(dirname(target), "reversioned-"));
  await run("tar", ["-xzf", tarball, "-C", folder]);
  const manifest = join(folder, "package", "package.json");
  const content = JSON.parse(await readFile(manifest, "utf8")) as object;
  await writeFile(manifest, JSON.stringify({ ...content, version }));
  await run("tar", ["-czf", target, "-C", folder, "package"]);
  return target;
}

/** The paths in a tarball, below its `package/`, with `ls -l`'s mode first. */
export async function listing(tarball: string): Promise<{ path: string; mode: string }[]> {
  const { stdout } = await run("tar", ["-tvzf", tarball]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => ({
      mode: line.slice(0, 10),
      path: line.slice(line.indexOf(" package/") + " package/".length),
    }));
}

export function npm(cwd: string, ...args: string[]): Promise<unknown> {
  return run("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd, env: cleanEnvironment() });
}

export function pnpm(cwd: string, ...args: string[]): Promise<unknown> {
  const script = join(checkout, "node_modules", "pnpm", "bin", "pnpm.cjs");
  return run(process.execPath, [script, ...args], { cwd, env: cleanEnvironment() });
}

/** A package manager that is fetched for tests only: `yarn-classic`, `yarn-berry`. */
export async function yarn(kind: "yarn-classic" | "yarn-berry", cwd: string, ...args: string[]): Promise<string> {
  const script = join(await pinnedTool(kind), "bin", "yarn.js");
  const { stdout } = await run(process.execPath, [script, ...args], { cwd, env: cleanEnvironment() });
  return stdout;
}

export async function bun(cwd: string, ...args: string[]): Promise<unknown> {
  return run(join(await pinnedTool("bun"), "bin", "bun"), args, { cwd, env: cleanEnvironment() });
}

async function pinnedTool(name: string): Promise<string> {
  const { stdout } = await run(process.execPath, [join(checkout, "tools", "pinned-tools.mjs"), name]);
  return stdout.trim();
}

/** `npm test` sets variables for its scripts that would make an npm below it work on the checkout. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const own =
    /^npm_(config_(local_prefix|global_prefix)|package_|lifecycle_|command|execpath|node_execpath)|^INIT_CWD$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** What a user's package.json says: the tarball, the SDK it was developed with, and what Pulumi's TypeScript template has. */
export async function dependencies(tarball: string): Promise<Record<string, string>> {
  const installed = await Promise.all(
    ["@pulumi/pulumi", "typescript", "@types/node"].map(async (name): Promise<[string, string]> => {
      const text = await readFile(join(checkout, "node_modules", name, "package.json"), "utf8");
      return [name, (JSON.parse(text) as { version: string }).version];
    }),
  );
  return { ...Object.fromEntries(installed), "pulumi-cja": `file:${tarball}` };
}

/** Writes files by path; what is no text is written as JSON, which YAML includes. */
export async function writeFiles(folder: string, files: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
  }
}
