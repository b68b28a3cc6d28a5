/** The first thing somebody does with the package: install it, create a segment, destroy it. */
import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../../emulator";
import { Stack } from "../engine/harness/stack";
import { dependencies, npm, writeFiles } from "./tarball";
import { TSCONFIGS } from "./tsconfigs";

const program = `
  import * as cja from "pulumi-cja";
  const one = new cja.Segment("one", {
    name: "One",
    dataViewId: "dv_prod",
    definition: cja.segment(cja.visitors(cja.dimension("device_type").isIn(["Mobile Phone", "Tablet"]))),
  });
  export const id = one.id;
  export const from: string = require.resolve("pulumi-cja");`;

/** Installs `pulumi-cja` in a project in `folder` by `npm install` with these words, and returns what `pulumi-cja --version` prints. */
export async function useOnce(folder: string, ...words: readonly string[]): Promise<string> {
  const { "pulumi-cja": _, ...others } = await dependencies("");
  await writeFiles(folder, {
    "package.json": { name: "shop", private: true, dependencies: others },
    "tsconfig.json": TSCONFIGS.today,
    "Pulumi.yaml": { name: "shop", runtime: "nodejs" },
    "index.ts": program,
  });
  await npm(folder, "install", "--prefer-offline");
  await npm(folder, "install", ...words);
  const emulator = await startEmulator({ port: 0, limits: false });
  try {
    const stack = new Stack(folder, { env: { ...emulator.environment }, project: "shop" });
    for (const name of ["backend", "events"]) await mkdir(join(folder, name), { recursive: true });
    await stack.pulumi(["stack", "init", stack.name]);
    expect((await stack.up()).changes).toEqual({ create: 1 });
    expect(stack.outputs()["from"]).toContain(folder);
    const there = () => emulator.control.segments().filter(({ deleted }) => !deleted);
    expect(there()).toMatchObject([{ id: stack.resource("one").id, name: "One" }]);
    expect((await stack.destroy()).changes).toEqual({ delete: 1 });
    expect(there()).toEqual([]);
  } finally {
    await emulator.close();
  }
  const { stdout } = await promisify(execFile)(join(folder, "node_modules", ".bin", "pulumi-cja"), ["--version"]);
  return stdout.trim();
}
