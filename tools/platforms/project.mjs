/** A user's project of a cell, and how its package manager installs it. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Two segments, a job and lookups, in TypeScript that any of the loaders takes. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import * as cja from "pulumi-cja";

const threshold = new pulumi.Config().getNumber("threshold") ?? 100;
const shop = cja.getDataViewOutput({ id: "dv_prod" });

const spenders = new cja.Segment("spenders", {
  name: "Big spenders",
  description: "People who spend a lot",
  dataViewId: shop.id,
  definition: cja.segment(cja.visitors(cja.metric("revenue").isAtLeast(threshold))),
});
const phones: cja.Segment = new cja.Segment("phones", {
  name: "On a phone",
  dataViewId: "dv_prod",
  definition: cja.segment(cja.visits(cja.dimension("device_type").is("Mobile Phone"))),
});
const run = new cja.SegmentJob("run", { segmentIds: ["54669488-03ab-4e0d-a694-37fe49e32be8"], triggers: { release: "1" } });

export const ids = [spenders.id, phones.id];
export const dataView = shop.name;
export const segment = cja.getSegmentOutput({ id: phones.id }).name;
export const job = cja.getSegmentJobOutput({ id: run.id }).id;
export const node = process.version;
`;

/** By loader: Pulumi's own way, another loader, and Node alone, which takes the import of an ES module in one only. */
const runtimes = {
  "ts-node": { runtime: "nodejs" },
  tsx: { runtime: { name: "nodejs", options: { typescript: false, nodeargs: "--import tsx" } } },
  strip: { runtime: { name: "nodejs", options: { typescript: false } } },
};

/** What a loader needs beside Pulumi. */
const loaders = { tsx: { tsx: "4.23.15" } };

/** What `pulumi new typescript` writes. */
const tsconfig = {
  compilerOptions: { strict: true, target: "es2020", module: "nodenext", moduleResolution: "nodenext" },
  files: ["index.ts"],
};

/** What a package manager is told in files beside package.json. */
const settings = {
  // The script of protobufjs, which Pulumi brings, only warns, and esbuild's, of tsx, finds nothing to do. pnpm wants to be told.
  pnpm: { "pnpm-workspace.yaml": { packages: ["."], allowBuilds: { protobufjs: false, esbuild: false } } },
  "yarn-berry": { ".yarnrc.yml": { nodeLinker: "node-modules", enableTelemetry: false, enableGlobalCache: true } },
};

/**
 * Writes the project of a cell.
 *
 * @param versions of `@pulumi/pulumi`, `typescript` and `@types/node`
 */
export function writeProject(folder, cell, { tarball, versions }) {
  const dependencies = { ...versions, ...loaders[cell.typescript], "pulumi-cja": `file:${tarball}` };
  const files = {
    "package.json": {
      name: "shop",
      version: "1.0.0",
      private: true,
      license: "UNLICENSED",
      main: "index.ts",
      ...(cell.typescript === "strip" ? { type: "module" } : {}),
      dependencies,
    },
    "Pulumi.yaml": { name: "shop", ...runtimes[cell.typescript] },
    "tsconfig.json": tsconfig,
    "index.ts": program,
    ...settings[cell.pm],
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
  }
  mkdirSync(join(folder, "backend"));
}

/** The arguments with which Node starts a package manager that lies in `folder`; bun is a program of its own. */
export function installCommand(pm, { node, folder, mutex }) {
  const commands = {
    npm: [node, join(folder, "bin", "npm-cli.js"), "install", "--no-audit", "--no-fund", "--prefer-offline"],
    pnpm: [...pnpm(node, folder), "install", "--prefer-offline"],
    // Two at a time spoil its cache.
    "yarn-classic": [
      node,
      join(folder, "bin", "yarn.js"),
      "install",
      "--non-interactive",
      "--prefer-offline",
      "--mutex",
      `file:${mutex}`,
    ],
    "yarn-berry": [node, join(folder, "bin", "yarn.js"), "install", "--no-immutable"],
    bun: [join(folder, "bin", "bun"), "install"],
  };
  return commands[pm];
}

/** Since version 12 it is a program of its own. */
function pnpm(node, folder) {
  const script = join(folder, "bin", "pnpm.cjs");
  return existsSync(script) ? [node, script] : [join(folder, "pnpm")];
}

/** By the cell's Node, the npm that comes with it and the newest pnpm that runs there. */
const versions = {
  npm: { 20: "npm-10", 22: "npm-10", 24: "npm-11", 26: "npm-12" },
  pnpm: { 20: "pnpm-10", 22: "pnpm-10", 24: "pnpm-12", 26: "pnpm-12" },
};

/** Which of the pinned package managers a cell takes. */
export const toolOf = ({ pm, node }) => versions[pm]?.[node] ?? pm;

/** What package managers do themselves, and nobody who uses them can end. */
export const ownWarnings = { "yarn-classic": [/\[DEP0169\] DeprecationWarning: `url\.parse\(\)`/] };
