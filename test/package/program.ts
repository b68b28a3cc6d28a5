/** A program of one segment in a folder outside of the checkout, and its way to the emulator and back. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Emulator } from "../../emulator";
import { Stack } from "../engine/harness/stack";
import { writeFiles } from "./tarball";

const definition = `{
  func: "segment",
  version: [1, 0, 0],
  container: { func: "container", context: "visits", pred: { func: "exists", val: { func: "attr", name: "variables/page" } } },
}`;
export const segment = `new cja.Segment("one", { name: "One", dataViewId: "dv_prod", definition: ${definition} })`;

export const pulumiYaml = { name: "shop", runtime: "nodejs" };

/** A stack of the project in this folder, initialised. */
export async function stackIn(folder: string, emulator: Emulator, env: Record<string, string> = {}): Promise<Stack> {
  const stack = new Stack(folder, { env: { ...emulator.environment, ...env }, project: pulumiYaml.name });
  for (const name of ["backend", "events"]) await mkdir(join(stack.folder, name), { recursive: true });
  await stack.pulumi(["stack", "init", stack.name]);
  return stack;
}

export interface Project {
  /** Where `pulumi` is run, from the root. */
  readonly folder: string;
  readonly files: Record<string, unknown>;
  readonly env?: Record<string, string>;
}

/** The program says as its output `from` where it has the package from. */
export async function deploys(emulator: Emulator, root: string, project: Project): Promise<void> {
  await writeFiles(root, project.files);
  const stack = await stackIn(join(root, project.folder), emulator, project.env);
  expect((await stack.up()).changes).toEqual({ create: 1 });
  expect(stack.outputs()["from"]).toContain(root);
  const { id } = stack.resource("one");
  expect(emulator.control.segments().filter(({ deleted }) => !deleted)).toMatchObject([{ id, name: "One" }]);
  expect((await stack.destroy()).changes).toEqual({ delete: 1 });
  expect(emulator.control.segments().filter(({ deleted }) => !deleted)).toEqual([]);
}
