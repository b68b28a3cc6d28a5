import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { deploys, pulumiYaml, segment, stackIn } from "./program";
import { dependencies, listing, npm, pack, pnpm, writeFiles } from "./tarball";
import { TSCONFIGS } from "./tsconfigs";

/** Each tells from where it got the package, since another copy nearer by would hide a broken one. */
const programs = {
  typescript: `
    import * as cja from "pulumi-cja";
    import type { EmulatorOptions } from "pulumi-cja/emulator";
    export const options: EmulatorOptions["dialect"] = "guide";
    const one: cja.Segment = ${segment};
    export const id = one.id;
    export const from: string = require.resolve("pulumi-cja");`,
  commonjs: `
    const cja = require("pulumi-cja");
    exports.id = ${segment}.id;
    exports.from = require.resolve("pulumi-cja");`,
  module: `
    import * as cja from "pulumi-cja";
    import { Segment } from "pulumi-cja";
    if (cja.Segment !== Segment) throw new Error("named and namespace imports differ");
    export const id = ${segment}.id;
    export const from = import.meta.resolve("pulumi-cja");`,
};

/** The ways people lay out a project. `folder` is where `pulumi` is run. */
const npmProjects = [
  {
    way: "a TypeScript program",
    folder: ".",
    files: { "Pulumi.yaml": pulumiYaml, "index.ts": programs.typescript, "tsconfig.json": TSCONFIGS.older },
  },
  {
    way: "plain CommonJS, `main` in a subfolder",
    folder: "nested",
    files: {
      "nested/Pulumi.yaml": { ...pulumiYaml, main: "deep/program" },
      "nested/deep/program/index.js": programs.commonjs,
      "nested/package.json": { private: true },
    },
  },
  {
    way: "an ES module, in a workspace",
    folder: "packages/infra",
    files: { "packages/infra/Pulumi.yaml": pulumiYaml, "packages/infra/index.js": programs.module },
  },
];
const pnpmProjects = [
  {
    way: "a TypeScript program, `main` in a subfolder, in a workspace",
    folder: "packages/infra",
    files: {
      "packages/infra/Pulumi.yaml": { ...pulumiYaml, main: "program" },
      "packages/infra/program/index.ts": programs.typescript,
      "packages/infra/tsconfig.json": TSCONFIGS.today,
    },
  },
  {
    way: "an ES module",
    folder: ".",
    files: { "Pulumi.yaml": pulumiYaml, "index.js": programs.module },
  },
  {
    way: "plain CommonJS",
    folder: "plain",
    files: {
      "plain/Pulumi.yaml": pulumiYaml,
      "plain/index.js": programs.commonjs,
      "plain/package.json": { private: true },
    },
  },
];

type Schema = Readonly<Record<"resources" | "functions" | "types", object> & { version: string }>;

const MAKE_PLUGIN = join(__dirname, "../../tools/plugin.mjs");

/** A registry may be far away. */
const installTime = 300_000;

let folder: string;
let tarball: string;
let emulator: Emulator;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-cja-package-")));
  emulator = await startEmulator({ port: 0, limits: false });
  tarball = await pack(folder);
});

afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe("the packed tarball", () => {
  it("holds what a user needs, and nothing else", async () => {
    const files = await listing(tarball);
    const paths = files.map(({ path }) => path);
    const texts = ["package.json", "README.md", "LICENSE", "THIRD-PARTY-LICENSES.txt"];
    const entry = (name: string) => [`dist/${name}.js`, `dist/${name}.d.ts`];
    const started = ["pulumi-resource-cja", "pulumi-resource-cja.cmd", "PulumiPlugin.yaml", "package.json"];
    const plugin = [...started, "schema.json"].map((name) => `plugin/${name}`);
    const modules = ["sdk/index", "sdk/native/index", "provider/index", "definition/index", "emulator/index"];
    expect(paths).toEqual(expect.arrayContaining([...texts, ...plugin, "dist/cli/main.js", ...modules.flatMap(entry)]));
    const known = [...texts, ...plugin];
    const others = paths.filter((path) => !known.includes(path) && !/^dist\/.*\.(js|d\.ts)$/.test(path));
    expect(others).toEqual([]);
    const { include: folders } = JSON.parse(readFileSync(join(__dirname, "../../tsconfig.build.json"), "utf8")) as {
      include: readonly string[];
    };
    const elsewhere = paths.filter((path) => path.startsWith("dist/") && !folders.includes(path.split("/")[1] ?? ""));
    expect(elsewhere).toEqual([]);
    for (const program of ["dist/cli/main.js", "plugin/pulumi-resource-cja"])
      expect(files.find(({ path }) => path === program)?.mode).toBe("-rwxr-xr-x");
  });

  it.each([
    ["publint", ["run", "--strict"], "All good!"],
    ["attw", ["--no-definitely-typed"], "No problems found"],
  ])("is what %s wants", async (name, args, praise) => {
    const command = join(__dirname, "../../node_modules/.bin", name);
    const ended = promisify(execFile)(command, [...args, tarball]);
    const { stdout } = await ended.catch((failed: { stdout: string }) => failed);
    expect(stdout).toContain(praise);
  });
});

