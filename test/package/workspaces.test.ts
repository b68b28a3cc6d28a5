/**
 * Nothing but a library depends on the package. The engine's provider process, which looks from the program's folder, has to find it in
 * whatever way the package manager lays it out.
 */
import { readFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { deploys, pulumiYaml, segment, stackIn } from "./program";
import { bun, dependencies, npm, pack, pnpm, reversioned, writeFiles, yarn } from "./tarball";

const checkout = resolve(__dirname, "../..");

let folder: string;
let tarball: string;
let emulator: Emulator;
let versions: Record<string, string>;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-cja-workspaces-")));
  emulator = await startEmulator({ port: 0, limits: false });
  tarball = await pack(folder);
  versions = await dependencies(tarball);
});

afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A library with a program that imports nothing else. `lib` is how the program names it. */
function project(lib: string): Record<string, unknown> {
  const { "pulumi-cja": ours } = versions;
  // TypeScript would be a fifth of what is installed fourteen times, and nothing here is written in it.
  const sdk = { "@pulumi/pulumi": versions["@pulumi/pulumi"] };
  return {
    "lib/index.js": `const cja = require("pulumi-cja"); exports.cja = cja; exports.from = require.resolve("pulumi-cja");`,
    "lib/package.json": {
      name: "lib",
      version: "1.0.0",
      dependencies: { "pulumi-cja": ours },
      // A workspace of yarn hands on the SDK only if the library has it itself, as it needs to be compiled.
      devDependencies: sdk,
      peerDependencies: sdk,
    },
    "shop/index.js": program,
    "shop/Pulumi.yaml": pulumiYaml,
    "shop/package.json": { name: "shop", version: "1.0.0", private: true, dependencies: { ...sdk, lib } },
  };
}

const program = `const { cja, from } = require("lib"); exports.id = ${segment}.id; exports.from = from;`;
const inSubfolder = {
  "shop/Pulumi.yaml": { ...pulumiYaml, main: "src/program" },
  "shop/src/program/index.js": program,
};
const workspaces = { "package.json": { private: true, workspaces: ["lib", "shop"] } };
/** Yarn's own default for CI refuses to write a lock file. */
const berry = { enableImmutableInstalls: false, enableTelemetry: false, enableScripts: false };

interface Way {
  readonly way: string;
  /** How the program names the library. */
  readonly lib: string;
  readonly files: Record<string, unknown>;
  readonly install: (root: string) => Promise<unknown>;
  /** What the package manager's own `exec` adds to the environment of a command. */
  readonly env?: (root: string) => Promise<Record<string, string>>;
}

const byNpm =
  (...args: string[]) =>
  (root: string) =>
    npm(root, "install", "--prefer-offline", ...args);
const byPnpm = (root: string) => pnpm(root, "install", "--prefer-offline", "--reporter=silent");
const byBerry = (root: string) => yarn("yarn-berry", root, "install");
const pnpmWorkspace = (settings: object = {}) => ({
  "package.json": { private: true },
  "pnpm-workspace.yaml": { packages: ["lib", "shop"], ...settings },
});

