/** The packed declarations as a program's compiler sees them, with `skipLibCheck` off: they need nothing but Pulumi's and Node's. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { pack, writeFiles } from "./tarball";
import { TSCONFIGS } from "./tsconfigs";

const checkout = resolve(__dirname, "../..");
const run = promisify(execFile);

const program = `
  import * as cja from "pulumi-cja";
  import { parse } from "pulumi-cja/definition";
  import { startEmulator, type FaultInput } from "pulumi-cja/emulator";
  import { segment } from "pulumi-cja/provider";
  export const one = new cja.Segment("one", {
    name: "One",
    dataViewId: "dv_prod",
    definition: cja.segment(cja.visits(cja.dimension("page").exists())),
  });
  export const fault: FaultInput = { status: 503 };
  export const all = [parse, startEmulator, segment];
`;

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

it.each(Object.entries(TSCONFIGS))(
  "compile under the tsconfig of `pulumi new typescript`, %s",
  async (form, tsconfig) => {
    const project = join(folder, `tsconfig.${form}.json`);
    await writeFiles(folder, { [`tsconfig.${form}.json`]: tsconfig });
    const tsc = join(checkout, "node_modules", "typescript", "bin", "tsc");
    // What Pulumi's own declarations do wrong is not ours to judge.
    const ours = (output: string) =>
      output.split("\n").filter((line) => /^(index\.ts|node_modules\/pulumi-cja)/.test(line));
    const args = [tsc, "--noEmit", "--pretty", "false", "-p", project];
    const output = await run(process.execPath, args, { cwd: folder }).then(
      ({ stdout }) => stdout,
      (failed: { stdout: string }) => failed.stdout,
    );
    expect(ours(output)).toEqual([]);
  },
);
