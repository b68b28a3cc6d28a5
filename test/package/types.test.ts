/** The packed declarations as programs' compilers see them, with `skipLibCheck` off: they need nothing but Pulumi's and Node's. */
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { npm, pack, writeFiles } from "./tarball";
import { TSCONFIGS } from "./tsconfigs";

const checkout = resolve(__dirname, "../..");
const run = promisify(execFile);

const program = `
  import * as pulumi from "@pulumi/pulumi";
  import * as cja from "pulumi-cja";
  import { parse } from "pulumi-cja/definition";
  import { startEmulator, type FaultInput } from "pulumi-cja/emulator";
  import { segment } from "pulumi-cja/provider";
  export const one = new cja.Segment("one", {
    name: "One",
    dataViewId: "dv_prod",
    definition: cja.segment(cja.visits(cja.dimension("page").exists())),
  });
  export const job = cja.SegmentJob.get("job", "b31aed3d-b3b1-4613-98c6-7d3846e8d48f", {
    sandbox: new pulumi.Config().get("sandbox"),
  });
  export const fault: FaultInput = { status: 503 };
  export const all = [parse, startEmulator, segment];
`;

const OURS = "of this checkout";
/** The oldest that is tried, the one that wrote the declarations, the newest that Pulumi takes. */
const COMPILERS = ["5.4", OURS, "6"];

interface Form {
  readonly files: number;
  readonly mistakes: readonly string[];
  /** Optional fields of arguments that take no `undefined`. */
  readonly exact: readonly string[];
}

let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-cja-types-")));
  const tarball = await pack(folder);
  const modules = join(folder, "node_modules");
  await mkdir(modules);
  await run("tar", ["-xzf", tarball, "-C", modules, "--transform", "s/^package/pulumi-cja/"]);
  // No other library is found from the package: an import of one in its declarations is an error.
  for (const name of ["@pulumi/pulumi", "@types/node"]) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(checkout, "node_modules", name), join(modules, name));
  }
  await writeFiles(folder, { "package.json": { private: true, main: "index.ts" }, "index.ts": program });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The folder of a compiler, installed beside the others. */
async function compilerOf(version: string): Promise<string> {
  if (version === OURS) return join(checkout, "node_modules", "typescript");
  const root = join(folder, `typescript-${version}`);
  await writeFiles(root, { "package.json": { private: true, dependencies: { typescript: version } } });
  await npm(root, "install", "--prefer-offline");
  return join(root, "node_modules", "typescript");
}

/** The ways to find modules that programs use, on the template's options. The newest TypeScript wants to be told that `node` is meant. */
function formsFor(version: string): Record<string, object> {
  const { today, older } = TSCONFIGS;
  const isSilenced = Number(version.split(".")[0]) >= 6;
  const resolvedAs = (name: string, module = name) => ({
    ...today.compilerOptions,
    module,
    moduleResolution: name,
    exactOptionalPropertyTypes: true,
  });
  return {
    node: { ...older.compilerOptions, ...(isSilenced && { ignoreDeprecations: "6.0" }) },
    nodenext: today.compilerOptions,
    node16: resolvedAs("node16"),
    bundler: resolvedAs("bundler", "esnext"),
  };
}

it.each(COMPILERS)("compile with TypeScript %s, however it finds modules", async (wanted) => {
  const compiler = await compilerOf(wanted);
  const { version } = JSON.parse(await readFile(join(compiler, "package.json"), "utf8")) as { version: string };
  const child = spawn(process.execPath, [join(__dirname, "declarations.cjs"), compiler, folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(formsFor(version)));
  const said = JSON.parse(await text(child.stdout)) as Record<string, Form>;
  expect(Object.keys(said)).toEqual(["node", "nodenext", "node16", "bundler"]);
  for (const { files, mistakes, exact } of Object.values(said)) {
    expect(mistakes).toEqual([]);
    expect(exact).toEqual([]);
    expect(files).toBeGreaterThan(50);
  }
});
