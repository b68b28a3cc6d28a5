import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What may be thrown away with node_modules. */
export const buildCache = join(root, "node_modules", ".cache", "pulumi-cja");

/** What outlives a checkout: the Pulumi CLI. */
export function userCache(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-cja");
}
