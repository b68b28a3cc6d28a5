import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What may be thrown away with node_modules. */
export const buildCache = join(root, "node_modules", ".cache", "pulumi-cja");

/** What outlives a checkout: the Pulumi CLI, the programs that tests run. */
export function userCache(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-cja");
}

/**
 * Makes a folder whole or not at all: `fill` gets a draft beside it, which is renamed at the end. An interrupted attempt, or one beside this,
 * leaves nothing that looks whole.
 *
 * @param fill returns what becomes the folder, where that is not all of the draft.
 */
export async function makeFolder(folder, fill) {
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}.draft-`);
  try {
    renameSync((await fill(draft)) ?? draft, folder);
  } catch (error) {
    // Somebody else was faster: theirs is as good as ours.
    if (error.syscall !== "rename" || !existsSync(folder)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