describe("installed by npm, it works in", () => {
  let root: string;

  beforeAll(async () => {
    root = join(folder, "npm");
    await writeFiles(root, {
      "package.json": {
        name: "shop",
        private: true,
        workspaces: ["packages/*"],
        dependencies: await dependencies(tarball),
      },
      "packages/infra/package.json": {
        name: "infra",
        type: "module",
        private: true,
        dependencies: { "pulumi-cja": `file:${tarball}` },
      },
    });
    await npm(root, "install", "--prefer-offline");
  }, installTime);

  it.each(npmProjects)("$way", (project) => deploys(emulator, root, project));

  it("a program that esbuild has bundled, where no Redis library is installed", async () => {
    const lookup = 'exports.view = cja.getDataViewOutput({ id: "dv_prod" }).name;';
    await writeFiles(root, {
      "bundled/program.js": `${programs.commonjs}\n${lookup}`,
      "bundled/package.json": { private: true, main: "out.js" },
    });
    await build({
      entryPoints: [join(root, "bundled", "program.js")],
      outfile: join(root, "bundled", "out.js"),
      bundle: true,
      platform: "node",
      external: ["@pulumi/pulumi"],
    });
    await deploys(emulator, root, { folder: "bundled", files: { "bundled/Pulumi.yaml": pulumiYaml } });
  });

  it("a program whose resources the plugin runs, from each place where the engine looks for it", async () => {
    const project = join(root, "with-plugin");
    const plugin = "../node_modules/pulumi-cja/plugin";
    const found = (where: object) => writeFiles(project, { "Pulumi.yaml": { ...pulumiYaml, ...where } });
    await writeFiles(project, {
      "index.js": programs.commonjs.replace('require("pulumi-cja")', 'require("pulumi-cja/native")'),
      "package.json": { private: true },
    });
    const wanted = JSON.parse(readFileSync(join(__dirname, "../../plugin/schema.json"), "utf8")) as Schema;
    await found({ plugins: { providers: [{ name: "cja", path: plugin }] } });
    const stack = await stackIn(project, emulator);
    const schemaOf = async (what: string) =>
      JSON.parse((await stack.pulumi(["package", "get-schema", what])).stdout) as Schema;
    expect((await stack.up()).changes).toEqual({ create: 1 });
    expect(stack.outputs()["from"]).toContain(root);
    expect(stack.resource("one").type).toBe("cja:index:Segment");
    const schema = await schemaOf(`${plugin}/pulumi-resource-cja`);
    // The engine sorts it, and leaves out what is empty.
    const contents = ({ resources, functions, types }: Schema) =>
      [resources, functions, types].map((one) => Object.keys(one).sort());
    expect(contents(schema)).toEqual(contents(wanted));

    await found({ packages: { cja: plugin } });
    expect((await stack.refresh()).changes).toEqual({ same: 1 });

    await found({});
    expect((await stack.refresh({ fails: true })).output).toContain("no resource plugin 'pulumi-resource-cja'");
    const { stdout } = await promisify(execFile)(process.execPath, [MAKE_PLUGIN, "--out", join(root, "plugins")]);
    expect(stdout).toContain(join("plugins", "pulumi-resource-cja-v"));
    const made = join(root, "plugins", `pulumi-resource-cja-v${schema.version}-linux-amd64.tar.gz`);
    await stack.pulumi(["plugin", "install", "resource", "cja", schema.version, "--file", made]);
    expect(await schemaOf("cja")).toEqual(schema);
    expect((await stack.destroy()).changes).toEqual({ delete: 1 });
    expect(emulator.control.segments().filter(({ deleted }) => !deleted)).toEqual([]);
  });

  // As the language host of a newer CLI starts the folder, where it knows it by PulumiPlugin.yaml alone.
  it("the plugin's folder, run as a program of Node", async () => {
    const folderOfPlugin = join(root, "node_modules", "pulumi-cja", "plugin");
    const sdk = join(root, "node_modules", "@pulumi", "pulumi", "cmd", "run-plugin");
    const child = spawn(process.execPath, [sdk, folderOfPlugin, "127.0.0.1:1"], { cwd: folderOfPlugin });
    const [port] = (await Promise.race([once(child.stdout, "data"), once(child, "exit")])) as [unknown];
    expect(String(port)).toMatch(/^\d+\n$/);
    const ended = once(child, "close");
    child.kill("SIGKILL");
    await ended;
  });

  it("a shell, as `pulumi-cja`", async () => {
    const { stdout } = await promisify(execFile)(join(root, "node_modules", ".bin", "pulumi-cja"), ["--help"], {
      cwd: root,
    });
    expect(stdout).toContain("emulate");
  });

  it("a stack with a Redis only where its library is: that it is missing is said before anything is sent", async () => {
    const sent = emulator.control.requests().length;
    await writeFiles(root, {
      "redis/Pulumi.yaml": pulumiYaml,
      "redis/index.js": programs.commonjs,
      "redis/package.json": { private: true },
    });
    const stack = await stackIn(join(root, "redis"), emulator, { CJA_RATE_LIMIT_STORE: "redis://127.0.0.1:1" });
    const { output } = await stack.preview({ fails: true });
    expect(output).toContain("run `npm install @redis/client` in the folder whose package.json has pulumi-cja");
    expect(emulator.control.requests()).toHaveLength(sent);
  });

  it("a script, where the definition language loads neither Pulumi nor axios", async () => {
    const script = 'require("pulumi-cja/definition"); console.log(JSON.stringify(Object.keys(require.cache)))';
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], { cwd: root });
    const loaded = JSON.parse(stdout) as string[];
    const others = loaded.filter((file) => !/[\\/]pulumi-cja[\\/]dist[\\/](?:definition|json)[\\/]/.test(file));
    expect(others).toEqual([expect.stringContaining("fastest-levenshtein")]);
    expect(loaded.length).toBeGreaterThan(10);
  });
});

describe("installed by pnpm, it works in", () => {
  let root: string;

  beforeAll(async () => {
    root = join(folder, "pnpm");
    const wanted = await dependencies(tarball);
    await writeFiles(root, {
      "package.json": { name: "shop", type: "module", private: true, dependencies: wanted },
      "pnpm-workspace.yaml": { packages: ["packages/*"] },
      "packages/infra/package.json": { name: "infra", private: true, dependencies: wanted },
    });
    await pnpm(root, "install", "--prefer-offline", "--reporter=silent");
  }, installTime);

  it.each(pnpmProjects)("$way", (project) => deploys(emulator, root, project));
});