const ways: readonly Way[] = [
  { way: "a workspace of npm", lib: "*", files: workspaces, install: byNpm() },
  {
    way: "a workspace of npm that links from a store, the program in a subfolder",
    lib: "*",
    files: { ...workspaces, ...inSubfolder },
    install: byNpm("--install-strategy=linked"),
  },
  { way: "a workspace of pnpm", lib: "workspace:*", files: pnpmWorkspace(), install: byPnpm },
  {
    way: "a workspace of pnpm that hoists nothing, the program in a subfolder",
    lib: "workspace:*",
    files: { ...pnpmWorkspace({ hoist: false }), ...inSubfolder },
    install: byPnpm,
  },
  {
    way: "a workspace of pnpm that copies the library",
    lib: "workspace:*",
    files: pnpmWorkspace({ injectWorkspacePackages: true }),
    install: byPnpm,
  },
  {
    way: "a workspace of yarn 1",
    lib: "1.0.0",
    files: workspaces,
    // Its cache would take an earlier tarball of the same name and version for this one.
    install: (root) =>
      yarn("yarn-classic", root, "install", "--non-interactive", "--cache-folder", join(root, ".yarn-cache")),
  },
  {
    way: "a workspace of yarn with node_modules",
    lib: "workspace:*",
    files: { ...workspaces, ".yarnrc.yml": { ...berry, nodeLinker: "node-modules" } },
    install: byBerry,
  },
  {
    way: "a workspace of yarn that links from a store",
    lib: "workspace:*",
    files: { ...workspaces, ".yarnrc.yml": { ...berry, nodeLinker: "pnpm" } },
    install: byBerry,
  },
  {
    way: "a workspace of yarn without node_modules, below `yarn exec`",
    lib: "workspace:*",
    files: { ...workspaces, ".yarnrc.yml": { ...berry, nodeLinker: "pnp", enableGlobalCache: false } },
    install: byBerry,
    env: async (root) => ({
      NODE_OPTIONS: (
        await yarn("yarn-berry", join(root, "shop"), "exec", "node", "-p", "process.env.NODE_OPTIONS")
      ).trim(),
    }),
  },
  { way: "a workspace of bun", lib: "workspace:*", files: workspaces, install: (root) => bun(root, "install") },
  {
    way: "a folder beside that npm links",
    lib: "file:../lib",
    files: {},
    install: async (root) => {
      await byNpm()(join(root, "lib"));
      await byNpm()(join(root, "shop"));
    },
  },
  {
    way: "a folder beside that npm copies",
    lib: "file:../lib",
    files: {},
    install: (root) => byNpm("--install-links")(join(root, "shop")),
  },
];

describe("through a library of one's own, it works in", () => {
  it.each(ways)("$way", async ({ way, lib, files, install, env }) => {
    const root = join(folder, way.replaceAll(/[^a-z0-9]+/g, "-"));
    await writeFiles(root, { ...project(lib), ...files });
    await install(root);
    await deploys(emulator, root, { folder: "shop", files: {}, env: (await env?.(root)) ?? {} });
  });
});

describe("it stops before anything is sent, and says what to do, where", () => {
  const wayOut = (root: string) =>
    `Add pulumi-cja ${versionIn(checkout)} to the dependencies of the package.json that belongs to ${join(root, "shop")}, and install it`;
  const versionIn = (place: string) =>
    (JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as { version: string }).version;

  async function refused(root: string): Promise<string> {
    emulator.control.clearRequests();
    const stack = await stackIn(join(root, "shop"), emulator);
    const { output } = await stack.preview({ fails: true });
    expect(output).toContain(wayOut(root));
    expect(output).not.toContain("node:internal");
    expect(emulator.control.requests()).toEqual([]);
    return output;
  }

  it("the program's folder leads nowhere", async () => {
    const root = join(folder, "nowhere");
    await writeFiles(root, {
      ...project("*"),
      "shop/index.js": `const { cja } = require("../lib"); ${segment};`,
      "shop/package.json": {
        name: "shop",
        private: true,
        dependencies: { "@pulumi/pulumi": versions["@pulumi/pulumi"] },
      },
    });
    await byNpm()(join(root, "lib"));
    await byNpm()(join(root, "shop"));
    await refused(root);
  });

  it("it leads to another version, of another program of the workspace", async () => {
    const root = join(folder, "two-versions");
    const other = await reversioned(tarball, "0.0.9", join(folder, "pulumi-cja-0.0.9.tgz"));
    const files = project("*");
    await writeFiles(root, {
      ...files,
      "package.json": { private: true, workspaces: ["lib", "shop"], dependencies: { "pulumi-cja": `file:${other}` } },
    });
    await byNpm()(root);
    expect(await refused(root)).toContain("would run the code of pulumi-cja 0.0.9");

    // What the sentence says helps, and the other program keeps its version.
    const shop = files["shop/package.json"] as { dependencies: object };
    await writeFiles(root, {
      "shop/package.json": { ...shop, dependencies: { ...shop.dependencies, "pulumi-cja": versions["pulumi-cja"] } },
    });
    await byNpm()(root);
    await rm(join(root, "shop", "backend"), { recursive: true });
    await deploys(emulator, root, { folder: "shop", files: {} });
    expect(versionIn(join(root, "node_modules", "pulumi-cja"))).toBe("0.0.9");
  });
});
