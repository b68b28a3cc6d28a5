/** A fresh folder on the oldest and the newest Node: the tarball adds no warning to those of Pulumi's SDK, and README's first program runs. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../../emulator";
import { Stack } from "../engine/harness/stack";
import { pack, writeFiles } from "./tarball";
import { TSCONFIGS } from "./tsconfigs";

const checkout = resolve(__dirname, "../..");
const run = promisify(execFile);

/** What `pulumi new typescript` writes, and what docs/platforms.md says of the script that Pulumi brings. */
const template = {
  name: "fresh",
  main: "index.ts",
  devDependencies: { "@types/node": "^18", typescript: "^5.0.0" },
  dependencies: { "@pulumi/pulumi": "^3.113.0" },
  allowScripts: { protobufjs: false },
};

let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-cja-fresh-")));
  tarball = await pack(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

it.each([
  ["oldest", "node-20", "npm-10"],
  ["newest", "node-26", "npm-11"],
])("on the %s Node", async (_, ...tools) => {
  const script = join(checkout, "tools", "pinned-tools.mjs");
  const { stdout: folders } = await run(process.execPath, [script, ...tools]);
  const [node = "", npm = ""] = folders.trim().split("\n");
  const bin = join(node, "bin");
  const root = join(folder, basename(node));
  const path = [bin, process.env["PATH"]].join(delimiter);
  const install = async (...args: readonly string[]) => {
    const words = [join(npm, "bin", "npm-cli.js"), "install", "--prefer-offline", "--engine-strict", ...args];
    const { stdout, stderr } = await run(join(bin, "node"), words, { cwd: root, env: { ...process.env, PATH: path } });
    return `${stdout}${stderr}`.split("\n").filter((line) => /\bwarn/i.test(line));
  };
  const [, program = ""] = /```ts\n(.*?)```/s.exec(readFileSync(join(checkout, "README.md"), "utf8")) ?? [];
  const project = { "Pulumi.yaml": { name: "fresh", runtime: "nodejs" }, "tsconfig.json": TSCONFIGS.today };
  await writeFiles(root, { ...project, "package.json": template, "index.ts": program });
  await copyFile(tarball, join(root, basename(tarball)));

  const ofPulumi = await install();
  const warnings = await install(`./${basename(tarball)}`);
  expect(warnings.filter((line) => !ofPulumi.includes(line))).toEqual([]);
  expect(ofPulumi.filter((line) => line.includes("install-scripts"))).toEqual([]);
  const { dependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as typeof template;
  expect(dependencies).toHaveProperty("pulumi-cja", `file:${basename(tarball)}`);

  const emulator = await startEmulator({ port: 0, limits: false });
  try {
    const env = { ...emulator.environment, PATH: [bin, process.env["PULUMI_CJA_TEST_PATH"]].join(delimiter) };
    const stack = new Stack(root, { env, project: "fresh" });
    for (const name of ["backend", "events"]) await mkdir(join(root, name));
    await stack.pulumi(["stack", "init", stack.name]);
    const { changes, output } = await stack.up();
    expect(changes).toEqual({ create: 1 });
    expect(output).not.toMatch(/warn/i);
    expect(emulator.control.segments()).toMatchObject([{ name: "Mobile sessions" }]);
  } finally {
    await emulator.close();
  }
});
